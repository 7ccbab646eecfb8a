package dev.fuse.cli.init;

import dev.fuse.text.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the environment profile: YAML that people read and correct. */
final class ProfileText {

  /** The section that is a person's own and is never written over. */
  static final String NOTES = "notes";

  private static final String HEAD =
      """
      # What Fuse found in your world, written by 'fuse init'. Names only, no secrets.
      # Correct what is wrong and run 'fuse init' again: sections are looked up anew,
      # 'notes' stays as you write it. 'fuse config profile view' shows this file.
      """;

  private static final Map<String, String> COMMENTS =
      Map.of(
          "google", "Google Cloud: the project, its clusters, accounts and resources",
          "kubernetes", "the current cluster: what is installed and in which namespaces",
          "repository", "the folder of this repository: what its files describe",
          "connections",
              "from the repository to what a workload uses; a line that is missing is not known");

  private final StringBuilder text = new StringBuilder(HEAD);

  /** Top-level sections of a profile as they stand in its text. */
  static Map<String, String> sections(String profile) {
    var sections = new LinkedHashMap<String, String>();
    var name = "";
    var block = new StringBuilder();
    for (var line : profile.lines().toList()) {
      boolean top = line.matches("[a-z][\\w-]*:.*");
      if (top) {
        sections.put(name, block.toString());
        name = line.substring(0, line.indexOf(':'));
        block.setLength(0);
      }
      if (!line.startsWith("#")) {
        block.append(line).append('\n');
      }
    }
    sections.put(name, block.toString());
    sections.remove("");
    return sections;
  }

  void section(String name, Map<String, Object> facts, List<String> missing) {
    comment(name);
    text.append(name).append(":\n");
    facts.forEach((key, value) -> entry("  ", key, value));
    if (!missing.isEmpty()) {
      entry("  ", "not-checked", missing);
    }
  }

  /** A section as an earlier run wrote it. */
  void kept(String name, String block, String why) {
    comment(name);
    text.append("# not reached this time (").append(plain(why)).append("); as it was before\n");
    text.append(block);
  }

  /** The person's own section. */
  void notes(String block, Map<String, String> more) {
    text.append("\n# your own words: what Fuse cannot see, such as who owns what\n");
    text.append(block.isBlank() ? NOTES + ":\n" : block.stripTrailing() + "\n");
    more.forEach((key, value) -> entry("  ", key, value));
  }

  void connections(List<Connection> connections) {
    comment("connections");
    text.append("connections:\n");
    for (var one : connections) {
      text.append("  ").append(scalar(one.workload())).append(":\n");
      for (var part : one.ordered()) {
        var values = part.getValue();
        entry("    ", part.getKey(), values.size() == 1 ? values.get(0) : values);
      }
    }
  }

  private void comment(String name) {
    text.append("\n# ").append(COMMENTS.getOrDefault(name, name)).append('\n');
  }

  private void entry(String indent, String key, Object value) {
    text.append(indent).append(scalar(key)).append(':');
    switch (value) {
      case Map<?, ?> map -> {
        text.append('\n');
        map.forEach((name, inner) -> entry(indent + "  ", String.valueOf(name), inner));
      }
      case List<?> list -> {
        text.append('\n');
        list.forEach(
            one ->
                text.append(indent)
                    .append("  - ")
                    .append(scalar(String.valueOf(one)))
                    .append('\n'));
      }
      default -> text.append(' ').append(scalar(String.valueOf(value))).append('\n');
    }
  }

  /** A text as YAML takes it, without anything that a terminal would act on. */
  static String scalar(String given) {
    var line = plain(given);
    if (line.matches("[A-Za-z/][\\w./@+-]*(:[\\w./@+-]+)*")
        && !line.matches("(?i)(true|false|yes|no|on|off|null)")) {
      return line;
    }
    return '"' + line.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String plain(String given) {
    return Printable.line(given);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
