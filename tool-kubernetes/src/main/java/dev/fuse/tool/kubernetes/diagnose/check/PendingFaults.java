package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Reason;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.diagnose.why.DevicePlugins;
import dev.fuse.tool.kubernetes.diagnose.why.NodeChoice;
import dev.fuse.tool.kubernetes.diagnose.why.SchedulingReasons;
import dev.fuse.tool.kubernetes.look.Containers;
import dev.fuse.tool.kubernetes.look.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Why a pod finds no node: its requests, selector and tolerations against the nodes. */
record PendingFaults(Snapshot snapshot, Faults faults) {

  Optional<Fault> fault(String workload, Json pod, String count) {
    var said = pod.condition("PodScheduled").map(condition -> condition.text("message")).orElse("");
    var claim = unbound(pod);
    if (claim.isPresent()) {
      faults.hence(claim.get(), workload, workload + ": " + count + " Pending");
      return Optional.empty();
    }
    if (pod.has("spec.schedulingGates")) {
      return Optional.of(
          Fault.warning(workload, count + " held by a scheduling gate: " + said, "", ""));
    }
    var seen = count + " Pending: \"" + brief(said) + "\"";
    return Optional.of(
        selected(workload, pod, seen)
            .or(() -> tooBig(workload, pod, seen))
            .or(() -> compared(workload, pod, seen, said))
            .orElseGet(() -> full(workload, pod, seen)));
  }

  private Optional<Fault> compared(String workload, Json pod, String seen, String said) {
    var allowed =
        snapshot.list(Kind.NODE).stream()
            .filter(
                node -> NodeChoice.allows(pod, node) && NodeChoice.untolerated(pod, node).isEmpty())
            .toList();
    return new SchedulingReasons(snapshot)
        .of(pod, allowed, said)
        .map(
            found ->
                Fault.error(workload, seen + "; " + found.seen(), found.cause(), found.next()));
  }

  private static String brief(String said) {
    return said.replaceFirst("(,? ?no new claims.*|,? ?preemption: .*)$", "").strip();
  }

  private Optional<Fault> unbound(Json pod) {
    return pod.list("spec.volumes").stream()
        .map(volume -> volume.text("persistentVolumeClaim.claimName"))
        .flatMap(
            name -> faults.find("PersistentVolumeClaim " + pod.namespace() + "/" + name).stream())
        .findFirst();
  }

  /** Nodes that its nodeSelector and required affinity allow, and their taints. */
  private Optional<Fault> selected(String workload, Json pod, String seen) {
    var nodes = snapshot.list(Kind.NODE);
    var allowed = nodes.stream().filter(node -> NodeChoice.allows(pod, node)).toList();
    var selector = pod.map("spec.nodeSelector");
    var wanted =
        selector.isEmpty()
            ? "its affinity" + affinity(pod)
            : "nodeSelector " + Containers.labels(selector);
    if (nodes.isEmpty()) {
      return Optional.empty();
    }
    if (allowed.isEmpty()) {
      return Optional.of(
          Fault.error(
              workload,
              seen
                  + "; "
                  + wanted
                  + " allows none of "
                  + nodes.size()
                  + " nodes"
                  + near(wantedKeys(pod), nodes),
              "no node has the labels that it asks for",
              "correct the selector or affinity, or label a node"));
    }
    var blocked =
        allowed.stream().filter(node -> NodeChoice.untolerated(pod, node).isPresent()).toList();
    if (blocked.size() < allowed.size()) {
      return Optional.empty();
    }
    var node = blocked.getFirst();
    var taint = NodeChoice.untolerated(pod, node).orElseThrow();
    return Optional.of(
        Fault.error(
            workload,
            seen
                + "; "
                + (selector.isEmpty() ? "all " : wanted + " allows only ")
                + names(allowed)
                + ", with the taint "
                + NodeChoice.words(taint)
                + "; tolerations: "
                + tolerations(pod),
            "it does not tolerate the taint "
                + NodeChoice.words(taint)
                + " of the only nodes it may run on",
            "add the toleration, or remove the taint"));
  }

  private Optional<Fault> tooBig(String workload, Json pod, String seen) {
    var nodes =
        snapshot.list(Kind.NODE).stream()
            .filter(
                node -> NodeChoice.allows(pod, node) && NodeChoice.untolerated(pod, node).isEmpty())
            .toList();
    for (var resource : requests(pod).entrySet()) {
      var most =
          nodes.stream()
              .map(node -> node.map("status.allocatable").getOrDefault(resource.getKey(), "0"))
              .max(Comparator.comparing(Quantity::of))
              .orElse("0");
      boolean none = Quantity.of(most).signum() == 0 && resource.getValue().signum() > 0;
      var plugin =
          none
              ? new DevicePlugins(snapshot).of(resource.getKey(), nodes)
              : Optional.<Reason>empty();
      if (plugin.isPresent()) {
        return Optional.of(
            Fault.error(
                workload,
                seen + "; " + plugin.get().seen(),
                plugin.get().cause(),
                plugin.get().next()));
      }
      if (resource.getValue().compareTo(Quantity.of(most)) > 0) {
        var asked = amount(pod, resource.getKey());
        return Optional.of(
            Fault.error(
                workload,
                seen
                    + "; each pod requests "
                    + resource.getKey()
                    + " "
                    + asked
                    + ", the largest node has "
                    + most
                    + " allocatable",
                "no node is large enough for its request, however idle it is",
                none
                    ? "ask for a resource that a node has, or add such a node"
                    : "lower the request below " + most + ", or add a larger node"));
      }
    }
    return Optional.empty();
  }

  private Fault full(String workload, Json pod, String seen) {
    var asked = new ArrayList<String>();
    requests(pod).keySet().forEach(key -> asked.add(key + " " + amount(pod, key)));
    return Fault.error(
        workload,
        seen + (asked.isEmpty() ? "" : "; each pod requests " + String.join(", ", asked)),
        "the nodes that it may run on have no room, or a rule keeps it off them",
        "free or add capacity, lower requests, or relax affinity and spread rules");
  }

  private static Map<String, BigDecimal> requests(Json pod) {
    return pod.list("spec.containers").stream()
        .flatMap(container -> container.map("resources.requests").entrySet().stream())
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> Quantity.of(entry.getValue()),
                BigDecimal::add,
                java.util.TreeMap::new));
  }

  private static String amount(Json pod, String resource) {
    return pod.list("spec.containers").stream()
        .map(container -> container.map("resources.requests").getOrDefault(resource, ""))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("+"));
  }

  private static String affinity(Json pod) {
    var terms = NodeChoice.terms(pod);
    return terms.isEmpty()
        ? ""
        : " " + terms.stream().map(Containers::query).collect(Collectors.joining(" or "));
  }

  private static Set<String> wantedKeys(Json pod) {
    var keys = new TreeSet<>(pod.map("spec.nodeSelector").keySet());
    NodeChoice.terms(pod).stream()
        .flatMap(term -> term.list("matchExpressions").stream())
        .forEach(one -> keys.add(one.text("key")));
    return keys;
  }

  private static String near(Set<String> keys, List<Json> nodes) {
    return keys.stream()
        .map(
            key ->
                "; "
                    + key
                    + " of the nodes: "
                    + nodes.stream()
                        .map(node -> node.labels().getOrDefault(key, "(not set)"))
                        .distinct()
                        .limit(8)
                        .collect(Collectors.joining(", ")))
        .collect(Collectors.joining());
  }

  private static String tolerations(Json pod) {
    var own =
        pod.list("spec.tolerations").stream()
            .filter(one -> !one.text("key").startsWith("node.kubernetes.io/"))
            .map(one -> one.text("key") + "=" + one.text("value") + ":" + one.text("effect"))
            .toList();
    return own.isEmpty() ? "none" : String.join(", ", own);
  }

  private static String names(List<Json> nodes) {
    return nodes.stream().map(Json::name).limit(5).collect(Collectors.joining(", "))
        + (nodes.size() > 5 ? " and " + (nodes.size() - 5) + " more" : "");
  }
}
