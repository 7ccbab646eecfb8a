package dev.fuse.cli.terminal;

import dev.fuse.agent.AgentEvent;
import dev.fuse.agent.AgentEvent.CallRecord;
import dev.fuse.agent.Decision;
import dev.fuse.agent.Printable;
import dev.fuse.spi.Facts;
import dev.fuse.spi.ScenarioClassifier.Classification;
import dev.fuse.spi.ScenarioClassifier.Fit;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows a run as text: what happens to standard error, the answer to standard output. */
public final class EventPrinter implements Consumer<AgentEvent> {

  private final Screen screen;
  private final Facts facts;
  private final boolean quiet;
  private final boolean verbose;
  private final MarkdownStream answer;
  private boolean said;

  public EventPrinter(Screen screen, Facts facts, boolean quiet, boolean verbose) {
    this.screen = screen;
    this.facts = facts;
    this.quiet = quiet;
    this.verbose = verbose;
    this.answer = MarkdownStream.to(screen);
  }

  @Override
  public synchronized void accept(AgentEvent event) {
    switch (event) {
      case AgentEvent.Classified(var classification, var chosen) ->
          chosen.ifPresent(scenario -> scenario(classification, scenario.name()));
      case AgentEvent.CallStarted started ->
          screen.status("  … " + call(started.tool(), started.summary()));
      case AgentEvent.CallProgress(_, var message) -> screen.status("  … " + message);
      case AgentEvent.CallEnded(var call) -> ended(call);
      case AgentEvent.TurnStarted(var turn, var tools, var tokens) -> turn(turn, tools, tokens);
      case AgentEvent.TextDelta(var text) -> delta(text);
      case AgentEvent.TextEnded(_) -> textEnded();
      case AgentEvent.Retrying(var why, var millis) ->
          note(mark("!", Style.YELLOW) + " " + why + "; again in " + seconds(millis));
      case AgentEvent.Said _ -> {}
      case AgentEvent.Noted(var text) -> note(text);
      case AgentEvent.Ended(var outcome) -> {
        screen.clearStatus();
        if (!said && !outcome.answer().isBlank()) {
          delta(outcome.answer());
          textEnded();
        }
        said = false;
        usage(outcome.turns(), outcome.usage().input(), outcome.usage().output());
      }
    }
  }

  private void scenario(Classification classification, String name) {
    var best = classification.candidates().getFirst();
    var score =
        classification.fit() == Fit.GUIDE && best.score() < 1
            ? String.format(Locale.ROOT, "  %.2f", best.score())
            : "";
    var where =
        Stream.of("kube-context", "kube-namespace")
            .flatMap(fact -> facts.find(fact).stream())
            .collect(Collectors.joining(" · "));
    note(
        mark("●", Style.CYAN)
            + " scenario  "
            + bold(name)
            + score
            + (where.isEmpty() ? "" : "          " + where)
            + dim("     (--scenario none to skip)"));
  }

  private void ended(CallRecord call) {
    var mark =
        switch (call.outcome()) {
          case "ok" -> mark("✓", Style.GREEN);
          case "refused", "skipped", "repeated", "not checked" -> mark("–", Style.YELLOW);
          default -> mark("✗", Style.RED);
        };
    var what =
        call(call.tool(), call.summary().isEmpty() ? arguments(call.arguments()) : call.summary());
    note("  " + mark + " " + padded(what) + "  " + dim(tail(call)));
    if (verbose && !quiet) {
      note(dim("      " + call.tool() + arguments(call.arguments())));
      call.text().lines().limit(40).forEach(line -> note(dim("      " + Printable.line(line))));
    }
  }

  private String tail(CallRecord call) {
    var time = String.format(Locale.ROOT, "%.1fs", call.millis() / 1000.0);
    if (call.ruling() instanceof Decision.Refused refused) {
      return "refused: " + refused.rule();
    }
    if (!call.ok()) {
      return call.failure()
          .map(failure -> Printable.line(failure.problem()))
          .orElse(call.outcome());
    }
    int found = call.findings().size();
    if (found > 0) {
      return time + "   " + found + (found == 1 ? " finding" : " findings");
    }
    return time + "   " + call.lines() + (call.lines() == 1 ? " line" : " lines");
  }

  private void turn(int turn, int tools, int tokens) {
    screen.status("  … thinking");
    if (verbose && !quiet) {
      note(dim("  turn " + turn + ": " + tools + " tools, about " + tokens + " tokens"));
    }
  }

  private void delta(String text) {
    if (!said && !quiet && screen.device().outIsTerminal()) {
      screen.clearStatus();
    }
    said = true;
    answer.accept(text);
  }

  private void textEnded() {
    answer.end();
  }

  private void usage(int turns, long in, long out) {
    if (verbose && !quiet && in + out > 0) {
      note(dim(turns + " turns, " + in + " tokens in, " + out + " out"));
    }
  }

  private void note(String line) {
    if (!quiet) {
      screen.note(line);
    }
  }

  private String padded(String what) {
    int room = Math.min(58, screen.width() - 30);
    var shown = what.length() > room ? what.substring(0, room - 1) + "…" : what;
    return shown + " ".repeat(Math.max(0, room - shown.length()));
  }

  private static String call(String tool, String summary) {
    return tool + (summary.isEmpty() ? "" : " " + Printable.line(summary));
  }

  private static String arguments(Map<String, Object> arguments) {
    return arguments.isEmpty() ? "" : " " + Printable.line(arguments.toString());
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1fs", millis / 1000.0);
  }

  private String mark(String mark, Style style) {
    return style.on(mark, screen.errColors());
  }

  private String bold(String text) {
    return Style.BOLD.on(text, screen.errColors());
  }

  private String dim(String text) {
    return Style.DIM.on(text, screen.errColors());
  }
}
