package dev.fuse.tool.kubernetes.pod;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.change.Danger;
import dev.fuse.tool.kubernetes.look.Containers;
import dev.fuse.tool.kubernetes.look.GetObject;
import dev.fuse.tool.kubernetes.look.Pods;
import java.util.List;

/**
 * A running container that something is done in.
 *
 * @param container its name
 */
record Inside(Place place, Json pod, String container) {

  /** The container that the arguments name, in the pod or in a ready one of those it owns. */
  static Inside of(Place place, Arguments arguments) {
    var pods = Pods.named(place, arguments.string("name"));
    var pod =
        pods.stream()
            .filter(Containers::ready)
            .findFirst()
            .or(() -> pods.stream().filter(one -> !Containers.ended(one)).findFirst())
            .orElseThrow(
                () ->
                    ToolFailure.notFound(
                        "'" + arguments.string("name") + "' has no running pod",
                        "k8s_diagnose says why"));
    var names = names(pod);
    var container = arguments.string("container", names.getFirst());
    if (!names.contains(container)) {
      throw ToolFailure.notFound(
          pod.ref() + " has no container '" + container + "'", "containers: " + names);
    }
    return new Inside(place, pod, container);
  }

  private static List<String> names(Json pod) {
    var all = pod.list("spec.containers");
    all.addAll(pod.list("spec.initContainers"));
    all.addAll(pod.list("spec.ephemeralContainers"));
    return all.stream().map(one -> one.text("name")).toList();
  }

  Target target() {
    return Target.of(
        Place.SYSTEM,
        "context",
        place.cluster().context(),
        "namespace",
        place.namespace(),
        "kind",
        "Pod",
        "container",
        container,
        "name",
        pod.name());
  }

  /** In a pod that has its node's powers, whatever is run has them too. */
  Risk risk() {
    return Danger.ofChange(place, Kind.POD, Json.EMPTY, pod);
  }

  List<String> notes() {
    return Danger.reasons(place, Kind.POD, Json.EMPTY, pod);
  }

  String words() {
    return container + " of Pod " + pod.name() + " in " + place.words();
  }

  /** Fails if the pod that was seen is not the one that is there. */
  void check() {
    var now = GetObject.object(place, Kind.POD, pod.name());
    if (!now.uid().equals(pod.uid())) {
      throw new ToolFailure(
          dev.fuse.spi.ToolResult.Kind.CONFLICT,
          pod.ref() + " is another one since it was looked at",
          "nothing was done");
    }
  }
}
