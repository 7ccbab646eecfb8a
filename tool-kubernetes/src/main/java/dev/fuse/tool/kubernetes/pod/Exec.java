package dev.fuse.tool.kubernetes.pod;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Verb;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.change.Change;
import dev.fuse.tool.kubernetes.change.Permission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs a program in a container. */
public final class Exec {

  private static final int MOST_BYTES = 1 << 20;

  private Exec() {}

  public static Action prepare(Access access, Arguments arguments) {
    var in = Inside.of(access.place(arguments), arguments);
    var argv = arguments.strings("argv");
    if (argv.isEmpty() || argv.getFirst().isBlank()) {
      throw ToolFailure.invalid("'argv' names no program", "such as [ls, -l, /tmp]");
    }
    if (argv.size() == 1 && argv.getFirst().strip().contains(" ")) {
      throw ToolFailure.invalid(
          "'" + argv.getFirst() + "' is one word, not a command line",
          "give the program and each argument as an item of its own");
    }
    Permission.check(in.place(), Kind.POD, "create", in.pod().name(), "exec");
    var time = Duration.ofSeconds(arguments.integer("seconds", 30));
    return Action.of(
            "run " + line(argv) + " in " + in.words(),
            Effect.remote(Verb.EXECUTE, in.target(), in.risk()),
            call -> run(in, argv, time, call))
        .at(in.pod().uid())
        .within(time.plusSeconds(10))
        .showing(() -> preview(in, argv));
  }

  private static Preview preview(Inside in, List<String> argv) {
    var lines = new ArrayList<>(in.notes());
    if (argv.getFirst().matches("(.*/)?(ba|da|a|z|k)?sh") && argv.contains("-c")) {
      lines.add("a shell: its text decides what it does");
    }
    return new Preview(
        Preview.Kind.CODE,
        "in " + in.words(),
        Change.comments(lines) + String.join("\n", quoted(argv)));
  }

  static String line(List<String> argv) {
    return String.join(" ", quoted(argv));
  }

  private static List<String> quoted(List<String> argv) {
    return argv.stream()
        .map(
            word -> word.matches("[-\\w./:=@%+,]+") ? word : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.toList());
  }

  private static ToolResult run(Inside in, List<String> argv, Duration time, Call call) {
    in.check();
    var output = new Remote.Capped(MOST_BYTES);
    var ended = Remote.run(in, argv, Optional.empty(), output, time, call);
    var text = output.text();
    if (ended.exit().isEmpty()) {
      return ToolResult.failed(
          ToolResult.Kind.UNKNOWN_OUTCOME,
          line(argv)
              + " had not ended after "
              + time.toSeconds()
              + " s and was left; it may still run in the container. Its output so far:\n"
              + text
              + ended.error(),
          "look at what it did, or run it with more seconds");
    }
    var parts = new ArrayList<String>();
    if (!text.isEmpty()) {
      parts.add(text.stripTrailing());
    }
    if (!ended.error().isEmpty()) {
      parts.add("stderr:\n" + ended.error().stripTrailing());
    }
    parts.add("exit " + ended.exit().get());
    return ToolResult.ok(String.join("\n", parts))
        .structured(Map.of("exit", ended.exit().get(), "stdout", text, "stderr", ended.error()));
  }
}
