package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.spi.Finding.Severity;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.diagnose.seen.Address;
import dev.fuse.tool.kubernetes.diagnose.seen.Dependencies;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Sign;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.diagnose.why.LogReasons;
import dev.fuse.tool.kubernetes.look.Containers;
import dev.fuse.tool.kubernetes.look.LogText;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What pods that look well complain about in their logs. */
public record LogFaults(
    Snapshot snapshot, Faults faults, Map<String, String> silent, Map<String, Fault> suffering) {

  public LogFaults(Snapshot snapshot, Faults faults) {
    this(snapshot, faults, new LinkedHashMap<>(), new LinkedHashMap<>());
  }

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
              add(
                  Fault.error(
                      workload,
                      "runs, but logs \"" + quoted(trouble) + "\"; " + found.seen(),
                      found.cause(),
                      found.next()),
                  found.by()));
      if (reason.isEmpty() && often(trouble.getLast())) {
        silent.put(workload, trouble.getLast());
      }
    }
  }

  /** Of several that one other object makes suffer, that object is told, with them. */
  private void add(Fault fault, String by) {
    var first = by.isEmpty() ? null : suffering.putIfAbsent(by, fault);
    if (first == null) {
      faults.add(fault);
      return;
    }
    var root =
        faults
            .find(by)
            .orElseGet(
                () -> {
                  var seen = first.finding();
                  var one = Fault.error(by, seen.seen(), seen.cause(), seen.next());
                  faults.replace(first, one);
                  return one;
                });
    faults.hence(root, fault.subject(), fault.subject() + " suffers from it");
  }

  /**
   * Lines that nothing explains, when all else is known: of a workload that stands before something
   * broken they are its echo.
   */
  public void unexplained(Dependencies dependencies) {
    silent.forEach(
        (workload, line) -> {
          var behind =
              dependencies.reach(List.of(workload)).stream()
                  .filter(object -> !object.equals(workload))
                  .flatMap(object -> faults.behind(object).stream())
                  .filter(fault -> fault.severity() != Severity.INFO)
                  .findFirst();
          behind.ifPresent(
              fault -> faults.hence(fault, workload, workload + " logs \"" + line + "\""));
          if (behind.isEmpty() && !faults.has(workload)) {
            faults.add(
                Fault.warning(
                    workload, "runs, but logs \"" + line + "\"", "what the line says", ""));
          }
        });
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
