package dev.fuse.cli;

import dev.fuse.cli.command.Workbench;
import dev.fuse.cli.home.Environment;
import dev.fuse.cli.invocation.Flags;
import java.util.ArrayList;
import java.util.List;

/** Closes what a command opened, whatever becomes of it. */
final class Lifetime implements AutoCloseable {

  private final Environment environment;
  private final Main.Streams streams;
  private final Interruption interruption;
  private final List<Assembly> assemblies = new ArrayList<>();

  Lifetime(Environment environment, Main.Streams streams, Interruption interruption) {
    this.environment = environment;
    this.streams = streams;
    this.interruption = interruption;
  }

  Workbench assembly(Flags flags) {
    var assembly = new Assembly(environment, streams, flags, interruption.cancellation());
    assemblies.add(assembly);
    return assembly.workbench();
  }

  @Override
  public void close() {
    assemblies.reversed().forEach(Assembly::close);
    streams.out().flush();
    streams.err().flush();
  }
}
