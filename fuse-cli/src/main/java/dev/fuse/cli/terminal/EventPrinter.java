package dev.fuse.cli.terminal;

import dev.fuse.agent.AgentEvent;
import dev.fuse.agent.Outcome;
import dev.fuse.gate.CallRecord;
import dev.fuse.scenario.ScenarioClassifier.Classification;
import dev.fuse.scenario.ScenarioClassifier.Clue;
import dev.fuse.scenario.ScenarioClassifier.Fit;
import dev.fuse.spi.Facts;
import dev.fuse.text.Printable;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows a run as text: what happens to standard error, the answer to standard output. */
public final class EventPrinter implements Consumer<AgentEvent> {

  private static final int WHERE_COLUMN = 46;

  private final Screen screen;
  private final Facts facts;
  private final boolean quiet;
  private final boolean verbose;
  private final MarkdownStream answer;

  /** What runs, by call, with how far it is. */
  private final LinkedHashMap<String, Running> running = new LinkedHashMap<>();

  /** The text of a turn that may not be the answer; only where nothing else is to be printed. */
  private final StringBuilder held = new StringBuilder();

  /** What {@code -v} has shown of this prompt's calls. */
  private final Set<String> shown = new HashSet<>();

  private boolean said;
  private boolean noted;

  private record Running(String what, String progress) {
    @Override
    public String toString() {
      return progress.isEmpty() ? what : what + ": " + progress;
    }
  }

  public EventPrinter(Screen screen, Facts facts, boolean quiet, boolean verbose) {
    this.screen = screen;
    this.facts = facts;
    this.quiet = quiet;
    this.verbose = verbose && !quiet;
    this.answer = MarkdownStream.to(screen);
  }

  @Override
  public synchronized void accept(AgentEvent event) {
    switch (event) {
      case AgentEvent.Classified(var classification, var chosen) ->
          chosen.ifPresent(scenario -> scenario(classification, scenario.name()));
      case AgentEvent.CallStarted started ->
          runs(
              started.call(),
              CallLine.what(started.tool(), started.summary(), started.arguments()));
      case AgentEvent.CallProgress(var call, var message) -> progress(call, message);
      case AgentEvent.CallEnded(var call) -> ended(call);
      case AgentEvent.TurnStarted(var turn, var tools, var tokens) -> turn(turn, tools, tokens);
      case AgentEvent.TextDelta(var text) -> delta(text);
      case AgentEvent.TextEnded(var last) -> textEnded(last);
      case AgentEvent.Retrying(var why, var millis) -> {
        note(mark("!") + Printable.line(why) + "; again in " + seconds(millis));
        status("waiting");
      }
      case AgentEvent.Said _ -> {}
      case AgentEvent.Noted(var text) -> note(Printable.of(text));
      case AgentEvent.Ended(var outcome) -> ended(outcome);
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
            .map(Printable::line)
            .collect(Collectors.joining(" · "));
    var named =
        classification.clues().stream()
            .filter(clue -> clue.sort() == Clue.Sort.NAME)
            .map(clue -> " · " + Printable.line(clue.text()))
            .collect(Collectors.joining());
    var line = mark("●") + "scenario  " + Style.BOLD.on(name, screen.errColors()) + score + named;
    int room =
        WHERE_COLUMN - "● scenario  ".length() - name.length() - score.length() - named.length();
    var place = where.isEmpty() ? "" : " ".repeat(Math.max(2, room)) + where;
    note(line + place + dim("     (--scenario none to skip)"));
  }

  private void runs(String call, String what) {
    running.put(call, new Running(what, ""));
    showRunning();
  }

  private void progress(String call, String message) {
    running.computeIfPresent(
        call, (_, before) -> new Running(before.what(), Printable.line(message)));
    showRunning();
  }

  private void showRunning() {
    if (!running.isEmpty()) {
      var last = running.lastEntry().getValue();
      status(last + (running.size() > 1 ? "  and " + (running.size() - 1) + " more" : ""));
    }
  }

  private void ended(CallRecord call) {
    running.remove(call.call());
    var device = screen.device();
    int width = device.errIsTerminal() ? screen.width() : 0;
    var line = new CallLine(call, width, screen.errColors(), !device.accessible());
    line.lines().forEach(this::note);
    if (verbose && shown.add(call.tool() + call.text())) {
      line.details().forEach(this::note);
    } else if (verbose) {
      note(dim("      the same as before"));
    }
    showRunning();
  }

  private void turn(int turn, int tools, int tokens) {
    if (verbose) {
      note(dim("  turn " + turn + ": " + tools + " tools, about " + tokens + " tokens"));
    }
    status("thinking");
  }

  private void delta(String text) {
    if (quiet) {
      held.append(text);
      said = true;
      return;
    }
    if (noted && screen.device().outIsTerminal() && screen.device().errIsTerminal()) {
      screen.note("");
      noted = false;
      status("writing");
    }
    said = true;
    answer.accept(text);
  }

  private void textEnded(boolean last) {
    if (last) {
      answer.accept(held.toString());
    }
    held.setLength(0);
    answer.end();
  }

  private void ended(Outcome outcome) {
    screen.clearStatus();
    running.clear();
    shown.clear();
    if (!said && !outcome.answer().isBlank()) {
      delta(outcome.answer());
      textEnded(true);
    }
    said = false;
    var usage = outcome.usage();
    if (verbose && usage.input() + usage.output() > 0) {
      var tokens = usage.input() + " tokens in, " + usage.output() + " out";
      note(dim(outcome.turns() + (outcome.turns() == 1 ? " turn, " : " turns, ") + tokens));
    }
  }

  private void note(String line) {
    if (!quiet) {
      screen.note(line);
      noted = true;
    }
  }

  private void status(String what) {
    if (!quiet) {
      screen.status(what);
    }
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1fs", millis / 1000.0);
  }

  private String mark(String mark) {
    return screen.device().accessible() ? "" : Style.CYAN.on(mark, screen.errColors()) + " ";
  }

  private String dim(String text) {
    return Style.DIM.on(text, screen.errColors());
  }
}
