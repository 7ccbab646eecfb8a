package dev.fuse.tool.kubernetes;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.Undo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes that people make to workloads, each a patch of few fields. */
final class WorkloadChanges {

  private static final List<String> TEMPLATED =
      List.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet");

  private WorkloadChanges() {}

  static Action scale(Access access, Arguments arguments) {
    var on = Target.of(access, arguments);
    int replicas = arguments.integer("replicas");
    if (!on.live.has("spec.replicas")) {
      throw ToolFailure.invalid(
          on.kind.name() + " '" + on.live.name() + "' has no replicas", "scale a Deployment");
    }
    var before = on.live.text("spec.replicas");
    return on.change(
            Change.MERGE,
            Map.of("spec", Map.of("replicas", replicas)),
            "scale " + on.words() + " from " + before + " to " + replicas,
            on.undo("k8s_scale", "scale back to " + before, "replicas", Long.valueOf(before)),
            "")
        .action();
  }

  static Action setImage(Access access, Arguments arguments) {
    var on = Target.of(access, arguments);
    var container = on.container(arguments.string("container"));
    var image = arguments.string("image");
    var before = container.text("image");
    var undo =
        on.undo(
            "k8s_set_image",
            "back to image " + before,
            "container",
            container.text("name"),
            "image",
            before);
    return on.change(
            Change.STRATEGIC,
            on.template(container, Map.of("image", image)),
            "set image of " + on.words() + " from " + before + " to " + image,
            undo,
            "")
        .action();
  }

  static Action setResources(Access access, Arguments arguments) {
    var on = Target.of(access, arguments);
    var container = on.container(arguments.string("container"));
    var wanted = new LinkedHashMap<String, Object>();
    for (var part : List.of("requests", "limits")) {
      if (!arguments.map(part).isEmpty()) {
        wanted.put(part, arguments.map(part));
      }
    }
    if (wanted.isEmpty()) {
      throw ToolFailure.invalid("neither requests nor limits are given", "give one of them");
    }
    return on.change(
            Change.STRATEGIC,
            on.template(container, Map.of("resources", wanted)),
            "set resources of " + on.words() + " to " + wanted,
            on.restore("spec"),
            "")
        .action();
  }

  static Action setEnv(Access access, Arguments arguments) {
    var on = Target.of(access, arguments);
    var container = on.container(arguments.string("container"));
    var env = new ArrayList<Map<String, Object>>();
    arguments.map("env").forEach((name, value) -> env.add(Map.of("name", name, "value", value)));
    return on.change(
            Change.STRATEGIC,
            on.template(container, Map.of("env", env)),
            "set " + String.join(", ", arguments.map("env").keySet()) + " of " + on.words(),
            on.restore("spec"),
            "")
        .action();
  }

  static Action label(Access access, Arguments arguments) {
    var on = Target.of(access, arguments);
    var metadata = new LinkedHashMap<String, Object>();
    for (var part : List.of("labels", "annotations")) {
      var values = new LinkedHashMap<String, Object>();
      arguments.map(part).forEach((key, value) -> values.put(key, value.isEmpty() ? null : value));
      if (!values.isEmpty()) {
        metadata.put(part, values);
      }
    }
    if (metadata.isEmpty()) {
      throw ToolFailure.invalid("neither labels nor annotations are given", "give one of them");
    }
    var patch = Map.<String, Object>of("metadata", metadata);
    return on.change(
            Change.MERGE, patch, "set " + metadata + " on " + on.words(), on.reverse(patch), "")
        .action();
  }

  static Action cordon(Access access, Arguments arguments) {
    var place = access.place(arguments).in("");
    var live = GetObject.object(place, Kind.NODE, arguments.string("name"));
    var on = new Target(place, Kind.NODE, live);
    boolean cordon = arguments.bool("on", true);
    var undo =
        new Undo(
            "k8s_cordon",
            Map.of("context", place.cluster().context(), "name", live.name(), "on", !cordon),
            (cordon ? "uncordon " : "cordon ") + live.name(),
            Optional.empty(),
            List.of());
    return on.change(
            Change.MERGE,
            Map.of("spec", Map.of("unschedulable", cordon)),
            (cordon ? "cordon " : "uncordon ") + live.name(),
            Optional.of(undo),
            "")
        .action();
  }

  static Action restart(Target on) {
    var stamp = Map.of("kubectl.kubernetes.io/restartedAt", Instant.now().toString());
    return on.change(
            Change.MERGE,
            Map.of("spec", Map.of("template", Map.of("metadata", Map.of("annotations", stamp)))),
            "restart the pods of " + on.words(),
            Optional.empty(),
            "")
        .action();
  }

  /** The object that a change is about. */
  record Target(Place place, Kind kind, Json live) {

    static Target of(Access access, Arguments arguments) {
      var place = access.place(arguments);
      var kind = access.kind(place, arguments.string("kind"));
      return new Target(place, kind, GetObject.object(place, kind, arguments.string("name")));
    }

    String words() {
      return kind.name() + " " + live.name();
    }

    Json container(String name) {
      var all = Containers.of(live.at("spec.template.spec"));
      if (!TEMPLATED.contains(kind.name())) {
        throw ToolFailure.invalid(
            words() + " has no pod template that may be changed", "change what owns it");
      }
      return all.stream()
          .filter(one -> one.text("name").equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  ToolFailure.notFound(
                      words() + " has no container '" + name + "'",
                      "containers: "
                          + ConfigFaults.joined(all.stream().map(c -> c.text("name")).toList())));
    }

    Map<String, Object> template(Json container, Map<String, Object> fields) {
      var init =
          live.list("spec.template.spec.initContainers").stream()
              .anyMatch(one -> one.text("name").equals(container.text("name")));
      var changed = new LinkedHashMap<>(fields);
      changed.put("name", container.text("name"));
      var spec = Map.of(init ? "initContainers" : "containers", List.of(changed));
      return Map.of("spec", Map.of("template", Map.of("spec", spec)));
    }

    Change change(
        String type, Object patch, String summary, Optional<Undo> undo, String subresource) {
      return new Change(place, kind, live, subresource, type, patch, summary, undo);
    }

    Optional<Undo> undo(String tool, String summary, Object... pairs) {
      var arguments = new LinkedHashMap<String, Object>();
      arguments.put("context", place.cluster().context());
      arguments.put("namespace", place.namespace());
      arguments.put("kind", kind.resource());
      arguments.put("name", live.name());
      arguments.putAll(Arguments.of(pairs).values());
      return Optional.of(new Undo(tool, arguments, summary, Optional.empty(), List.of()));
    }

    /** A merge patch that puts the containers back as they were. */
    Optional<Undo> restore(String field) {
      var containers =
          Map.of(
              "template",
              Map.of(
                  "spec",
                  Map.of(
                      "containers",
                      live.at("spec.template.spec")
                          .fields()
                          .getOrDefault("containers", List.of()))));
      return undo(
          "k8s_patch",
          "containers of " + words() + " as before",
          "patch",
          GetObject.yaml(Map.of(field, containers)));
    }

    Optional<Undo> reverse(Map<String, Object> patch) {
      return undo(
          "k8s_patch",
          "the changed fields of " + words() + " as before",
          "patch",
          GetObject.yaml(Change.reverse(patch, live)));
    }
  }
}
