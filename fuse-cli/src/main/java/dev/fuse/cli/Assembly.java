package dev.fuse.cli;

import dev.fuse.brief.ChatModel;
import dev.fuse.cli.chat.Agents;
import dev.fuse.cli.chat.OneShot;
import dev.fuse.cli.command.Workbench;
import dev.fuse.cli.doctor.Doctor;
import dev.fuse.cli.home.Environment;
import dev.fuse.cli.invocation.Flags;
import dev.fuse.cli.invocation.Invocation;
import dev.fuse.cli.invocation.Lazy;
import dev.fuse.cli.invocation.Resources;
import dev.fuse.cli.invocation.StandardInput;
import dev.fuse.cli.model.Models;
import dev.fuse.cli.terminal.DebugTrace;
import dev.fuse.cli.terminal.Screen;
import dev.fuse.run.Cancellation;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The only place that wires: makes the parts of one command and hands each what it uses. */
final class Assembly implements AutoCloseable {

  private final Invocation invocation;
  private final Resources resources;
  private final Models models;
  private final Agents agents;

  Assembly(Environment environment, Main.Streams streams, Flags flags, Cancellation cancellation) {
    var screen = screen(environment, streams, flags.look());
    var trace =
        flags.look().debug()
            ? Optional.of(new DebugTrace(screen::note))
            : Optional.<DebugTrace>empty();
    invocation =
        new Invocation(
            environment,
            flags,
            screen,
            new Lazy<>(() -> new StandardInput(streams.in())),
            cancellation,
            trace);
    resources = new Resources(invocation);
    UnaryOperator<ChatModel> watched =
        model -> trace.<ChatModel>map(tracing -> tracing.of(model)).orElse(model);
    models = new Models(resources::settings, environment.variables(), watched);
    agents = new Agents(invocation, resources);
  }

  /** What commands work with. */
  Workbench workbench() {
    return new Bench(
        invocation,
        resources,
        agents,
        new OneShot(invocation, resources, agents, models),
        new Doctor(invocation, resources, models));
  }

  private static Screen screen(Environment environment, Main.Streams streams, Flags.Look look) {
    return new Screen(
        streams.out(),
        streams.err(),
        Screen.Device.of(
            environment.variables().getOrDefault("FUSE_TERMINAL", ""),
            environment.find("TERM"),
            environment.find("NO_COLOR"),
            look.color().orElse(""),
            environment.find("COLUMNS"),
            look.accessible()));
  }

  @Override
  public void close() {
    resources.close();
    models.close();
    invocation.screen().clearStatus();
  }
}
