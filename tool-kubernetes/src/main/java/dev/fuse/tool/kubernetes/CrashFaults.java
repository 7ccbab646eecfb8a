package dev.fuse.tool.kubernetes;

import java.util.List;
import java.util.Optional;

/** Why a container ends: exit code, reason, probe and the log line that says why. */
record CrashFaults(Snapshot snapshot) {

  /** Begins to read the logs that will be wanted. */
  void begin(Json pod) {
    var status = broken(pod);
    if (status.has("lastState.terminated")) {
      snapshot.beginLog(pod, status.text("name"), true);
    }
    snapshot.beginLog(pod, status.text("name"), false);
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
        pod.list("spec.initContainers").stream().anyMatch(c -> c.text("name").equals(container));
    var what =
        count
            + (init ? ": init container '" : ": container '")
            + container
            + "' ended with code "
            + code
            + " ("
            + ended.text("reason", "Error")
            + "), restarts "
            + status.number("restartCount", 0);
    var blocks = init ? "; the main container waits for it" : "";
    if (ended.text("reason").equals("OOMKilled")) {
      return memory(workload, pod, container, what + blocks);
    }
    var probe = snapshot.warning(pod, "Unhealthy").filter(e -> e.message().startsWith("Liveness"));
    if (probe.isPresent() && (code == 137 || code == 143)) {
      return liveness(workload, pod, container, what, probe.get());
    }
    return program(workload, pod, container, what + blocks, code);
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
            + hint,
        "it needs more memory than its limit of " + limit,
        "raise resources.limits.memory (k8s_set_resources), or make it use less");
  }

  private Fault liveness(
      String workload, Json pod, String container, String what, EventText event) {
    var probe = Containers.spec(pod, container).map(c -> c.at("livenessProbe")).orElse(Json.EMPTY);
    long first = probe.number("initialDelaySeconds", 0);
    long patience = probe.number("failureThreshold", 3) * probe.number("periodSeconds", 10);
    var log = lines(pod, container);
    var said = log.isEmpty() ? "" : "; log: \"" + String.join(" | ", first(log, 3)) + "\"";
    return Fault.error(
        workload,
        what
            + ", not out of memory; \""
            + event.message()
            + "\"; the probe begins after "
            + first
            + " s and gives up "
            + patience
            + " s later"
            + (Containers.spec(pod, container).filter(c -> c.has("startupProbe")).isPresent()
                ? ""
                : ", there is no startupProbe")
            + said,
        "the kubelet kills it because its liveness probe fails before it has started or answers",
        "add a startupProbe (or a longer initialDelaySeconds) that allows for the start's time");
  }

  private Fault program(String workload, Json pod, String container, String what, long code) {
    var log = lines(pod, container);
    var trouble = new LogText(log).trouble();
    var said = trouble.isEmpty() ? last(log, 2) : last(trouble, 3);
    var quoted =
        said.isEmpty() ? "; its log is empty" : "; log: \"" + String.join(" | ", said) + "\"";
    var host = new HostCheck(snapshot).compare(pod, container, log);
    var seen = what + quoted + host.map(found -> "; " + found.seen()).orElse("");
    var cause = host.map(HostCheck.Result::cause).orElseGet(() -> meaning(code, said));
    var next = host.map(HostCheck.Result::next).orElse("correct what the log names");
    return Fault.error(workload, seen, cause, next);
  }

  private static String meaning(long code, List<String> said) {
    var last = said.isEmpty() ? "" : ": \"" + said.getFirst() + "\"";
    if (code == 126 || code == 127) {
      return "the container's command cannot be run (wrong path, or not executable)" + last;
    }
    if (code == 139) {
      return "the program crashed (segmentation fault)" + last;
    }
    if (code == 137 || code == 143) {
      return "it was killed from outside, not for memory";
    }
    if (code == 0) {
      return "the program ends by itself, though the pod is to run for ever";
    }
    return "the program gives up" + last;
  }

  /** What the run that ended had said; of the present run where that is not to be had. */
  private List<String> lines(Json pod, String container) {
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
        || status.number("state.terminated.exitCode", 0) != 0
        || status.text("lastState.terminated.reason").equals("OOMKilled");
  }

  static List<String> last(List<String> lines, int count) {
    return lines.subList(Math.max(0, lines.size() - count), lines.size());
  }

  private static List<String> first(List<String> lines, int count) {
    return lines.subList(0, Math.min(count, lines.size()));
  }
}
