package dev.fuse.tool.kubernetes.diagnose.why;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Reason;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.Containers;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Why the API server lets no pod of a workload in, compared with the rule that it names. */
public record AdmissionReasons(Snapshot snapshot) {

  private static final Kind LIMIT_RANGE = Kind.of("", "v1", "limitranges", "LimitRange", true);
  private static final Kind PRIORITY =
      Kind.of("scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass", false);
  private static final Pattern MUST =
      Pattern.compile("failed quota: (\\S+): must specify (.+?)(?: for: .*)?$");
  private static final Pattern RANGE =
      Pattern.compile("(?:maximum|minimum) (\\S+) usage per (\\w+) is|limit to request ratio");
  private static final Pattern CLASS =
      Pattern.compile("no PriorityClass with name (\\S+) was found");
  private static final Pattern RUNTIME =
      Pattern.compile("RuntimeClass \"?([^\"\\s]+)\"? (?:not found|is not)");
  private static final Pattern LEVEL = Pattern.compile("violates PodSecurity \"([^:\"]+)[^\"]*\"");

  public Optional<Reason> of(Json object, String message) {
    var must = MUST.matcher(message);
    if (must.find()) {
      return Optional.of(
          new Reason(
              "ResourceQuota '"
                  + must.group(1)
                  + "' counts "
                  + must.group(2)
                  + "; containers: "
                  + resources(object)
                  + "; LimitRanges with defaults: "
                  + Words.joined(snapshot.names(LIMIT_RANGE, object.namespace())),
              "the quota counts " + must.group(2) + ", which the pod does not set",
              "set them in the pod template, or a LimitRange with defaults"));
    }
    if (RANGE.matcher(message).find()) {
      return Optional.of(
          new Reason(
              "containers: " + resources(object) + "; " + ranges(object.namespace()),
              "the namespace's LimitRange forbids what the container asks for",
              "bring requests and limits within the LimitRange, or change it"));
    }
    var priority = CLASS.matcher(message);
    if (priority.find()) {
      return Optional.of(missing(priority.group(1), "PriorityClass", PRIORITY));
    }
    var runtime = RUNTIME.matcher(message);
    if (runtime.find()) {
      var kind = Kind.of("node.k8s.io", "v1", "runtimeclasses", "RuntimeClass", false);
      return Optional.of(missing(runtime.group(1), "RuntimeClass", kind));
    }
    var level = LEVEL.matcher(message);
    return level.find() ? Optional.of(security(object, level.group(1))) : Optional.empty();
  }

  private Reason missing(String name, String what, Kind kind) {
    var there = snapshot.names(kind, "");
    return new Reason(
        what + "es there: " + Words.joined(there),
        what
            + " '"
            + name
            + "' does not exist"
            + Words.nearest(name, there).map(o -> "; '" + o + "' does").orElse(""),
        "correct the name in the pod template, or create the class");
  }

  private Reason security(Json object, String level) {
    var labels =
        snapshot.everywhere(Kind.NAMESPACE).stream()
            .filter(one -> one.name().equals(object.namespace()))
            .flatMap(one -> one.labels().entrySet().stream())
            .filter(one -> one.getKey().startsWith("pod-security.kubernetes.io/enforce"))
            .map(one -> one.getKey() + "=" + one.getValue())
            .collect(Collectors.joining(", "));
    return new Reason(
        "namespace " + object.namespace() + " has " + (labels.isEmpty() ? "no such label" : labels),
        "the namespace's pod security level '" + level + "' forbids what the pod asks for",
        "set in the pod's securityContext what the message lists, or lower the namespace's level");
  }

  private static String resources(Json object) {
    return Containers.of(object.at("spec.template.spec")).stream()
        .map(
            one ->
                one.text("name")
                    + " requests "
                    + orNone(Containers.labels(one.map("resources.requests")))
                    + " limits "
                    + orNone(Containers.labels(one.map("resources.limits"))))
        .collect(Collectors.joining("; "));
  }

  private static String orNone(String text) {
    return text.isEmpty() ? "none" : text;
  }

  private String ranges(String namespace) {
    var said = new ArrayList<String>();
    for (var range : snapshot.list(LIMIT_RANGE, namespace)) {
      for (var limit : range.list("spec.limits")) {
        var parts = new ArrayList<String>();
        for (var which : java.util.List.of("min", "max", "maxLimitRequestRatio")) {
          var values = limit.map(which);
          if (!values.isEmpty()) {
            parts.add(which + " " + Containers.labels(values));
          }
        }
        said.add(
            "LimitRange '"
                + range.name()
                + "' per "
                + limit.text("type")
                + ": "
                + String.join(", ", parts));
      }
    }
    return said.isEmpty() ? "no LimitRange could be read" : String.join("; ", said);
  }
}
