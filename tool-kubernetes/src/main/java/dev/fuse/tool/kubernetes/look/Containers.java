package dev.fuse.tool.kubernetes.look;

import dev.fuse.tool.kubernetes.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Containers of a pod's spec and what its status says of them. */
public final class Containers {

  private Containers() {}

  /** Init containers first, in the order in which they run. */
  public static List<Json> of(Json podSpec) {
    var all = new ArrayList<>(podSpec.list("initContainers"));
    all.addAll(podSpec.list("containers"));
    return all;
  }

  public static List<Json> statuses(Json pod) {
    var all = new ArrayList<>(pod.list("status.initContainerStatuses"));
    all.addAll(pod.list("status.containerStatuses"));
    return all;
  }

  public static Optional<Json> status(Json pod, String container) {
    return statuses(pod).stream().filter(s -> s.text("name").equals(container)).findFirst();
  }

  public static Optional<Json> spec(Json pod, String container) {
    return of(pod.at("spec")).stream().filter(s -> s.text("name").equals(container)).findFirst();
  }

  /** Whether an init container is one that goes on running beside the others. */
  public static boolean sidecar(Json pod, String container) {
    return pod.list("spec.initContainers").stream()
        .anyMatch(
            one ->
                one.text("name").equals(container) && one.text("restartPolicy").equals("Always"));
  }

  public static boolean ready(Json pod) {
    return pod.condition("Ready").filter(c -> c.text("status").equals("True")).isPresent();
  }

  public static boolean ended(Json pod) {
    var phase = pod.text("status.phase");
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  public static long restarts(Json pod) {
    return statuses(pod).stream().mapToLong(s -> s.number("restartCount", 0)).sum();
  }

  /** Whether labels have everything that a selector's matchLabels and matchExpressions ask. */
  public static boolean selects(Json selector, Map<String, String> labels) {
    return labels.entrySet().containsAll(selector.map("matchLabels").entrySet())
        && selector.list("matchExpressions").stream().allMatch(one -> holds(one, labels));
  }

  private static boolean holds(Json expression, Map<String, String> labels) {
    var key = expression.text("key");
    var value = labels.get(key);
    var values = expression.texts("values");
    return switch (expression.text("operator")) {
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> value == null || !values.contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      case "Gt" -> number(value).isPresent() && number(value).get() > bound(values);
      case "Lt" -> number(value).isPresent() && number(value).get() < bound(values);
      default -> true;
    };
  }

  private static long bound(List<String> values) {
    return values.isEmpty() ? 0 : number(values.getFirst()).orElse(0L);
  }

  private static Optional<Long> number(@Nullable String text) {
    return text != null && text.matches("-?\\d{1,18}")
        ? Optional.of(Long.valueOf(text))
        : Optional.empty();
  }

  /** A selector as the API's query takes it. */
  public static String query(Json selector) {
    var parts = new ArrayList<String>();
    selector.map("matchLabels").forEach((key, value) -> parts.add(key + "=" + value));
    for (var one : selector.list("matchExpressions")) {
      var key = one.text("key");
      var values = "(" + String.join(",", one.texts("values")) + ")";
      parts.add(
          switch (one.text("operator")) {
            case "In" -> key + " in " + values;
            case "NotIn" -> key + " notin " + values;
            case "DoesNotExist" -> "!" + key;
            case "Gt" -> key + ">" + String.join(",", one.texts("values"));
            case "Lt" -> key + "<" + String.join(",", one.texts("values"));
            default -> key;
          });
    }
    return String.join(",", parts);
  }

  /** The labels that people gave a pod, without those of controllers and nodes. */
  public static Map<String, String> ownLabels(Json pod) {
    var labels = pod.labels();
    labels
        .keySet()
        .removeIf(key -> key.endsWith("-hash") || key.contains("topology.kubernetes.io"));
    labels.keySet().removeIf(key -> key.startsWith("batch.kubernetes.io/"));
    return labels;
  }

  /** {@code app=web,tier=api}. */
  public static String labels(Map<String, String> labels) {
    var parts = new ArrayList<String>();
    labels.forEach((key, value) -> parts.add(key + "=" + value));
    return String.join(",", parts);
  }
}
