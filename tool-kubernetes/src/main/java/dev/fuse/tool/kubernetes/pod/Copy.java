package dev.fuse.tool.kubernetes.pod;

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
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Problems;
import dev.fuse.tool.kubernetes.change.Permission;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Copies between a container and this machine, with the tar that the container has. */
public final class Copy {

  private static final Duration TIME = Duration.ofMinutes(5);
  private static final int PIPE = 1 << 16;

  private Copy() {}

  /** What is copied. */
  private record Way(Inside in, String remote, Path local, boolean inside) {

    /** The folder in the container that holds it. */
    String folder() {
      int slash = remote.lastIndexOf('/');
      return slash == 0 ? "/" : remote.substring(0, slash);
    }

    String name() {
      return remote.substring(remote.lastIndexOf('/') + 1);
    }
  }

  public static Action prepare(Access access, Arguments arguments) {
    var in = Inside.of(access.place(arguments), arguments);
    var remote = remote(arguments.string("pod_path"));
    var project = access.clusters().directory();
    var local = local(project, arguments.string("path"));
    var way = new Way(in, remote, local, inside(project, local));
    Permission.check(in.place(), Kind.POD, "create", in.pod().name(), "exec");
    return arguments.string("direction").equals("from_pod") ? fetch(way) : send(way);
  }

  private static Path local(Path project, String path) {
    try {
      return project.resolve(path).normalize();
    } catch (InvalidPathException e) {
      throw ToolFailure.invalid(
          "'" + Problems.shown(path) + "' is no path: " + e.getReason(), "give a plain path");
    }
  }

  private static String remote(String path) {
    if (!path.startsWith("/") || path.contains("\0") || ("/" + path + "/").contains("/../")) {
      throw ToolFailure.invalid(
          "'" + Problems.shown(path) + "' is no plain absolute path in the container",
          "such as /var/log/app.log");
    }
    var plain = path.replaceAll("/+", "/");
    var shorter =
        plain.length() > 1 && plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    if (shorter.equals("/")) {
      throw ToolFailure.invalid("'/' is the whole container", "name a file or folder in it");
    }
    return shorter;
  }

  /** Whether a path is in the project, links resolved as far as it exists. */
  private static boolean inside(Path project, Path local) {
    var existing = local;
    while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    try {
      return existing.toRealPath().startsWith(project.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }

  private static Action fetch(Way way) {
    if (Files.exists(way.local(), LinkOption.NOFOLLOW_LINKS)) {
      throw ToolFailure.invalid(
          "'" + way.local() + "' exists already",
          "name a path that does not; nothing is overwritten");
    }
    if (way.local().getParent() == null || !Files.isDirectory(way.local().getParent())) {
      throw ToolFailure.notFound("'" + way.local().getParent() + "' is no folder", "make it first");
    }
    var risk = way.inside() && !hidden(way) ? Risk.LOW : Risk.HIGH;
    return action(
        way,
        "copy " + way.remote() + " from " + way.in().words() + " to " + way.local(),
        Effect.local(Verb.CREATE, file(way), risk),
        List.of("runs tar in the container; nothing is overwritten here"),
        call -> fetched(way, call));
  }

  private static Action send(Way way) {
    if (!Files.exists(way.local())) {
      throw ToolFailure.notFound("'" + way.local() + "' does not exist", "look with fs_list");
    }
    boolean plain = way.inside() && !hidden(way);
    var effect =
        plain
            ? new Effect(Verb.READ, file(way), Risk.NONE, true)
            : new Effect(Verb.READ_SECRET, file(way), Risk.HIGH, true);
    return action(
        way,
        "copy " + way.local() + " to " + way.remote() + " in " + way.in().words(),
        effect,
        List.of(
            "runs tar in the container; what is there of that name is overwritten and not kept"),
        call -> sent(way, call));
  }

  private static Action action(
      Way way, String summary, Effect local, List<String> notes, Action.Body body) {
    var in = way.in();
    var lines = new ArrayList<>(in.notes());
    lines.addAll(notes);
    return Action.of(
            summary, List.of(Effect.remote(Verb.EXECUTE, in.target(), in.risk()), local), body)
        .at(in.pod().uid())
        .within(TIME.plusSeconds(10))
        .showing(() -> Preview.text(summary, String.join("\n", lines)));
  }

  /** In a hidden file or folder, which is where programs keep what they run and trust. */
  private static boolean hidden(Way way) {
    for (var part : way.local()) {
      if (part.toString().startsWith(".") && !part.toString().equals(".")) {
        return true;
      }
    }
    return false;
  }

  private static Target file(Way way) {
    return Target.of(PodSpecs.FILES, "path", way.local().toString());
  }

  private static ToolResult fetched(Way way, Call call) throws IOException {
    way.in().check();
    var argv = List.of("tar", "cf", "-", "-C", way.folder(), "./" + way.name());
    try (var from = new PipedInputStream(PIPE)) {
      var into = new PipedOutputStream(from);
      var unpacked = new CompletableFuture<TarFolder.Report>();
      var thread = Thread.ofVirtual().start(() -> unpack(way, from, unpacked));
      var ended = Remote.run(way.in(), argv, Optional.empty(), new Closing(into), TIME, call);
      into.close();
      join(thread);
      var report = unpacked.join();
      if (ended.exit().filter(code -> code == 0).isEmpty() || report.files() == 0) {
        return failed(way.remote(), ended, report.told());
      }
      return ToolResult.ok(way.remote() + " copied to " + way.local() + ": " + report.told());
    }
  }

  private static void unpack(
      Way way, InputStream from, CompletableFuture<TarFolder.Report> unpacked) {
    try {
      unpacked.complete(TarFolder.unpack(from, way.name(), way.local()));
      from.transferTo(OutputStream.nullOutputStream());
    } catch (IOException | RuntimeException e) {
      unpacked.complete(new TarFolder.Report(0, 0, List.of("not unpacked: " + Problems.root(e))));
      drain(from);
    }
  }

  private static void drain(InputStream from) {
    try {
      from.transferTo(OutputStream.nullOutputStream());
    } catch (IOException _) {
      return; // the other end is closed, which is all that is wanted
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ToolResult sent(Way way, Call call) throws IOException {
    way.in().check();
    var packed = new PipedInputStream(PIPE);
    var into = new PipedOutputStream(packed);
    var report = new CompletableFuture<TarFolder.Report>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (into) {
                report.complete(TarFolder.pack(way.local().toRealPath(), way.name(), into));
              } catch (IOException | RuntimeException e) {
                report.complete(
                    new TarFolder.Report(0, 0, List.of("not read: " + Problems.root(e))));
              }
            });
    var argv = List.of("tar", "xmf", "-", "-C", way.folder());
    var output = new Remote.Capped(PIPE);
    var ended = Remote.run(way.in(), argv, Optional.of(packed), output, TIME, call);
    var told = report.isDone() ? report.join().told() : "it was not read to its end";
    if (ended.exit().filter(code -> code == 0).isEmpty()) {
      return failed(way.local().toString(), ended, told);
    }
    return ToolResult.ok(way.local() + " copied to " + way.remote() + ": " + told);
  }

  private static ToolResult failed(String what, Remote.Ended ended, String told) {
    return ToolResult.failed(
        ended.exit().isEmpty() ? ToolResult.Kind.UNKNOWN_OUTCOME : ToolResult.Kind.UNAVAILABLE,
        "'"
            + what
            + "' was not copied: "
            + ended.exit().map(code -> "tar ended with " + code).orElse("it did not end")
            + (ended.error().isBlank() ? "" : ": " + ended.error().strip())
            + "; "
            + told,
        "is the path there, and tar in the image? k8s_exec argv=[ls, -l, …]");
  }

  /** Keeps what the far end writes after the near one is closed from being an error. */
  private static final class Closing extends OutputStream {

    private final OutputStream into;

    Closing(OutputStream into) {
      this.into = into;
    }

    @Override
    public void write(int one) throws IOException {
      into.write(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      into.write(bytes, offset, length);
      into.flush();
    }
  }
}
