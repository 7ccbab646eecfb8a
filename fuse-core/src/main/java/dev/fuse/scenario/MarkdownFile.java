package dev.fuse.scenario;

import dev.fuse.scenario.Scenario.Match;
import dev.fuse.scenario.Scenario.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads guidance that others wrote in Markdown: SKILL.md, AGENTS.md, files with front matter. */
final class MarkdownFile {

  private static final int MOST_ALWAYS_ON = 6_000;

  /** What guidance that a question calls for may have; each character of it is paid for. */
  static final int MOST = 24_000;

  private MarkdownFile() {}

  static ScenarioFile read(String origin, String name, String text) {
    if (name.equals("agents-md")) {
      var scenario =
          scenario(
              name,
              "AGENTS.md",
              "What this repository asks of agents",
              Mode.ALWAYS,
              cut(text, MOST_ALWAYS_ON));
      return new ScenarioFile(origin, name, Optional.of(scenario), List.of());
    }
    int end = text.startsWith("---\n") ? text.indexOf("\n---", 3) : -1;
    var body = end < 0 ? text : text.substring(text.indexOf('\n', end + 1) + 1);
    // The leading line keeps the numbers of the lines as they are in the file.
    var yaml = new YamlText(origin, end < 0 ? "{}" : "\n" + text.substring(4, end));
    var scenario = yaml.root().map(root -> scenario(name, new Fields(yaml, "", root), yaml, body));
    return new ScenarioFile(origin, name, scenario.filter(_ -> yaml.sound()), yaml.problems());
  }

  private static Scenario scenario(String name, Fields front, YamlText yaml, String body) {
    var heading = body.lines().filter(line -> line.startsWith("# ")).map(line -> line.substring(2));
    var title = front.text("title").or(heading::findFirst).orElse(name);
    var description = front.find("description").flatMap(_ -> front.text("description"));
    front
        .text("name")
        .filter(given -> !given.equals(name))
        .ifPresent(
            given ->
                yaml.warning(
                    front.key("name"),
                    "the name '" + given + "' is not '" + name + "', which counts"));
    boolean always = front.text("alwaysApply").orElse("").equals("true");
    var mode = always ? Mode.ALWAYS : description.isPresent() ? Mode.AUTO : Mode.MANUAL;
    return scenario(
        name, title, description.orElse(title), mode, cut(body, always ? MOST_ALWAYS_ON : MOST));
  }

  private static Scenario scenario(
      String name, String title, String description, Mode mode, String instructions) {
    var match = new Match(List.of(), List.of(), List.of(), Map.of(), List.of());
    return new Scenario(
        name,
        title,
        description,
        match,
        mode,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        instructions.replace("${", "$${"),
        List.of(),
        List.of());
  }

  private static String cut(String text, int most) {
    return text.length() <= most
        ? text
        : text.substring(0, text.lastIndexOf('\n', most) + 1) + "(cut here; the file goes on)\n";
  }
}
