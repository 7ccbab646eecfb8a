package dev.fuse.spi;

import java.util.List;
import java.util.Map;

/** Tells named facts about where we are. */
public interface FactSource {

  /** Known before the plugin is loaded. */
  Spec spec();

  /** The facts that are known now; one that is not known is left out. */
  Map<String, String> read(PluginContext context);

  /**
   * What a source tells and what that costs.
   *
   * @param names of the facts
   */
  record Spec(List<String> names, Cost cost) {
    public Spec {
      names = List.copyOf(names);
    }
  }

  /** What reading a source costs. */
  enum Cost {
    /** Files, under 20 ms; read only if an installed scenario matches on one of its facts. */
    LOCAL,
    /** The network; read by {@code fuse init}. */
    REMOTE
  }
}
