package dev.fuse.tool.kubernetes.diagnose.why;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Reason;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.Containers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the scheduler's words mean for a pod, compared with the nodes and the pods on them. */
public record SchedulingReasons(Snapshot snapshot) {

  private static final Pattern CLAIM =
      Pattern.compile("persistentvolumeclaim \"([^\"]+)\" not found");
  private static final String REQUIRED = ".requiredDuringSchedulingIgnoredDuringExecution";

  public Optional<Reason> of(Json pod, List<Json> allowed, String said) {
    return claim(pod, said)
        .or(() -> volume(pod, allowed, said))
        .or(() -> affinity(pod, said))
        .or(() -> spread(pod, allowed, said))
        .or(() -> ports(pod, said))
        .or(() -> cordoned(allowed))
        .or(() -> new RoomReasons(snapshot).of(pod, allowed, said));
  }

  private Optional<Reason> claim(Json pod, String said) {
    var match = CLAIM.matcher(said);
    if (!match.find()) {
      return Optional.empty();
    }
    var there = snapshot.list(Kind.CLAIM, pod.namespace()).stream().map(Json::name).toList();
    var name = match.group(1);
    return Optional.of(
        new Reason(
            "wanted PersistentVolumeClaim '" + name + "', there: " + Words.joined(there),
            "PersistentVolumeClaim '"
                + name
                + "' does not exist"
                + Words.nearest(name, there).map(o -> "; '" + o + "' does").orElse(""),
            "create the claim, or correct its name in the pod"));
  }

  /** A volume that can be reached from some nodes only, which the pod may not run on. */
  private Optional<Reason> volume(Json pod, List<Json> allowed, String said) {
    if (!said.contains("volume node affinity conflict")
        && !said.contains("didn't match PersistentVolume's node affinity")) {
      return Optional.empty();
    }
    var volumes =
        MountReasons.claims(pod).stream()
            .flatMap(name -> snapshot.find(Kind.CLAIM, pod.namespace(), name).stream())
            .flatMap(
                claim -> snapshot.read(Kind.VOLUME, "", claim.text("spec.volumeName")).stream())
            .filter(one -> one.has("spec.nodeAffinity"))
            .toList();
    if (volumes.isEmpty()) {
      return Optional.empty();
    }
    var terms = volumes.getFirst().list("spec.nodeAffinity.required.nodeSelectorTerms");
    var keys =
        terms.stream()
            .flatMap(term -> term.list("matchExpressions").stream())
            .map(one -> one.text("key"))
            .distinct()
            .toList();
    var has =
        allowed.stream()
            .map(
                node ->
                    keys.stream()
                        .map(key -> node.labels().getOrDefault(key, "(not set)"))
                        .collect(Collectors.joining("/")))
            .distinct()
            .limit(8)
            .toList();
    var able =
        snapshot.list(Kind.NODE).stream()
            .filter(node -> terms.stream().anyMatch(term -> NodeChoice.meets(term, node)))
            .toList();
    var judged = able.stream().map(node -> NodeChoice.judged(pod, node)).toList();
    boolean shut =
        !able.isEmpty() && able.stream().allMatch(n -> NodeChoice.out(pod, n).isPresent());
    var where = terms.stream().map(Containers::query).collect(Collectors.joining(" or "));
    if (shut || able.isEmpty()) {
      return Optional.of(
          new Reason(
              volumes.getFirst().ref()
                  + " of claim "
                  + volumes.getFirst().text("spec.claimRef.name")
                  + " is only on nodes with "
                  + where
                  + " (node affinity of the volume); nodes there: "
                  + Words.joined(judged),
              able.isEmpty()
                  ? "its volume can be reached from no node that is there"
                  : "its volume can be reached only from "
                      + Words.joined(able.stream().map(Json::name).toList())
                      + ", which cannot take the pod",
              NodeChoice.help(pod, able) + ", or add a node with " + where));
    }
    return Optional.of(
        new Reason(
            volumes.getFirst().ref()
                + " of claim "
                + volumes.getFirst().text("spec.claimRef.name")
                + " is only on nodes with "
                + terms.stream().map(Containers::query).collect(Collectors.joining(" or "))
                + "; nodes that the pod may run on have "
                + String.join(",", keys)
                + " "
                + String.join(", ", has),
            "its volume is in another zone (or on another node) than the nodes it may run on",
            "let it run where the volume is, or make the volume anew there"));
  }

  private Optional<Reason> affinity(Json pod, String said) {
    boolean anti = said.contains("anti-affinity");
    if (!anti && !said.contains("pod affinity rules")) {
      return Optional.empty();
    }
    var field = anti ? "spec.affinity.podAntiAffinity" : "spec.affinity.podAffinity";
    var terms = pod.list(field + REQUIRED);
    if (terms.isEmpty()) {
      return Optional.of(
          new Reason(
              "the pod itself has no such rule",
              "an anti-affinity rule of a pod that runs already keeps it away",
              "see podAntiAffinity of the pods on those nodes"));
    }
    var term = terms.getFirst();
    var matching =
        all(pod, term).stream()
            .filter(other -> Containers.selects(term.at("labelSelector"), other.labels()))
            .filter(other -> !other.text("spec.nodeName").isEmpty() && !Containers.ended(other))
            .toList();
    var on = matching.stream().map(one -> one.text("spec.nodeName")).distinct().toList();
    var rule = Containers.query(term.at("labelSelector")) + " by " + term.text("topologyKey");
    return Optional.of(
        anti
            ? new Reason(
                "required anti-affinity to "
                    + rule
                    + "; such pods stand on "
                    + Words.joined(on)
                    + ", of "
                    + snapshot.list(Kind.NODE).size()
                    + " nodes",
                "every node that it may run on holds a pod that it must not stand beside",
                "add nodes, lower replicas, or make the rule preferred")
            : new Reason(
                "required affinity to "
                    + rule
                    + "; such pods: "
                    + (matching.isEmpty() ? "none" : "on " + Words.joined(on)),
                matching.isEmpty()
                    ? "no pod has the labels that it must stand beside"
                    : "where those pods stand there is no room for it",
                "correct the affinity's labels, or start what it must stand beside"));
  }

  private List<Json> all(Json pod, Json term) {
    return term.has("namespaces") || term.has("namespaceSelector")
        ? RoomReasons.everywhere(snapshot, pod.namespace())
        : snapshot.list(Kind.POD, pod.namespace());
  }

  private Optional<Reason> spread(Json pod, List<Json> allowed, String said) {
    if (!said.contains("topology spread constraints")) {
      return Optional.empty();
    }
    var hard =
        pod.list("spec.topologySpreadConstraints").stream()
            .filter(one -> !one.text("whenUnsatisfiable").equals("ScheduleAnyway"))
            .findFirst()
            .orElse(Json.EMPTY);
    var key = hard.text("topologyKey");
    var missing = allowed.stream().filter(node -> !node.labels().containsKey(key)).count();
    Map<String, Long> counts = new LinkedHashMap<>();
    Map<String, String> domains = new LinkedHashMap<>();
    for (var node : snapshot.list(Kind.NODE)) {
      var domain = node.labels().get(key);
      if (domain != null) {
        domains.put(node.name(), domain);
        counts.putIfAbsent(domain, 0L);
      }
    }
    var open = new LinkedHashMap<String, List<Json>>();
    snapshot.list(Kind.POD, pod.namespace()).stream()
        .filter(other -> Containers.selects(hard.at("labelSelector"), other.labels()))
        .filter(other -> !Containers.ended(other))
        .flatMap(other -> Optional.ofNullable(domains.get(other.text("spec.nodeName"))).stream())
        .forEach(domain -> counts.merge(domain, 1L, Long::sum));
    long least = counts.values().stream().mapToLong(Long::longValue).min().orElse(0);
    snapshot.list(Kind.NODE).stream()
        .filter(node -> counts.getOrDefault(node.labels().get(key), -1L) >= 0)
        .filter(
            node ->
                counts.getOrDefault(node.labels().get(key), 0L) + 1 - least
                    <= hard.number("maxSkew", 1))
        .forEach(
            node ->
                open.computeIfAbsent(
                        node.labels().getOrDefault(key, ""), _ -> new java.util.ArrayList<>())
                    .add(node));
    if (!open.isEmpty()) {
      return Optional.of(narrow(pod, hard, counts, open));
    }
    return Optional.of(
        new Reason(
            "maxSkew "
                + hard.text("maxSkew", "1")
                + " over "
                + key
                + " for "
                + Containers.query(hard.at("labelSelector"))
                + "; pods there: "
                + (counts.isEmpty() ? "no node has that label" : counts)
                + (missing > 0 ? "; " + missing + " nodes have no label " + key : ""),
            counts.isEmpty()
                ? "no node has the label " + key + " that the pods are to be spread over"
                : "one more pod where there is room would spread them more unevenly than maxSkew",
            counts.isEmpty()
                ? "label the nodes, or correct topologyKey"
                : "add room in the emptiest domain, raise maxSkew, or use ScheduleAnyway"));
  }

  /** The domains that the next pod may go to, with each node there and why it is out. */
  private static Reason narrow(
      Json pod, Json hard, Map<String, Long> counts, Map<String, List<Json>> open) {
    var domains =
        open.entrySet().stream()
            .map(
                entry ->
                    entry.getKey()
                        + ": "
                        + Words.joined(
                            entry.getValue().stream()
                                .map(node -> NodeChoice.judged(pod, node))
                                .toList()))
            .toList();
    var nodes = open.values().stream().flatMap(List::stream).toList();
    return new Reason(
        "topologySpreadConstraints: maxSkew "
            + hard.text("maxSkew", "1")
            + " over "
            + hard.text("topologyKey")
            + ", DoNotSchedule, for "
            + Containers.query(hard.at("labelSelector"))
            + "; pods there: "
            + counts
            + "; within the skew the next pod may go only to "
            + String.join("; ", domains),
        "the even spread lets the next pod go only to "
            + Words.joined(List.copyOf(open.keySet()))
            + ", where no node takes it",
        NodeChoice.help(pod, nodes)
            + ", set whenUnsatisfiable to ScheduleAnyway, or nodeTaintsPolicy to Honor (nodes that"
            + " are out do not count then)");
  }

  private Optional<Reason> ports(Json pod, String said) {
    if (!said.contains("free ports")) {
      return Optional.empty();
    }
    var wanted = hostPorts(pod);
    var holders =
        RoomReasons.everywhere(snapshot, pod.namespace()).stream()
            .filter(other -> !other.uid().equals(pod.uid()) && !Containers.ended(other))
            .filter(other -> !other.text("spec.nodeName").isEmpty())
            .filter(other -> hostPorts(other).stream().anyMatch(wanted::contains))
            .map(
                other ->
                    other.namespace() + "/" + other.name() + " on " + other.text("spec.nodeName"))
            .toList();
    return Optional.of(
        new Reason(
            "hostPort " + wanted + " is taken by " + Words.joined(holders),
            "every node that it may run on has its hostPort taken",
            "leave hostPort out (a Service does), or run one pod per node"));
  }

  private static List<String> hostPorts(Json pod) {
    return Containers.of(pod.at("spec")).stream()
        .flatMap(container -> container.list("ports").stream())
        .flatMap(port -> port.find("hostPort").stream())
        .toList();
  }

  private static Optional<Reason> cordoned(List<Json> allowed) {
    var closed = allowed.stream().filter(node -> node.bool("spec.unschedulable")).toList();
    return closed.isEmpty() || closed.size() < allowed.size()
        ? Optional.empty()
        : Optional.of(
            new Reason(
                "cordoned (spec.unschedulable): "
                    + closed.stream().map(Json::name).limit(8).collect(Collectors.joining(", ")),
                "all nodes that it may run on are cordoned",
                "uncordon one (k8s_cordon), or add a node"));
  }
}
