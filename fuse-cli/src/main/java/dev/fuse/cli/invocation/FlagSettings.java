package dev.fuse.cli.invocation;

import dev.fuse.cli.home.SettingSources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings that flags stand for. */
final class FlagSettings {

  private FlagSettings() {}

  /** By flag, as the person wrote it. */
  static Map<String, SettingSources.Flag> of(Flags flags) {
    var given = new LinkedHashMap<String, SettingSources.Flag>();
    flags.model().ifPresent(name -> given.put("--model", flag("model.name", name)));
    flags
        .maxTurns()
        .ifPresent(most -> given.put("--max-turns", flag("limits.max-turns", most.toString())));
    flags
        .maxTokens()
        .ifPresent(
            most -> given.put("--max-tokens", flag("model.max-output-tokens", most.toString())));
    flags
        .timeout()
        .ifPresent(time -> given.put("--timeout", flag("limits.timeout", time.toMillis() + "ms")));
    flags.look().color().ifPresent(when -> given.put("--color", flag("color", when)));
    if (!flags.allow().isEmpty()) {
      given.put("--allow", new SettingSources.Flag("permissions.allow", flags.allow()));
    }
    return given;
  }

  private static SettingSources.Flag flag(String key, String value) {
    return new SettingSources.Flag(key, List.of(value));
  }
}
