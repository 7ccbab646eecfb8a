package dev.fuse.tool.git;

import dev.fuse.spi.Call;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The person's own git, called by argument vector, for what hooks, signing, filters and credential
 * helpers belong to. It never asks on the terminal and opens no editor or pager.
 */
record GitProgram(Path program, Map<String, String> environment, Clock clock) {

  private static final int KEPT = 200_000;

  /** What a git said. */
  record Outcome(int code, String out, String err, boolean ended) {

    boolean ok() {
      return ended && code == 0;
    }

    /** The last lines that it wrote, for an answer. */
    String said() {
      var both = (err + "\n" + out).strip();
      var lines = both.lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }
  }

  /**
   * Finds git on PATH.
   *
   * @throws ToolFailure if there is none
   */
  static GitProgram find(Place place) {
    var environment = place.environment();
    return Optional.ofNullable(environment.get("PATH")).stream()
        .flatMap(path -> List.of(path.split(File.pathSeparator, -1)).stream())
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> Path.of(folder, "git"))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst()
        .map(file -> new GitProgram(file, environment, place.clock()))
        .orElseThrow(
            () ->
                new ToolFailure(
                    ToolResult.Kind.UNAVAILABLE,
                    "there is no 'git' on PATH",
                    "install git: changes run through it, with its hooks and credentials"));
  }

  /** Runs it in a folder until it ends, the call is cancelled or its time is over. */
  Outcome run(Path folder, Call call, byte[] stdin, List<String> arguments) throws IOException {
    var argv = new ArrayList<String>();
    argv.add(program.toString());
    argv.addAll(SAFE);
    argv.addAll(arguments);
    var builder = new ProcessBuilder(argv).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(quiet(environment));
    var process = builder.start();
    call.onCancel(() -> end(process));
    var out = new Sink(process.getInputStream());
    var err = new Sink(process.getErrorStream());
    try (var in = process.getOutputStream()) {
      in.write(stdin);
    } catch (IOException _) {
      // it ended without reading; its code tells why
    }
    return await(process, out, err, call);
  }

  private Outcome await(Process process, Sink out, Sink err, Call call) {
    var left = Duration.between(clock.instant(), call.deadline()).minusMillis(500);
    boolean ended = false;
    try {
      ended = process.waitFor(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      end(process);
    }
    return new Outcome(ended ? process.exitValue() : -1, out.text(), err.text(), ended);
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /**
   * What a repository may configure to be run by the way (a watcher of the file system, a transport
   * that is a program) is off; nothing happens beside what was asked.
   */
  private static final List<String> SAFE =
      List.of(
          "--no-pager",
          "-c",
          "core.fsmonitor=false",
          "-c",
          "protocol.ext.allow=never",
          "-c",
          "submodule.recurse=false",
          "-c",
          "fetch.recurseSubmodules=false",
          "-c",
          "push.recurseSubmodules=no",
          "-c",
          "rebase.autoStash=false",
          "-c",
          "merge.autoStash=false",
          "-c",
          "gc.auto=0",
          "-c",
          "maintenance.auto=false",
          "-c",
          "color.ui=false");

  /** Variables that would make git work on something else than the folder it is called in. */
  private static final Pattern LOCAL =
      Pattern.compile(
          "GIT_(DIR|(LITERAL|GLOB|NOGLOB|ICASE)_PATHSPECS|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|NAMESPACE|OBJECT_DIRECTORY"
              + "|ALTERNATE_OBJECT_DIRECTORIES|EXTERNAL_DIFF|TRACE.*|CONFIG_(PARAMETERS|COUNT))");

  private static Map<String, String> quiet(Map<String, String> environment) {
    var quiet = new LinkedHashMap<>(environment);
    quiet.keySet().removeIf(name -> LOCAL.matcher(name).matches());
    quiet.put("GIT_TERMINAL_PROMPT", "0");
    quiet.put("GIT_EDITOR", ":");
    quiet.put("GIT_SEQUENCE_EDITOR", ":");
    quiet.put("SSH_ASKPASS", "false");
    quiet.put("SSH_ASKPASS_REQUIRE", "force");
    quiet.put("LC_ALL", "C.UTF-8");
    return quiet;
  }

  /** Reads a stream to its end, and keeps the first part. */
  private static final class Sink {

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Thread thread;

    Sink(InputStream in) {
      thread = Thread.ofVirtual().start(() -> drain(in));
    }

    private void drain(InputStream in) {
      var buffer = new byte[8192];
      try (in) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          synchronized (kept) {
            kept.write(buffer, 0, Math.min(n, KEPT - kept.size()));
          }
        }
      } catch (IOException _) {
        // the process was ended
      }
    }

    String text() {
      try {
        // a background process of a hook may hold the stream open
        thread.join(Duration.ofSeconds(1));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      synchronized (kept) {
        return Printable.block(kept.toString(StandardCharsets.UTF_8));
      }
    }
  }
}
