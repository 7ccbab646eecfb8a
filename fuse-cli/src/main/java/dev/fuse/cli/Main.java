package dev.fuse.cli;

import dev.fuse.cli.command.Cli;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.home.Environment;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where the process begins and ends; the one place that catches a bug. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    // The quickest command loads nothing.
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      System.out.println("fuse " + version());
      return;
    }
    var streams = new Streams(utf8(FileDescriptor.out), utf8(FileDescriptor.err), System.in);
    System.exit(run(arguments, Environment.current(), streams).code());
  }

  /** The standard streams. */
  public record Streams(PrintStream out, PrintStream err, java.io.InputStream in) {}

  public static ExitCode run(String[] arguments, Environment environment, Streams streams) {
    var interruption = Interruption.install();
    try (var lifetime = new Lifetime(environment, streams, interruption)) {
      return new Cli(version(), lifetime::assembly).run(arguments);
    } catch (FuseException e) {
      streams.err().println("fuse: " + e.problem());
      if (!e.hint().isEmpty()) {
        streams.err().println("  " + e.hint());
      }
      return e.exitCode();
    } catch (RuntimeException | Error bug) {
      return bug(bug, Arrays.asList(arguments).contains("--debug"), streams.err());
    } finally {
      streams.out().flush();
      streams.err().flush();
      interruption.finished();
    }
  }

  private static ExitCode bug(Throwable bug, boolean debug, PrintStream err) {
    err.println("fuse: a bug in Fuse: " + bug);
    if (debug) {
      bug.printStackTrace(err);
    } else {
      err.println("  --debug shows where; please report it with what you did");
    }
    return ExitCode.BUG;
  }

  static String version() {
    var descriptor = Main.class.getModule().getDescriptor();
    return descriptor == null ? "dev" : descriptor.rawVersion().orElse("dev");
  }

  /** Names and answers are UTF-8 whatever the locale says. */
  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(
        new java.io.BufferedOutputStream(new FileOutputStream(descriptor), 8192),
        false,
        StandardCharsets.UTF_8);
  }
}
