package dev.fuse.tool.kubernetes.diagnose.why;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.look.Containers;
import java.util.List;
import java.util.Optional;

/** Whether a node is one that a pod may run on, and why not. */
public final class NodeChoice {

  private static final String TERMS =
      "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms";

  private NodeChoice() {}

  /** Whether its nodeSelector and required affinity allow the node. */
  public static boolean allows(Json pod, Json node) {
    if (!node.labels().entrySet().containsAll(pod.map("spec.nodeSelector").entrySet())) {
      return false;
    }
    var terms = terms(pod);
    return terms.isEmpty() || terms.stream().anyMatch(term -> meets(term, node));
  }

  public static List<Json> terms(Json pod) {
    return pod.list(TERMS);
  }

  /** Whether a term of a node affinity is met. */
  static boolean meets(Json term, Json node) {
    return Containers.selects(term, node.labels())
        && term.list("matchFields").stream()
            .filter(field -> field.text("key").equals("metadata.name"))
            .allMatch(
                field ->
                    field.texts("values").contains(node.name())
                        == field.text("operator").equals("In"));
  }

  /** The first taint that keeps the pod off; a cordon is not one of them. */
  public static Optional<Json> untolerated(Json pod, Json node) {
    return node.list("spec.taints").stream()
        .filter(taint -> !taint.text("effect").equals("PreferNoSchedule"))
        .filter(taint -> !taint.text("key").equals("node.kubernetes.io/unschedulable"))
        .filter(
            taint -> pod.list("spec.tolerations").stream().noneMatch(one -> tolerates(one, taint)))
        .findFirst();
  }

  private static boolean tolerates(Json toleration, Json taint) {
    var key = toleration.text("key");
    var effect = toleration.text("effect");
    boolean value =
        toleration.text("operator").equals("Exists")
            || toleration.text("value").equals(taint.text("value"));
    return (key.isEmpty() || key.equals(taint.text("key")))
        && (effect.isEmpty() || effect.equals(taint.text("effect")))
        && value;
  }

  public static String words(Json taint) {
    var value = taint.text("value");
    return taint.text("key") + (value.isEmpty() ? "" : "=" + value) + ":" + taint.text("effect");
  }

  /** Why the node is out, whatever room it has; empty where only room could be lacking. */
  static Optional<String> out(Json pod, Json node) {
    if (!allows(pod, node)) {
      return Optional.of("not allowed by its nodeSelector or affinity");
    }
    if (node.bool("spec.unschedulable")) {
      return Optional.of("cordoned");
    }
    return untolerated(pod, node).map(taint -> "taint " + words(taint) + " not tolerated");
  }

  /** The node with why it is out: {@code worker-1 (cordoned)}. */
  static String judged(Json pod, Json node) {
    return node.name() + " (" + out(pod, node).orElse("no room, or another rule") + ")";
  }

  /** What would let the pod onto one of these nodes. */
  static String help(Json pod, List<Json> nodes) {
    for (var node : nodes) {
      var why = out(pod, node).orElse("");
      if (why.equals("cordoned")) {
        return "uncordon " + node.name() + " (k8s_cordon)";
      }
      if (why.startsWith("taint")) {
        return "tolerate the taint of " + node.name() + ", or remove it";
      }
    }
    return nodes.isEmpty() ? "add a node there" : "free room on " + nodes.getFirst().name();
  }
}
