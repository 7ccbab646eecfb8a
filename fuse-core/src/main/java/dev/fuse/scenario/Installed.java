package dev.fuse.scenario;

import dev.fuse.spi.ToolSpec;
import dev.fuse.text.Spelling;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a scenario can refer to.
 *
 * @param tools specs by name
 * @param bringers names of the installed plugins by the prefix of the tools that they bring
 * @param coordinates names of the coordinates of the tools' targets; none where they are not known
 */
public record Installed(
    Map<String, ToolSpec> tools, Map<String, String> bringers, Set<String> coordinates) {

  public Installed {
    tools = Map.copyOf(tools);
    bringers = Map.copyOf(bringers);
    coordinates = Set.copyOf(coordinates);
  }

  /** These tools, and what their plugins are called. */
  public static Installed of(Collection<ToolSpec> specs, Map<String, String> bringers) {
    var tools = new HashMap<String, ToolSpec>();
    specs.forEach(spec -> tools.put(spec.name(), spec));
    return new Installed(tools, bringers, Set.of());
  }

  /** The same, with the coordinates that rules may name. */
  public Installed knowing(Collection<String> names) {
    return new Installed(tools, bringers, Set.copyOf(names));
  }

  public static Installed of(Collection<ToolSpec> specs) {
    return of(specs, Map.of());
  }

  /** Nothing is known, so that every tool is taken for not installed. */
  public static Installed nothing() {
    return of(Set.of());
  }

  Optional<ToolSpec> find(String tool) {
    return Optional.ofNullable(tools.get(tool));
  }

  /** That a tool is not there, and what was meant or would bring it. */
  String missing(String tool) {
    var meant = Spelling.didYouMean(tool, tools.keySet());
    return "the tool '" + tool + "' is not installed; " + bringer(tool) + meant;
  }

  /** Which plugin should bring a tool that is not there, as far as that is known. */
  public String bringer(String tool) {
    var prefix = tool.substring(0, Math.max(0, tool.indexOf('_')));
    if (bringers.containsKey(prefix)) {
      return "the plugin '" + bringers.get(prefix) + "' has none of that name";
    }
    return "no installed plugin brings tools named " + prefix + "_…";
  }
}
