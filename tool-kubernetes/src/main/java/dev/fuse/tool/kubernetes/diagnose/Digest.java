package dev.fuse.tool.kubernetes.diagnose;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.diagnose.check.ProbeFaults;
import dev.fuse.tool.kubernetes.diagnose.seen.Sign;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.Containers;
import dev.fuse.tool.kubernetes.look.PodState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an expert takes in at one glance, within a budget of tokens: workloads with their pods, what
 * stands beside them, last log lines; it says what it left out.
 */
record Digest(Examination examined, Focus focus) {

  /** About as many characters as one token has. */
  private static final int TOKEN = 4;

  private static final int MOST_HEALTHY = 12;

  String text(int budget) {
    var lines = new ArrayList<String>();
    lines.add(head());
    troubled().forEach(workload -> lines.addAll(detail(workload)));
    lines.addAll(healthy());
    lines.addAll(beside());
    return cut(lines, budget);
  }

  private Snapshot snapshot() {
    return examined.snapshot();
  }

  private String head() {
    var pods = snapshot().list(Kind.POD);
    var states =
        pods.stream()
            .collect(
                Collectors.groupingBy(PodState::status, LinkedHashMap::new, Collectors.counting()));
    var counts =
        states.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    return snapshot().place().words()
        + ": "
        + pods.size()
        + " pods"
        + (pods.isEmpty() ? "" : " (" + counts + ")")
        + (examined.faults().all().isEmpty() ? "; nothing wrong was found" : "");
  }

  /** Workloads that faults are about, those asked about first. */
  private List<String> troubled() {
    return examined.workloads().keySet().stream()
        .filter(key -> concerned(key))
        .limit(snapshot().wholeCluster() ? 10 : 6)
        .toList();
  }

  private boolean concerned(String key) {
    if (!focus.name().isEmpty()) {
      return key.endsWith("/" + focus.name())
          || examined.faults().find(key).filter(focus::concerns).isPresent();
    }
    return examined.faults().has(key);
  }

  private List<String> detail(String workload) {
    var pods = examined.workloads().getOrDefault(workload, List.of());
    var lines = new ArrayList<String>();
    if (pods.isEmpty()) {
      return lines;
    }
    var pod =
        pods.stream()
            .filter(one -> Sign.of(one, snapshot().now()).isPresent())
            .findFirst()
            .orElse(pods.getFirst());
    lines.add(
        workload.replaceFirst(" [^/]*/", " ")
            + ": "
            + states(pods)
            + "; labels "
            + Containers.labels(Containers.ownLabels(pod)));
    for (var container : Containers.of(pod.at("spec"))) {
      lines.add("  " + container(container));
    }
    lines.addAll(log(pod));
    return lines;
  }

  private static String states(List<Json> pods) {
    return pods.stream()
        .map(PodState::of)
        .collect(
            Collectors.groupingBy(
                state -> state.status() + " " + state.ready() + "/" + state.containers(),
                LinkedHashMap::new,
                Collectors.toList()))
        .entrySet()
        .stream()
        .map(entry -> entry.getValue().size() + "× " + entry.getKey() + restarts(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String restarts(List<PodState> states) {
    long most = states.stream().mapToLong(PodState::restarts).max().orElse(0);
    return most == 0 ? "" : " restarts " + most;
  }

  private static String container(Json container) {
    var parts = new ArrayList<String>();
    parts.add(container.text("name") + " " + container.text("image").replaceFirst("^.*/", ""));
    var ports = container.list("ports").stream().map(one -> one.text("containerPort")).toList();
    if (!ports.isEmpty()) {
      parts.add("ports " + String.join(",", ports));
    }
    resources(container, "requests", parts);
    resources(container, "limits", parts);
    for (var probe : List.of("readinessProbe", "livenessProbe", "startupProbe")) {
      if (container.has(probe)) {
        var one = container.at(probe);
        parts.add(
            probe.replace("Probe", "")
                + " "
                + ProbeFaults.words(one)
                + " after "
                + one.number("initialDelaySeconds", 0)
                + "s every "
                + one.number("periodSeconds", 10)
                + "s");
      }
    }
    var environment =
        container.list("env").stream().map(one -> one.text("name") + "=" + value(one)).toList();
    if (!environment.isEmpty()) {
      parts.add("env " + String.join(" ", environment));
    }
    return String.join("; ", parts);
  }

  /** The value, or where it comes from. */
  private static String value(Json entry) {
    return entry
        .find("value")
        .or(() -> source(entry, "secretKeyRef", "Secret"))
        .or(() -> source(entry, "configMapKeyRef", "ConfigMap"))
        .or(() -> entry.find("valueFrom.fieldRef.fieldPath"))
        .orElse("");
  }

  private static Optional<String> source(Json entry, String field, String kind) {
    return entry
        .find("valueFrom." + field + ".name")
        .map(name -> kind + " " + name + "/" + entry.text("valueFrom." + field + ".key"));
  }

  private static void resources(Json container, String which, List<String> parts) {
    var map = container.map("resources." + which);
    if (!map.isEmpty()) {
      parts.add(which + " " + Containers.labels(map));
    }
  }

  private List<String> log(Json pod) {
    var lines = new ArrayList<String>();
    if (!snapshot().wholeCluster() && readable(pod)) {
      for (var container : pod.list("spec.containers")) {
        snapshot()
            .glance(pod, container.text("name"))
            .folded()
            .capped(4)
            .lines()
            .forEach(line -> lines.add("  | " + line));
      }
    }
    return lines;
  }

  /** Well workloads in one line each, with their last log line. */
  private List<String> healthy() {
    var keys = examined.workloads().keySet().stream().filter(key -> !concerned(key)).toList();
    if (snapshot().wholeCluster() || !focus.name().isEmpty()) {
      return List.of();
    }
    var lines = new ArrayList<String>();
    for (var key : keys.subList(0, Math.min(MOST_HEALTHY, keys.size()))) {
      var pods = examined.workloads().getOrDefault(key, List.of());
      lines.add(
          key.replaceFirst(" [^/]*/", " ")
              + ": "
              + states(pods)
              + "; labels "
              + Containers.labels(Containers.ownLabels(pods.getFirst()))
              + last(pods.getFirst()));
    }
    if (keys.size() > MOST_HEALTHY) {
      lines.add("… " + (keys.size() - MOST_HEALTHY) + " more workloads without a fault");
    }
    return lines;
  }

  private String last(Json pod) {
    if (!readable(pod) || examined.workloads().size() > 15) {
      return "";
    }
    var log = snapshot().glance(pod, pod.list("spec.containers").getFirst().text("name"));
    var trouble = log.folded().trouble();
    var lines = trouble.isEmpty() ? log.lines() : trouble;
    return lines.isEmpty() ? "" : " | " + lines.getLast();
  }

  private boolean readable(Json pod) {
    return pod.text("status.phase").equals("Running")
        && !examined.faults().has("Node " + pod.text("spec.nodeName"));
  }

  /** Those lines first that the question or the name speaks of. */
  private List<String> beside() {
    if (snapshot().wholeCluster()) {
      return List.of();
    }
    var name = focus.name();
    var lines = new ArrayList<>(new Surroundings(snapshot()).lines());
    if (!name.isEmpty()) {
      lines.sort(Comparator.comparing(line -> !line.contains(name)));
    }
    return lines;
  }

  /** Whole lines as long as they fit. */
  private static String cut(List<String> lines, int budget) {
    var text = new StringBuilder();
    int left = 0;
    for (var line : lines) {
      if (text.length() + line.length() + 1 > budget * TOKEN - 40) {
        left++;
      } else {
        text.append(text.isEmpty() ? "" : "\n").append(line);
      }
    }
    return left == 0 ? text.toString() : text + "\n… " + left + " lines left out (larger budget)";
  }
}
