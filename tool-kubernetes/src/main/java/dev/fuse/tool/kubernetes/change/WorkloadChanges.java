package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.Undo;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.look.Containers;
import dev.fuse.tool.kubernetes.look.GetObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes that people make to workloads, each a patch of few fields. */
public final class WorkloadChanges {

  private static final List<String> TEMPLATED =
      List.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet");

  private WorkloadChanges() {}

  public static Action scale(Access access, Arguments arguments) {
    var on = Target.of(access, arguments);
    int replicas = arguments.integer("replicas");
    if (!on.live.has("spec.replicas")) {
      throw ToolFailure.invalid(
          on.words() + " has no replicas", "scale a Deployment, StatefulSet or ReplicaSet");
    }
    var before = on.live.text("spec.replicas");
    return on.change(
            Change.MERGE,
            Map.of("spec", Map.of("replicas", replicas)),
            "scale " + on.words() + " from " + before + " to " + replicas,
            on.undo("k8s_scale", "scale back to " + before, "replicas", Long.valueOf(before)))
        .action();
  }

  public static Action setImage(Access access, Arguments arguments) {
    var on = Target.of(access, arguments);
    var container = on.container(arguments.findString("container"));
    var image = arguments.string("image");
    var before = container.text("image");
    if (!image.matches("\\S+")) {
      throw ToolFailure.invalid("'" + image + "' is no image", "such as registry/name:tag");
    }
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
            undo)
        .action();
  }

  public static Action setResources(Access access, Arguments arguments) {
    var on = Target.of(access, arguments);
    var container = on.container(arguments.findString("container"));
    var wanted = new LinkedHashMap<String, Object>();
    for (var part : List.of("requests", "limits")) {
      var values = new LinkedHashMap<String, Object>();
      arguments.map(part).forEach((key, value) -> values.put(key, value.isEmpty() ? null : value));
      if (!values.isEmpty()) {
        wanted.put(part, values);
      }
    }
    if (wanted.isEmpty()) {
      throw ToolFailure.invalid("neither requests nor limits are given", "give one of them");
    }
    var before = Undos.reverse(wanted, container.at("resources"));
    return on.change(
            Change.STRATEGIC,
            on.template(container, Map.of("resources", wanted)),
            "set resources of " + on.words() + " to " + wanted,
            on.strategic(container, Map.of("resources", before), "resources"))
        .action();
  }

  public static Action setEnv(Access access, Arguments arguments) {
    var on = Target.of(access, arguments);
    var container = on.container(arguments.findString("container"));
    var env = Variables.wanted(arguments);
    if (env.isEmpty()) {
      throw ToolFailure.invalid("no variable is given", "give 'env', 'from_secret' or 'remove'");
    }
    var names = env.stream().map(one -> String.valueOf(one.get("name"))).toList();
    return on.change(
            Change.STRATEGIC,
            on.template(container, Map.of("env", env)),
            "set " + String.join(", ", names) + " of " + on.words(),
            on.strategic(
                container, Map.of("env", Variables.before(container, names)), "environment"))
        .action();
  }

  public static Action label(Access access, Arguments arguments) {
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
            Change.MERGE,
            patch,
            "set " + metadata + " on " + on.words(),
            Optional.of(Undos.fields(on.place, on.kind, on.live, patch)))
        .action();
  }

  static Action restart(Target on) {
    on.template();
    var stamp = Map.of("kubectl.kubernetes.io/restartedAt", Instant.now().toString());
    return on.change(
            Change.STRATEGIC,
            Map.of("spec", Map.of("template", Map.of("metadata", Map.of("annotations", stamp)))),
            "restart the pods of " + on.words(),
            Optional.empty())
        .action();
  }

  /** The object that a change is about. */
  record Target(Place place, Kind kind, Json live) {

    /** The object that the arguments name; fails if its source would put a change back. */
    static Target of(Access access, Arguments arguments) {
      var on = seen(access, arguments);
      Origin.check(on.place, on.live, arguments.bool("insist", false));
      return on;
    }

    /** The same for what no source puts back. */
    static Target seen(Access access, Arguments arguments) {
      var place = access.place(arguments);
      var kind = access.kind(place, arguments.string("kind"));
      return new Target(place, kind, GetObject.object(place, kind, arguments.string("name")));
    }

    String words() {
      return kind.name() + " " + live.name();
    }

    void template() {
      if (!TEMPLATED.contains(kind.name())) {
        throw ToolFailure.invalid(
            words() + " has no pod template that may be changed", "change what owns it");
      }
    }

    /** The container of that name; where none is named, the only one. */
    Json container(Optional<String> name) {
      template();
      var all = Containers.of(live.at("spec.template.spec"));
      if (name.isEmpty() && live.list("spec.template.spec.containers").size() == 1) {
        return live.list("spec.template.spec.containers").getFirst();
      }
      var names = Words.joined(all.stream().map(c -> c.text("name")).toList());
      return all.stream()
          .filter(one -> name.filter(one.text("name")::equals).isPresent())
          .findFirst()
          .orElseThrow(
              () ->
                  name.isEmpty()
                      ? ToolFailure.invalid(
                          words() + " has several containers", "name one of: " + names)
                      : ToolFailure.notFound(
                          words() + " has no container '" + name.get() + "'",
                          "containers: " + names));
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

    Change change(String type, Object patch, String summary, Optional<Undo> undo) {
      return new Change(place, kind, live, type, patch, summary, undo);
    }

    Optional<Undo> undo(String tool, String summary, Object... pairs) {
      return Optional.of(Undos.on(place, kind, live.name(), tool, summary, pairs));
    }

    /** A strategic merge patch that puts fields of a container back. */
    Optional<Undo> strategic(Json container, Map<String, Object> before, String what) {
      return undo(
          "k8s_patch",
          what + " of " + words() + " as before",
          "type",
          "strategic",
          "patch",
          GetObject.yaml(template(container, before)));
    }
  }
}
