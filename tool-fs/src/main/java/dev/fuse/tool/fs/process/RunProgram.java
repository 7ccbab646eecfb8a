package dev.fuse.tool.fs.process;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Verb;
import dev.fuse.tool.fs.file.Content;
import dev.fuse.tool.fs.file.FileState;
import dev.fuse.tool.fs.machine.Programs;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** {@code process_run}: a program by argument vector. */
public record RunProgram(
    Place place, CommandLine command, Optional<String> stdin, Duration timeout) {

  private static final int QUOTED = 2000;

  /** To end what does not end by itself. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  public static Action prepare(Place place, Arguments arguments) {
    var command =
        CommandLine.of(
            place,
            arguments.strings("argv"),
            arguments.string("directory", "."),
            arguments.map("environment"));
    var run =
        new RunProgram(
            place,
            command,
            arguments.findString("stdin"),
            Duration.ofSeconds(arguments.integer("timeout", 60)));
    return Action.of(command.shown(), run.effect(), run::run)
        .at(FileState.of(command.real()))
        .within(run.timeout.plus(MARGIN))
        .showing(() -> new Preview(Preview.Kind.CODE, command.real().toString(), run.shown()));
  }

  /** A program may do anything, to other machines too. */
  private Effect effect() {
    var directory = command.directory().real();
    var target =
        Target.of(
            RunningProcess.PROCESS,
            "path",
            directory.toString(),
            "program",
            command.real().toString());
    if (!directory.equals(place.directory())) {
      target = target.decidedBy("path", directory.toString());
    }
    target =
        target
            .decidedBy("env", command.changes())
            .decidedBy("stdin", stdin.map(RunProgram::fingerprint).orElse(""));
    if (HarmlessForms.contains(place, command, stdin.isPresent())) {
      return Effect.local(Verb.READ, target, Risk.LOW);
    }
    var risk = GraveForms.contains(command.argv()) ? Risk.CRITICAL : Risk.HIGH;
    return Effect.remote(Verb.EXECUTE, target, risk);
  }

  /** Enough of a hash to tell one input from any other. */
  private static String fingerprint(String input) {
    return Content.hash(input.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }

  private String shown() {
    var text = new StringBuilder(command.shown()).append('\n');
    text.append("in ").append(Shown.name(command.directory().real())).append('\n');
    command
        .environment()
        .forEach(
            (name, value) ->
                text.append("with ").append(Shown.line(name + "=" + value, QUOTED)).append('\n'));
    stdin.ifPresent(input -> text.append("reading:\n").append(input).append('\n'));
    return text.toString();
  }

  private ToolResult run(Call call) throws InterruptedException {
    var most = Duration.between(Instant.now(), call.deadline()).minusSeconds(2);
    var time = timeout.compareTo(most) < 0 ? timeout : most;
    try {
      var child = Child.start(new Programs(place), command, place.environment(), stdin);
      call.onCancel(child::kill);
      var outcome = child.await(time);
      return switch (outcome.end()) {
        case EXITED -> exited(outcome);
        case TIMED_OUT -> throw killed(outcome, "did not end within " + time.toSeconds() + " s");
        case FLOODED ->
            throw killed(outcome, "printed more than " + Shown.size(outcome.size() - 1));
      };
    } catch (IOException e) {
      throw new ToolFailure(
          ToolResult.Kind.UNAVAILABLE,
          "'" + command.argv().getFirst() + "' cannot be started: " + e.getMessage(),
          "look at it with fs_stat");
    }
  }

  private ToolResult exited(Child.Outcome outcome) {
    var text = new StringBuilder("exit ").append(outcome.code());
    if (!outcome.left().isEmpty()) {
      text.append("; it left running: pid ")
          .append(outcome.left().toString().replaceAll("[\\[\\]]", ""));
    }
    text.append('\n').append(outcome.output());
    return ToolResult.ok(text.toString())
        .structured(
            Map.of(
                "exit", (long) outcome.code(),
                "output", outcome.output(),
                "bytes", outcome.size(),
                "left", outcome.left()));
  }

  /** What it had done by then stays done. */
  private ToolFailure killed(Child.Outcome outcome, String why) {
    var said = outcome.output();
    var end = said.substring(Math.max(0, said.length() - QUOTED));
    return new ToolFailure(
        ToolResult.Kind.UNKNOWN_OUTCOME,
        "'%s' %s and was ended with all that it had started; it had said:%n%s"
            .formatted(command.shown(), why, end.isEmpty() ? "nothing" : end),
        "look what it has done by then; give 'timeout' if it needs longer");
  }
}
