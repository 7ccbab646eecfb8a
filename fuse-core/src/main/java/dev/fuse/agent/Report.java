package dev.fuse.agent;

import dev.fuse.agent.AgentEvent.CallRecord;
import dev.fuse.spi.Finding;
import dev.fuse.spi.Finding.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The answer where there is no model: what the evidence says by itself, in Markdown. */
final class Report {

  /** Of each output that carries no findings. */
  private static final int LINES = 25;

  private Report() {}

  static String of(List<CallRecord> evidence, String scenario) {
    var findings =
        evidence.stream()
            .flatMap(call -> call.findings().stream())
            .sorted(Comparator.comparing(Finding::severity))
            .toList();
    var text = new StringBuilder("*Found without a model");
    text.append(scenario.isEmpty() ? "" : ", scenario " + scenario).append("*\n\n");
    text.append(headline(findings, evidence)).append('\n');
    findings.forEach(finding -> text.append(words(finding)));
    evidence.stream()
        .filter(call -> call.ok() && call.findings().isEmpty())
        .forEach(call -> text.append(output(call)));
    var unchecked = unchecked(evidence, findings);
    if (!unchecked.isEmpty()) {
      text.append("\n**Not checked**\n\n");
      unchecked.forEach(what -> text.append("- ").append(what).append('\n'));
    }
    return text.toString();
  }

  private static String headline(List<Finding> findings, List<CallRecord> evidence) {
    long errors = findings.stream().filter(f -> f.severity() == Severity.ERROR).count();
    long warnings = findings.stream().filter(f -> f.severity() == Severity.WARNING).count();
    if (errors + warnings > 0) {
      return "**" + counted(errors, "error") + ", " + counted(warnings, "warning") + "**\n";
    }
    if (evidence.stream().noneMatch(CallRecord::ok)) {
      return "**Nothing could be looked at for this question**\n";
    }
    return "**No fault found**\n";
  }

  private static String counted(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static String words(Finding finding) {
    var mark =
        switch (finding.severity()) {
          case ERROR -> "✗";
          case WARNING -> "!";
          case INFO -> "·";
        };
    var text =
        new StringBuilder("- " + mark + " **" + finding.subject() + "**: " + finding.seen() + "\n");
    if (!finding.cause().isEmpty()) {
      text.append("  Likely cause: ").append(finding.cause()).append("\n");
    }
    if (!finding.next().isEmpty()) {
      text.append("  Next step: ").append(finding.next()).append("\n");
    }
    return text.toString();
  }

  private static String output(CallRecord call) {
    var lines =
        call.text()
            .lines()
            .filter(line -> !line.startsWith("<data ") && !line.equals("</data>"))
            .toList();
    var shown = lines.stream().limit(LINES).collect(Collectors.joining("\n"));
    var rest = lines.size() > LINES ? "\n… " + (lines.size() - LINES) + " more lines" : "";
    return "\n**"
        + call.tool()
        + "** "
        + call.summary()
        + "\n\n```\n"
        + shown.replace("```", "'''")
        + rest
        + "\n```\n";
  }

  private static List<String> unchecked(List<CallRecord> evidence, List<Finding> findings) {
    var calls =
        evidence.stream()
            .filter(call -> !call.ok())
            .map(
                call ->
                    call.tool()
                        + ": "
                        + call.failure().map(f -> f.problem()).orElse(call.outcome()));
    var inside = findings.stream().flatMap(finding -> finding.notChecked().stream());
    return java.util.stream.Stream.concat(calls, inside).distinct().toList();
  }
}
