package dev.fuse.cli.home;

import dev.fuse.agent.Limits;
import dev.fuse.cli.home.SettingKey.Form;
import dev.fuse.cli.home.SettingKey.Project;
import dev.fuse.spi.Setting;
import dev.fuse.text.Spelling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All keys of the settings: Fuse's own, and those of the installed plugins. */
public final class SettingKeys {

  private static final String PLUGINS = "plugins.";

  private static final List<SettingKey> OWN =
      List.of(
          text("model.name", "the model").byDefault("gpt-4o"),
          text("model.base-url", "where an OpenAI-compatible server is"),
          text("model.key", "the model's key; better: model.key-command").hidden(),
          text("model.key-command", "a command whose first line of output is the model's key"),
          key("model.window", Form.COUNT, "tokens of a request and its answer together"),
          key("model.idle-timeout", Form.DURATION, "how long the model may say nothing")
              .byDefault("60s"),
          key("model.max-output-tokens", Form.COUNT, "tokens of one answer"),
          limit("limits.max-turns", Form.COUNT, "how often the model is asked for one prompt")
              .byDefault(String.valueOf(Limits.STANDARD.turns())),
          limit("limits.timeout", Form.DURATION, "for a whole prompt")
              .byDefault(Quantity.text(Limits.STANDARD.time())),
          limit("limits.tool-timeout", Form.DURATION, "for one call of a tool")
              .byDefault(Quantity.text(Limits.STANDARD.call())),
          limit("limits.result-tokens", Form.COUNT, "tokens of one result that the model is given")
              .byDefault(String.valueOf(Limits.STANDARD.resultTokens())),
          limit("limits.evidence-local", Form.DURATION, "for evidence from this machine")
              .byDefault(Quantity.text(Limits.STANDARD.localEvidence())),
          limit("limits.evidence-remote", Form.DURATION, "for evidence from elsewhere")
              .byDefault(Quantity.text(Limits.STANDARD.remoteEvidence())),
          list("protected", Form.LIST, "names of contexts, projects and so on that are protected")
              .byDefault("*prod*"),
          key("permissions.allow", Form.RULES, "calls that run without a question"),
          list("permissions.ask", Form.RULES, "calls that are asked about"),
          list("permissions.deny", Form.RULES, "calls that are refused"),
          text("color", "colours on the screen")
              .byDefault("auto")
              .choices("auto", "always", "never"),
          text("edit-mode", "keys of the chat's line editor")
              .byDefault("emacs")
              .choices("emacs", "vi"));

  private final Supplier<Map<String, List<Setting>>> plugins;
  private final Map<String, SettingKey> own = new LinkedHashMap<>();

  /**
   * The keys.
   *
   * @param plugins the settings of each installed plugin; asked only when one of them matters
   */
  public SettingKeys(Supplier<Map<String, List<Setting>>> plugins) {
    this.plugins = plugins;
    OWN.forEach(key -> own.put(key.name(), key));
  }

  public Optional<SettingKey> find(String name) {
    var mine = own.get(name);
    if (mine != null || !name.startsWith(PLUGINS)) {
      return Optional.ofNullable(mine);
    }
    return ofPlugins().stream().filter(key -> key.name().equals(name)).findFirst();
  }

  /** Fuse's own keys. */
  public List<SettingKey> own() {
    return OWN;
  }

  /** Fuse's own keys and those of the plugins. */
  public List<SettingKey> all() {
    return Stream.concat(OWN.stream(), ofPlugins().stream()).toList();
  }

  /** Whether longer keys begin with this. */
  boolean group(String name) {
    return name.equals("plugins")
        || (name.startsWith(PLUGINS) && name.indexOf('.', PLUGINS.length()) < 0)
        || own.keySet().stream().anyMatch(key -> key.startsWith(name + "."));
  }

  /** Whether this is a plugin's key and the plugin is not installed. */
  Optional<String> missingPlugin(String name) {
    if (!name.startsWith(PLUGINS)) {
      return Optional.empty();
    }
    int end = name.indexOf('.', PLUGINS.length());
    var plugin = name.substring(PLUGINS.length(), end < 0 ? name.length() : end);
    return plugins.get().containsKey(plugin) ? Optional.empty() : Optional.of(plugin);
  }

  /** {@code ; did you mean 'x'?} or nothing. */
  public String didYouMean(String name) {
    if (group(name)) {
      var below = own.keySet().stream().filter(key -> key.startsWith(name + ".")).limit(4).toList();
      return below.isEmpty() ? "" : "; '" + name + "' has " + String.join(", ", below);
    }
    var known = new LinkedHashSet<>(own.keySet());
    OWN.stream()
        .map(SettingKey::name)
        .filter(key -> key.contains("."))
        .forEach(key -> known.add(key.substring(0, key.indexOf('.'))));
    known.add("plugins");
    if (name.startsWith(PLUGINS)) {
      ofPlugins().forEach(key -> known.add(key.name()));
    }
    var near = Spelling.didYouMean(name, known);
    return near.isEmpty() ? byLastWord(name) : near;
  }

  /** {@code timeout} is meant as {@code limits.timeout}, {@code models.name} as model.name. */
  private String byLastWord(String name) {
    var last = name.substring(name.lastIndexOf('.') + 1);
    return own.keySet().stream()
        .filter(key -> key.endsWith("." + last))
        .findFirst()
        .map(key -> "; did you mean '" + key + "'?")
        .orElse("");
  }

  private List<SettingKey> ofPlugins() {
    var keys = new ArrayList<SettingKey>();
    plugins
        .get()
        .forEach(
            (plugin, settings) ->
                settings.forEach(setting -> keys.add(SettingKey.of(plugin, setting))));
    return Collections.unmodifiableList(keys);
  }

  private static SettingKey key(String name, Form form, String description) {
    return SettingKey.of(name, form, Project.NOTHING, description);
  }

  private static SettingKey text(String name, String description) {
    return key(name, Form.TEXT, description);
  }

  private static SettingKey limit(String name, Form form, String description) {
    return SettingKey.of(name, form, Project.LOWER, description);
  }

  private static SettingKey list(String name, Form form, String description) {
    return SettingKey.of(name, form, Project.ADD, description);
  }
}
