package dev.fuse.tool.kubernetes;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why a running pod is not ready: the probe's port and answer against what the program serves. */
record ProbeFaults(Snapshot snapshot) {

  private static final Pattern LISTENS =
      Pattern.compile("(?i)\\b(?:listening|serving|started|bound|running)\\b.*?[: ](\\d{2,5})\\b");

  Optional<Fault> fault(String workload, Json pod, String count) {
    var unready =
        pod.list("status.containerStatuses").stream()
            .filter(status -> !status.bool("ready"))
            .findFirst();
    if (unready.isEmpty()) {
      return gates(workload, pod, count);
    }
    var name = unready.get().text("name");
    var spec = Containers.spec(pod, name).orElse(Json.EMPTY);
    var probe = spec.at("readinessProbe");
    var event = snapshot.warning(pod, "Unhealthy");
    if (probe.fields().isEmpty() || (event.isEmpty() && young(pod))) {
      return Optional.empty();
    }
    var log = snapshot.log(pod, name, false).folded();
    var ports = spec.list("ports").stream().map(p -> p.text("containerPort")).toList();
    var answer = event.map(e -> ": \"" + e.message() + "\"").orElse("");
    var seen = count + " running, container '" + name + "' not ready" + answer;
    var wanted = port(probe, spec);
    var listens = listens(log.lines());
    if (!wanted.isEmpty() && differs(wanted, ports, listens)) {
      return Optional.of(wrongPort(workload, seen, wanted, ports, listens));
    }
    var trouble = log.trouble();
    var said = CrashFaults.last(trouble.isEmpty() ? log.lines() : trouble, 3);
    var quoted = said.isEmpty() ? "" : "; log: \"" + String.join(" | ", said) + "\"";
    return Optional.of(
        Fault.error(
            workload,
            seen + quoted,
            trouble.isEmpty()
                ? "its readiness probe fails (" + words(probe) + ")"
                : "the program says that it is not ready: \"" + said.getFirst() + "\"",
            "correct what the log or the probe's answer names"));
  }

  private static Fault wrongPort(
      String workload, String seen, String wanted, List<String> ports, Optional<String> listens) {
    var real = listens.orElseGet(() -> String.join(", ", ports));
    return Fault.error(
        workload,
        seen
            + "; the probe asks port "
            + wanted
            + ", containerPort is "
            + ConfigFaults.joined(ports)
            + listens.map(port -> ", its log says that it listens on " + port).orElse(""),
        "the readiness probe asks port " + wanted + " while the program listens on " + real,
        "set the probe's port to " + real);
  }

  private static boolean differs(String wanted, List<String> ports, Optional<String> listens) {
    return listens
        .map(port -> !port.equals(wanted) && !ports.contains(wanted))
        .orElse(!ports.isEmpty() && !ports.contains(wanted));
  }

  static Optional<String> listens(List<String> log) {
    return log.stream()
        .map(LISTENS::matcher)
        .filter(java.util.regex.Matcher::find)
        .map(match -> match.group(1))
        .findFirst();
  }

  /** The number of the port that a probe asks; a named one is looked up. */
  static String port(Json probe, Json container) {
    for (var how : List.of("httpGet", "tcpSocket", "grpc")) {
      var port = probe.text(how + ".port");
      if (!port.isEmpty()) {
        return container.list("ports").stream()
            .filter(one -> one.text("name").equals(port))
            .map(one -> one.text("containerPort"))
            .findFirst()
            .orElse(port);
      }
    }
    return "";
  }

  static String words(Json probe) {
    if (probe.has("httpGet")) {
      return "GET " + probe.text("httpGet.path", "/") + " on " + probe.text("httpGet.port");
    }
    if (probe.has("exec")) {
      return "exec " + String.join(" ", probe.texts("exec.command"));
    }
    return (probe.has("grpc") ? "grpc " + probe.text("grpc.port") : "tcp ")
        + probe.text("tcpSocket.port");
  }

  private static Optional<Fault> gates(String workload, Json pod, String count) {
    return pod.condition("Ready")
        .filter(condition -> condition.text("reason").equals("ReadinessGatesNotReady"))
        .map(
            condition ->
                Fault.warning(
                    workload,
                    count + " not ready: \"" + condition.text("message") + "\"",
                    "a readiness gate is not set by its controller",
                    "look at the controller that sets it"));
  }

  /** A pod that has just been started is given the time that its probe allows. */
  private static boolean young(Json pod) {
    var started = pod.text("status.startTime");
    return started.isEmpty()
        || java.time.Instant.parse(started).isAfter(java.time.Instant.now().minusSeconds(60));
  }
}
