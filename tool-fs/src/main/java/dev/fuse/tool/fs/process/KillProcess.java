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
import dev.fuse.tool.fs.machine.Programs;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code process_kill}: ends one process. */
public record KillProcess(
    Place place, RunningProcess process, ProcessHandle handle, boolean force) {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Ending one of these ends the session, the cluster's node or everybody's containers. */
  private static final Set<String> PILLARS =
      Set.of(
          "init",
          "systemd",
          "launchd",
          "sshd",
          "dockerd",
          "containerd",
          "kubelet",
          "crio",
          "Xorg",
          "gnome-shell",
          "WindowServer",
          "loginwindow",
          "NetworkManager",
          "systemd-logind",
          "dbus-daemon",
          "etcd",
          "kube-apiserver");

  public static Action prepare(Place place, Arguments arguments) {
    long pid = arguments.longInteger("pid", 0);
    var process =
        new Processes(new Programs(place))
            .find(pid)
            .orElseThrow(
                () -> ToolFailure.notFound("there is no process " + pid, "look with process_list"));
    var handle =
        ProcessHandle.of(pid)
            .orElseThrow(() -> ToolFailure.notFound("there is no process " + pid, ""));
    if (pid == 1 || isOurs(pid)) {
      throw new ToolFailure(
          ToolResult.Kind.FORBIDDEN,
          "process "
              + pid
              + " ("
              + process.program()
              + ") is "
              + (pid == 1 ? "the first of all" : "Fuse itself or what started it"),
          "");
    }
    var kill = new KillProcess(place, process, handle, arguments.bool("force", false));
    var target =
        Target.of(
            RunningProcess.PROCESS,
            "pid",
            String.valueOf(pid),
            "program",
            Shown.name(process.program()));
    var risk = PILLARS.contains(process.program()) ? Risk.CRITICAL : Risk.HIGH;
    var what = kill.force ? "end at once " : "end ";
    return Action.of(
            what + Shown.name(process.program()) + " (pid " + pid + ")",
            Effect.local(Verb.DELETE, target, risk),
            kill::run)
        .at(process.started().toString() + " " + process.program())
        .showing(() -> Preview.text("pid " + pid, kill.shown()));
  }

  private String shown() {
    return "%s%nuser %s, %s, since %s%n"
        .formatted(
            Shown.line(process.command(), 2000),
            process.user(),
            Shown.size(process.memory()),
            process.started());
  }

  private static boolean isOurs(long pid) {
    for (var one = ProcessHandle.current(); ; one = one.parent().get()) {
      if (one.pid() == pid) {
        return true;
      }
      if (one.parent().isEmpty()) {
        return false;
      }
    }
  }

  private ToolResult run(Call call) throws InterruptedException {
    var now = new Processes(new Programs(place)).find(process.pid());
    if (now.filter(one -> one.started().equals(process.started())).isEmpty()) {
      return ToolResult.ok("process " + process.pid() + " has ended by itself");
    }
    boolean asked = force ? handle.destroyForcibly() : handle.destroy();
    if (!asked) {
      throw new ToolFailure(
          ToolResult.Kind.FORBIDDEN,
          "process " + process.pid() + " of " + process.user() + " may not be ended",
          "ask the person to do it");
    }
    try {
      handle.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return ToolResult.ok(process.program() + " (pid " + process.pid() + ") has ended");
    } catch (TimeoutException | ExecutionException e) {
      return ToolResult.ok(
          process.program()
              + " (pid "
              + process.pid()
              + ") was asked and still runs; 'force' ends it");
    }
  }
}
