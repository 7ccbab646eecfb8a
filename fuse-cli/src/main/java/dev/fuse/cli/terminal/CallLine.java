package dev.fuse.cli.terminal;

import dev.fuse.gate.CallRecord;
import dev.fuse.gate.Decision;
import dev.fuse.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One line for a call that has ended: what, on what, how long, how much.
 *
 * @param width of the terminal; 0 where there is none, so that nothing is cut
 * @param drawn whether signs are used rather than words
 */
record CallLine(CallRecord call, int width, boolean colors, boolean drawn) {

  private static final int TIME_COLUMN = 57;
  private static final int NARROWEST = 24;
  private static final int RESULT_COLUMNS = 22;

  /** Of the whole output, what {@code -v} shows. */
  private static final int SHOWN_LINES = 40;

  List<String> lines() {
    var what = what(call.tool(), call.summary(), call.arguments());
    var rest = rest();
    int room = TIME_COLUMN;
    if (width > 0) {
      room = Math.max(NARROWEST, Math.min(TIME_COLUMN, width - RESULT_COLUMNS));
      what = Cells.cut(what, room - 2);
    }
    var line = "  " + mark() + " " + Cells.fit(what, Math.max(room, Cells.width(what))) + " ";
    if (width > 0 && 6 + room + Cells.width(rest) > width) {
      return List.of(line.stripTrailing(), "      " + dim(rest));
    }
    return List.of(line + dim(rest));
  }

  /** What was asked and what came of it. */
  List<String> details() {
    var lines = new ArrayList<String>();
    lines.add(dim("      " + Printable.line(call.tool()) + arguments(call.arguments())));
    var text = call.text().lines().toList();
    text.stream()
        .limit(SHOWN_LINES)
        .forEach(line -> lines.add(dim("      " + Printable.line(line))));
    if (text.size() > SHOWN_LINES) {
      lines.add(dim("      … " + (text.size() - SHOWN_LINES) + " more lines" + kept()));
    }
    return lines;
  }

  /** A call in words that a person knows it by. */
  static String what(String tool, String summary, Map<String, Object> arguments) {
    return Printable.line(tool)
        + (summary.isEmpty() ? arguments(arguments) : " " + Printable.line(summary));
  }

  private static String arguments(Map<String, Object> arguments) {
    return arguments.entrySet().stream()
        .map(entry -> " " + Printable.line(entry.getKey() + "=" + entry.getValue()))
        .collect(Collectors.joining());
  }

  private String mark() {
    return switch (call.outcome()) {
      case "ok" -> drawn ? Style.GREEN.on("✓", colors) : "ok";
      case "refused", "skipped", "repeated", "not checked" ->
          drawn ? Style.YELLOW.on("–", colors) : call.outcome();
      default -> drawn ? Style.RED.on("✗", colors) : "failed";
    };
  }

  private String rest() {
    if (call.ruling() instanceof Decision.Refused refused) {
      return "refused: " + Printable.line(refused.rule());
    }
    var time = String.format(Locale.ROOT, "%.1fs   ", call.millis() / 1000.0);
    if (!call.ok()) {
      var why = call.failure().map(failure -> Printable.line(failure.problem()));
      return (call.millis() > 0 ? time : "") + why.orElse(call.outcome());
    }
    if (!call.findings().isEmpty()) {
      return time + counted(call.findings().size(), "finding") + cut();
    }
    return time + counted(call.lines(), "line") + cut();
  }

  private String cut() {
    boolean cut = call.text().contains("output_read(id=\"" + call.output() + "\"");
    return cut ? ", cut" + kept() : "";
  }

  private String kept() {
    return call.output().isEmpty() ? "" : " (whole: " + call.output() + ")";
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private String dim(String text) {
    return Style.DIM.on(text, colors);
  }
}
