package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Reason;
import dev.fuse.tool.kubernetes.diagnose.seen.Sign;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.diagnose.why.LogReasons;
import dev.fuse.tool.kubernetes.look.Containers;
import dev.fuse.tool.kubernetes.look.EventText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why a running pod is not ready: the probe's port and answer against what the program serves. */
public record ProbeFaults(Snapshot snapshot, Faults faults) {

  private static final Pattern LISTENS =
      Pattern.compile("(?i)\\b(?:listening|serving|started|bound|running)\\b.*?[: ](\\d{2,5})\\b");

  private static final Pattern STATUS = Pattern.compile("statuscode: (\\d{3})");

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
    boolean starting = spec.has("startupProbe") && !unready.get().bool("started");
    var which = starting ? "startupProbe" : "readinessProbe";
    var probe = spec.at(which);
    var event = snapshot.warning(pod, "Unhealthy");
    if (probe.fields().isEmpty()
        || starting(probe, unready.get(), event.map(EventText::count).orElse(0L))) {
      return Optional.empty();
    }
    var log = snapshot.log(pod, name, false).folded();
    var answer = event.map(EventText::message).orElse("");
    var seen =
        count
            + " running, container '"
            + name
            + "' not ready"
            + (answer.isEmpty() ? "" : ": \"" + answer + "\"");
    var compared = compared(which, probe, spec, answer, log.lines());
    if (compared.isPresent()) {
      var reason = compared.get();
      return Optional.of(
          Fault.error(workload, seen + "; " + reason.seen(), reason.cause(), reason.next()));
    }
    var trouble = log.trouble();
    var said = CrashFaults.last(trouble.isEmpty() ? log.lines() : trouble, 3);
    var quoted = said.isEmpty() ? "" : "; log: \"" + String.join(" | ", said) + "\"";
    var reason = new LogReasons(snapshot, faults).of(workload, pod, name, trouble);
    return Optional.of(
        Fault.error(
            workload,
            seen + quoted + reason.map(found -> "; " + found.seen()).orElse(""),
            reason
                .map(Reason::cause)
                .orElse(
                    trouble.isEmpty()
                        ? "its " + words(which) + " fails (" + words(probe) + ")"
                        : "the program says that it is not ready: \"" + said.getFirst() + "\""),
            reason.map(Reason::next).orElse("correct what the log or the probe's answer names")));
  }

  /** A container that the kubelet ends because of its liveness or startup probe. */
  Fault killed(String workload, Json pod, String container, String what, EventText event) {
    var spec = Containers.spec(pod, container).orElse(Json.EMPTY);
    var which = event.message().startsWith("Startup") ? "startupProbe" : "livenessProbe";
    var probe = spec.at(which);
    long first = probe.number("initialDelaySeconds", 0);
    long patience = probe.number("failureThreshold", 3) * probe.number("periodSeconds", 10);
    var log = new CrashFaults(snapshot, faults).lines(pod, container);
    var compared = compared(which, probe, spec, event.message(), log);
    var said =
        log.isEmpty()
            ? ""
            : "; log: \"" + String.join(" | ", log.subList(0, Math.min(3, log.size()))) + "\"";
    return Fault.error(
        workload,
        what
            + ", not out of memory; \""
            + event.message()
            + "\"; the "
            + (which.equals("startupProbe") ? "startupProbe" : "probe")
            + " begins after "
            + first
            + " s and gives up "
            + patience
            + " s later"
            + (spec.has("startupProbe") ? "" : ", there is no startupProbe")
            + compared.map(found -> "; " + found.seen()).orElse("")
            + said,
        compared
            .map(found -> "the kubelet kills it: " + found.cause())
            .orElse(
                "the kubelet kills it because its "
                    + words(which)
                    + " fails before it has started or answers"),
        compared
            .map(Reason::next)
            .orElse(
                which.equals("startupProbe")
                    ? "raise failureThreshold of the startupProbe to the start's time"
                    : "add a startupProbe (or a longer initialDelaySeconds) that allows for the"
                        + " start's time"));
  }

  private static String words(String which) {
    return which.replace("Probe", " probe");
  }

  /** The probe's port, scheme and path against what the container says that it serves. */
  private static Optional<Reason> compared(
      String which, Json probe, Json spec, String answer, List<String> log) {
    var ports = spec.list("ports").stream().map(p -> p.text("containerPort")).toList();
    var wanted = port(probe, spec);
    if (wanted.matches(".*[a-z].*")) {
      var names = spec.list("ports").stream().map(p -> p.text("name", "(unnamed)")).toList();
      return Optional.of(
          new Reason(
              "the probe asks port '" + wanted + "', named ports: " + Words.joined(names),
              "the " + words(which) + " names a port that the container does not have",
              "name a port that is there"));
    }
    var scheme = scheme(answer, probe);
    if (scheme.isPresent()) {
      return scheme.map(
          real ->
              new Reason(
                  "the probe's scheme is " + probe.text("httpGet.scheme", "HTTP"),
                  "the " + words(which) + " speaks another protocol than the port: " + real,
                  "set httpGet.scheme to " + real));
    }
    var listens = listens(log);
    if (!wanted.isEmpty() && differs(wanted, ports, listens, answer)) {
      return Optional.of(wrongPort(which, wanted, ports, listens));
    }
    return status(which, probe, answer);
  }

  private static Optional<String> scheme(String answer, Json probe) {
    if (answer.contains("server gave HTTP response to HTTPS client")) {
      return Optional.of("HTTP");
    }
    boolean tls =
        answer.contains("malformed HTTP response \"\\x15")
            || answer.contains("HTTP request to an HTTPS server")
            || answer.contains("malformed HTTP response");
    return tls && !probe.text("httpGet.scheme").equals("HTTPS")
        ? Optional.of("HTTPS")
        : Optional.empty();
  }

  private static Optional<Reason> status(String which, Json probe, String answer) {
    var match = STATUS.matcher(answer);
    if (!match.find() || !probe.has("httpGet")) {
      return Optional.empty();
    }
    var code = match.group(1);
    var path = probe.text("httpGet.path", "/");
    var cause =
        switch (code) {
          case "404" -> "the program answers and has no path '" + path + "'";
          case "401", "403" -> "path '" + path + "' asks for credentials, which a probe has not";
          case "301", "302", "307", "308" -> "path '" + path + "' redirects elsewhere";
          case "405" -> "path '" + path + "' does not take GET";
          default -> "";
        };
    return cause.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Reason(
                "the probe asks " + words(probe) + " and gets " + code,
                "the " + words(which) + " asks the wrong path: " + cause,
                "set httpGet.path to the program's health path"));
  }

  private static Reason wrongPort(
      String which, String wanted, List<String> ports, Optional<String> listens) {
    var real = listens.orElseGet(() -> String.join(", ", ports));
    return new Reason(
        "the probe asks port "
            + wanted
            + ", containerPort is "
            + Words.joined(ports)
            + listens.map(port -> ", its log says that it listens on " + port).orElse(""),
        "the " + words(which) + " asks port " + wanted + " while the program listens on " + real,
        "set the probe's port to " + real);
  }

  private static boolean differs(
      String wanted, List<String> ports, Optional<String> listens, String answer) {
    boolean answered = STATUS.matcher(answer).find();
    return !answered
        && listens
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

  public static String words(Json probe) {
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

  /** A container is given the time that its probe allows before it counts as failing. */
  private boolean starting(Json probe, Json status, long complaints) {
    long threshold = probe.number("failureThreshold", 3);
    long allowed =
        probe.number("initialDelaySeconds", 0) + probe.number("periodSeconds", 10) * threshold;
    var since = status.text("state.running.startedAt");
    var least = Duration.ofSeconds(complaints > 0 ? allowed : Math.max(60, allowed));
    return complaints < threshold && !Sign.old(since, least, snapshot.now());
  }
}
