package dev.fuse.scenario;

import dev.fuse.spi.ToolSpec;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a scenario can refer to.
 *
 * @param tools specs by name
 * @param facts names of facts that plugins tell, beside those that are always known
 * @param bringers names of plugins by the prefix of the tools that they bring, installed or not
 */
public record Installed(
    Map<String, ToolSpec> tools, Set<String> facts, Map<String, String> bringers) {

  public Installed {
    tools = Map.copyOf(tools);
    facts = Set.copyOf(facts);
    bringers = Map.copyOf(bringers);
  }

  public static Installed of(Collection<ToolSpec> specs) {
    var tools = new HashMap<String, ToolSpec>();
    specs.forEach(spec -> tools.put(spec.name(), spec));
    return new Installed(tools, Set.of(), Map.of());
  }

  /** Nothing is known, so that every tool is taken for not installed. */
  public static Installed nothing() {
    return of(Set.of());
  }

  Optional<String> bringer(String tool) {
    int end = tool.indexOf('_');
    return end < 0 ? Optional.empty() : Optional.ofNullable(bringers.get(tool.substring(0, end)));
  }

  Optional<ToolSpec> find(String tool) {
    return Optional.ofNullable(tools.get(tool));
  }
}
