package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Reason;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.diagnose.why.LogReasons;
import dev.fuse.tool.kubernetes.look.Containers;
import dev.fuse.tool.kubernetes.look.LogText;
import java.util.List;
import java.util.Optional;

/** Why a container ends: exit code, reason, probe and the log line that says why. */
record CrashFaults(Snapshot snapshot, Faults faults) {

  /** Begins to read the logs that will be wanted. */
  void begin(Json pod) {
    var status = broken(pod);
    snapshot.beginLog(pod, status.text("name"), status.has("lastState.terminated"));
  }

  Fault fault(String workload, Json pod, String count) {
    var status = broken(pod);
    var ended =
        status.has("lastState.terminated")
            ? status.at("lastState.terminated")
            : status.at("state.terminated");
    long code = ended.number("exitCode", 0);
    var container = status.text("name");
    var init =
        pod.list("spec.initContainers").stream().anyMatch(c -> c.text("name").equals(container))
            && !Containers.sidecar(pod, container);
    var what =
        count
            + (init ? ": init container '" : ": container '")
            + container
            + "' ended with code "
            + code
            + " ("
            + ended.text("reason", "Error")
            + "), restarts "
            + status.number("restartCount", 0)
            + said(status, ended);
    var blocks = init ? "; the main container waits for it" : "";
    if (ended.text("reason").equals("OOMKilled")) {
      return memory(workload, pod, container, what + blocks);
    }
    var probe =
        snapshot
            .warning(pod, "Unhealthy")
            .filter(e -> e.message().matches("(?s)(Liveness|Startup).*"));
    if (probe.isPresent() && (code == 137 || code == 143 || code == 0)) {
      return new ProbeFaults(snapshot, faults).killed(workload, pod, container, what, probe.get());
    }
    return program(workload, pod, container, what + blocks + probed(pod, container, code), code);
  }

  /** The probe that may have ended it where no event is left that says so. */
  private static String probed(Json pod, String container, long code) {
    var probe = Containers.spec(pod, container).map(c -> c.at("livenessProbe")).orElse(Json.EMPTY);
    if ((code != 137 && code != 143) || probe.fields().isEmpty()) {
      return "";
    }
    return "; no event about a probe is left; it has a livenessProbe ("
        + ProbeFaults.words(probe)
        + ") that begins after "
        + probe.number("initialDelaySeconds", 0)
        + " s and gives up "
        + probe.number("failureThreshold", 3) * probe.number("periodSeconds", 10)
        + " s later";
  }

  /** The runtime's own words where the program was never begun, or the program's last message. */
  private static String said(Json status, Json ended) {
    var message = ended.text("message", status.text("state.waiting.message"));
    return message.isEmpty() || message.startsWith("back-off")
        ? ""
        : ": \"" + brief(message) + "\"";
  }

  private static String brief(String message) {
    var line = message.replaceAll("\\s+", " ").strip();
    return line.length() > 300 ? line.substring(0, 300) + "…" : line;
  }

  /** A pod that runs again, after runs that ended badly a short time ago. */
  Fault restarted(String workload, Json pod, String count) {
    var fault = fault(workload, pod, count).finding();
    return Fault.warning(
        workload, fault.seen() + "; it runs again now", fault.cause(), fault.next());
  }

  private Fault memory(String workload, Json pod, String container, String what) {
    var spec = Containers.spec(pod, container).orElse(Json.EMPTY);
    var limit = spec.text("resources.limits.memory", "none (the node's)");
    var log = lines(pod, container);
    var said = log.isEmpty() ? "" : "; last log line: \"" + log.getLast() + "\"";
    var hint =
        log.stream()
            .filter(line -> line.matches("(?i).*\\d+(\\.\\d+)? ?(MB|MiB|GB|GiB)\\b.*"))
            .findFirst()
            .map(line -> "; its log says \"" + line + "\"")
            .orElse(said);
    return Fault.error(
        workload,
        what
            + "; memory limit "
            + limit
            + ", request "
            + spec.text("resources.requests.memory", "none")
            + heap(spec)
            + hint,
        "it needs more memory than its limit of " + limit,
        "raise resources.limits.memory (k8s_set_resources), or make it use less");
  }

  /** A heap that is set by hand, which the limit must leave room for. */
  private static String heap(Json spec) {
    var words =
        spec.list("env").stream()
            .map(one -> one.text("name") + "=" + one.text("value"))
            .filter(one -> one.contains("-Xmx") || one.contains("max-old-space-size"))
            .toList();
    var command = String.join(" ", spec.texts("command")) + String.join(" ", spec.texts("args"));
    return words.isEmpty() && !command.contains("-Xmx")
        ? ""
        : "; heap set by " + (words.isEmpty() ? "its command" : String.join(" ", words));
  }

  private Fault program(String workload, Json pod, String container, String what, long code) {
    var log = lines(pod, container);
    var trouble = new LogText(log).trouble();
    var said = trouble.isEmpty() ? last(log, 2) : last(trouble, 3);
    var quoted =
        said.isEmpty() ? "; its log is empty" : "; log: \"" + String.join(" | ", said) + "\"";
    var lines = new java.util.ArrayList<>(trouble.isEmpty() ? log : trouble);
    lines.add(what);
    var reason = new LogReasons(snapshot, faults).of(workload, pod, container, lines);
    var spec = Containers.spec(pod, container).orElse(Json.EMPTY);
    boolean command = code == 126 || code == 127 || code == 128;
    return Fault.error(
        workload,
        what
            + (command ? started(spec) : "")
            + quoted
            + reason.map(found -> "; " + found.seen()).orElse(""),
        reason.map(Reason::cause).orElseGet(() -> meaning(code, command ? last(trouble, 1) : said)),
        reason
            .map(Reason::next)
            .orElse(command ? "correct command and args" : "correct what the log names"));
  }

  private static String started(Json spec) {
    var command = String.join(" ", spec.texts("command"));
    var args = String.join(" ", spec.texts("args"));
    return "; command: "
        + (command.isEmpty() ? "the image's" : "'" + command + "'")
        + (args.isEmpty() ? "" : ", args: '" + args + "'")
        + ", image "
        + spec.text("image");
  }

  private static String meaning(long code, List<String> said) {
    var last = said.isEmpty() ? "" : ": \"" + said.getFirst() + "\"";
    if (code == 126) {
      return "the container's command is there and cannot be run (not executable, or for another"
          + " system)"
          + last;
    }
    if (code == 127 || code == 128) {
      return "the container's command does not exist in the image (wrong path or name)" + last;
    }
    if (code == 132 || code == 134 || code == 139) {
      return "the program crashed ("
          + (code == 139 ? "segmentation fault" : code == 134 ? "abort" : "illegal instruction")
          + ")"
          + last;
    }
    if (code == 137 || code == 143) {
      return "it was ended from outside with "
          + (code == 137 ? "SIGKILL" : "SIGTERM")
          + ", not for its memory limit: by its liveness probe, if it has one, or by hand";
    }
    if (code == 0) {
      return "the program ends by itself with success, though the pod is to run for ever"
          + " (a Deployment is for servers; a Job is for work that ends)";
    }
    return "the program gives up" + last;
  }

  /** What the run that ended had said; of the present run where that is not to be had. */
  List<String> lines(Json pod, String container) {
    var status = Containers.status(pod, container).orElse(Json.EMPTY);
    if (status.has("lastState.terminated")) {
      var previous = snapshot.log(pod, container, true).folded().lines();
      if (!previous.isEmpty()) {
        return previous;
      }
    }
    return snapshot.log(pod, container, false).folded().lines();
  }

  private static Json broken(Json pod) {
    return Containers.statuses(pod).stream()
        .filter(CrashFaults::isBroken)
        .findFirst()
        .or(() -> Optional.ofNullable(Containers.statuses(pod).stream().findFirst().orElse(null)))
        .orElse(Json.EMPTY);
  }

  private static boolean isBroken(Json status) {
    return status.text("state.waiting.reason").equals("CrashLoopBackOff")
        || status.text("state.waiting.reason").equals("RunContainerError")
        || status.number("state.terminated.exitCode", 0) != 0
        || status.number("lastState.terminated.exitCode", 0) != 0
        || status.text("lastState.terminated.reason").equals("OOMKilled");
  }

  static List<String> last(List<String> lines, int count) {
    return lines.subList(Math.max(0, lines.size() - count), lines.size());
  }
}
