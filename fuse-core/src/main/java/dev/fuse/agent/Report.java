package dev.fuse.agent;

import dev.fuse.boundary.Outputs;
import dev.fuse.brief.Guidebook;
import dev.fuse.gate.CallRecord;
import dev.fuse.spi.Finding;
import dev.fuse.spi.Finding.Severity;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The answer where there is no model: what the evidence says by itself, in Markdown. */
final class Report {

  /** Of each output that carries no findings. */
  private static final int LINES = 25;

  private Report() {}

  static String of(List<CallRecord> evidence, Asked asked, Outputs outputs) {
    var own = evidence.stream().filter(asked::about).toList();
    var findings =
        own.stream()
            .flatMap(call -> call.findings().stream())
            .sorted(
                Comparator.comparing((Finding finding) -> !asked.about(finding))
                    .thenComparing(Finding::severity))
            .toList();
    var text = new StringBuilder("*Found without a model");
    text.append(asked.scenario().isEmpty() ? "" : ", scenario " + asked.scenario());
    text.append("*\n\n").append(headline(findings, own, asked)).append('\n');
    findings.forEach(finding -> text.append(words(finding)));
    own.stream()
        .filter(call -> call.ok() && call.findings().isEmpty())
        .forEach(call -> text.append(output(call, outputs)));
    text.append(rest(evidence.stream().filter(call -> !asked.about(call)).toList()));
    var unchecked = unchecked(evidence, findings, asked.lacking());
    if (!unchecked.isEmpty()) {
      text.append("\n**Not checked**\n\n");
      unchecked.forEach(what -> text.append("- ").append(what).append('\n'));
    }
    if (findings.stream().noneMatch(Report::isFault)) {
      text.append(further(own, asked));
    }
    return text.toString();
  }

  private static boolean isFault(Finding finding) {
    return finding.severity() != Severity.INFO;
  }

  /** What was seen of other systems, in one line: it is hardly what was asked about. */
  private static String rest(List<CallRecord> others) {
    var faults =
        others.stream()
            .flatMap(call -> call.findings().stream())
            .filter(Report::isFault)
            .map(finding -> finding.subject() + " (" + finding.seen() + ")")
            .distinct()
            .toList();
    return faults.isEmpty() ? "" : "\nElsewhere: " + String.join("; ", faults) + "\n";
  }

  /** What was looked at, and what to try next where nothing was found. */
  private static String further(List<CallRecord> calls, Asked asked) {
    var looked =
        calls.stream()
            .filter(CallRecord::ok)
            .map(call -> call.tool() + " " + call.summary())
            .distinct()
            .toList();
    var text = new StringBuilder();
    if (!looked.isEmpty()) {
      text.append("\nLooked at: ").append(String.join("; ", looked)).append('\n');
    }
    if (asked.named().isEmpty()) {
      text.append(
          "\nTry: name what it is about (a workload, a workflow, a file, a port), with -n or"
              + " --context where it is elsewhere; fuse inventory find NAME says where a name is\n");
    }
    return text.toString();
  }

  private static String headline(List<Finding> findings, List<CallRecord> calls, Asked asked) {
    long errors = findings.stream().filter(f -> f.severity() == Severity.ERROR).count();
    long warnings = findings.stream().filter(f -> f.severity() == Severity.WARNING).count();
    if (errors + warnings > 0) {
      var parts = new ArrayList<String>();
      if (errors > 0) {
        parts.add(counted(errors, "error"));
      }
      if (warnings > 0) {
        parts.add(counted(warnings, "warning"));
      }
      return "**" + String.join(", ", parts) + "**\n";
    }
    if (calls.stream().noneMatch(CallRecord::ok)) {
      return "**Nothing could be checked for this question**\n";
    }
    var named = asked.named();
    return named.isEmpty()
        ? "**No fault found in what was looked at**\n"
        : "**No fault found in " + String.join(", ", named) + "**\n";
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

  /** The beginning of the whole output, not of what a model would be given. */
  private static String output(CallRecord call, Outputs outputs) {
    var shown = new ArrayList<String>();
    try (var reader = outputs.find(call.output()).orElse(null)) {
      for (var line = next(reader); line != null && shown.size() < LINES; line = next(reader)) {
        shown.add(line);
      }
    } catch (IOException e) {
      shown.add("(it cannot be read again)");
    }
    long rest = call.lines() - shown.size();
    return "\n**"
        + call.tool()
        + "** "
        + call.summary()
        + "\n\n```\n"
        + String.join("\n", shown).replace("```", "'''")
        + (rest > 0 ? "\n… " + rest + " more lines" : "")
        + "\n```\n";
  }

  private static @Nullable String next(@Nullable BufferedReader reader) throws IOException {
    return reader == null ? null : reader.readLine();
  }

  private static List<String> unchecked(
      List<CallRecord> evidence, List<Finding> findings, List<Guidebook.Lacking> lacking) {
    var calls =
        evidence.stream()
            .filter(call -> !call.ok())
            .filter(call -> lacking.stream().noneMatch(it -> it.tools().contains(call.tool())))
            .map(
                call ->
                    call.tool()
                        + ": "
                        + call.failure().map(f -> f.problem()).orElse(call.outcome()));
    var inside = findings.stream().flatMap(finding -> finding.notChecked().stream());
    var absent = lacking.stream().map(Guidebook.Lacking::toString);
    return Stream.of(calls, inside, absent).flatMap(it -> it).distinct().toList();
  }
}
