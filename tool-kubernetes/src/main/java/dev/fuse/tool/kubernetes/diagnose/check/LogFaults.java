package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.diagnose.seen.Address;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Sign;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.diagnose.why.LogReasons;
import dev.fuse.tool.kubernetes.look.Containers;
import dev.fuse.tool.kubernetes.look.LogText;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What pods that look well complain about in their logs. */
public record LogFaults(Snapshot snapshot, Faults faults) {

  /** Logs read of a namespace or of a whole cluster; one pod of each workload. */
  private static final int MOST = 60;

  /** The rank of those that nothing speaks for. */
  private static final int SILENT = 4;

  private static final Duration LITTLE = Duration.ofMillis(600);
  private static final Duration MORE = Duration.ofSeconds(3);
  private static final Pattern WELL =
      Pattern.compile(
          "(?i)(?<!not )\\b(re)?connected\\b|connection established|recovered|(?<!not )\\bready\\b"
              + "|succeeded|successful");
  private static final Pattern OFTEN = Pattern.compile("\\(×(\\d+)\\)$");

  /** Begins to read them, those first that most likely have something to say. */
  public void begin(Map<String, List<Json>> workloads) {
    snapshot.patience(snapshot.wholeCluster() ? LITTLE : MORE);
    chosen(workloads)
        .forEach(
            entry ->
                containers(entry.getValue())
                    .forEach(name -> snapshot.beginLog(entry.getValue(), name, false)));
  }

  public void examine(Map<String, List<Json>> workloads) {
    var chosen = chosen(workloads);
    long all = workloads.entrySet().stream().flatMap(e -> readable(e.getValue()).stream()).count();
    if (all > chosen.size()) {
      snapshot.notChecked(
          "logs of " + (all - chosen.size()) + " healthy workloads (ask for one namespace)");
    }
    for (var entry : chosen) {
      if (!faults.has(entry.getKey())) {
        one(entry.getKey(), entry.getValue());
      }
    }
  }

  /** A few out of thousands that have nothing to say would only keep kubelets busy. */
  private List<Map.Entry<String, Json>> chosen(Map<String, List<Json>> workloads) {
    var all =
        workloads.entrySet().stream()
            .flatMap(
                entry ->
                    readable(entry.getValue()).map(pod -> Map.entry(entry.getKey(), pod)).stream())
            .toList();
    return all.stream()
        .filter(entry -> all.size() <= MOST || rank(entry.getValue()) < SILENT)
        .sorted(Comparator.comparingInt(entry -> rank(entry.getValue())))
        .limit(MOST)
        .toList();
  }

  /** Restarts, policies, an account of its own and addresses to reach are what logs speak of. */
  private int rank(Json pod) {
    if (Containers.restarts(pod) > 0) {
      return 0;
    }
    if (!snapshot.list(Kind.POLICY, pod.namespace()).isEmpty()) {
      return 1;
    }
    if (!pod.text("spec.serviceAccountName", "default").equals("default")) {
      return 2;
    }
    boolean reaches =
        Containers.of(pod.at("spec")).stream().anyMatch(one -> !Address.of(one).isEmpty());
    return reaches ? 3 : SILENT;
  }

  private Optional<Json> readable(List<Json> pods) {
    return pods.stream()
        .filter(pod -> pod.text("status.phase").equals("Running"))
        .filter(pod -> Sign.of(pod, snapshot.now()).isEmpty())
        .filter(pod -> !pod.has("metadata.deletionTimestamp"))
        .filter(pod -> !faults.has("Node " + pod.text("spec.nodeName")))
        .findFirst();
  }

  private static List<String> containers(Json pod) {
    return pod.list("spec.containers").stream().map(one -> one.text("name")).toList();
  }

  private void one(String workload, Json pod) {
    for (var container : containers(pod)) {
      var trouble = standing(snapshot.glance(pod, container).folded());
      if (trouble.isEmpty()) {
        continue;
      }
      var reason = new LogReasons(snapshot, faults).of(workload, pod, container, trouble);
      reason.ifPresent(
          found ->
              faults.add(
                  Fault.error(
                      workload,
                      "runs, but logs \"" + quoted(trouble) + "\"; " + found.seen(),
                      found.cause(),
                      found.next())));
      if (reason.isEmpty() && often(trouble.getLast()) && !told(workload)) {
        faults.add(
            Fault.warning(
                workload,
                "runs, but logs \"" + trouble.getLast() + "\"",
                "what the line says",
                ""));
      }
    }
  }

  /** Whether it is already told as a consequence of something else. */
  private boolean told(String workload) {
    return faults.all().stream().anyMatch(fault -> fault.finding().seen().contains(workload + " "));
  }

  /** Lines of trouble after the last one that says that all is well. */
  private static List<String> standing(LogText log) {
    var lines = log.lines();
    int from = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (WELL.matcher(lines.get(i)).find() && !LogText.troubled(lines.get(i))) {
        from = i + 1;
      }
    }
    return new LogText(lines.subList(from, lines.size())).trouble();
  }

  private static String quoted(List<String> trouble) {
    return String.join(" | ", CrashFaults.last(trouble, 3));
  }

  private static boolean often(String line) {
    var match = OFTEN.matcher(line);
    return match.find() && Integer.parseInt(match.group(1)) >= 3;
  }
}
