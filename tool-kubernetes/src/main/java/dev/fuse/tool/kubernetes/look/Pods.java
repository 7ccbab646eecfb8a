package dev.fuse.tool.kubernetes.look;

import dev.fuse.spi.ToolFailure;
import dev.fuse.text.Spelling;
import dev.fuse.tool.kubernetes.api.Cluster;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import java.util.ArrayList;
import java.util.List;

/** Finds the pods that a name stands for. */
public final class Pods {

  private static final List<Kind> OWNERS =
      List.of(
          Kind.DEPLOYMENT,
          Kind.STATEFUL_SET,
          Kind.DAEMON_SET,
          Kind.JOB,
          Kind.CRON_JOB,
          Kind.REPLICA_SET,
          Kind.SERVICE);

  private Pods() {}

  /** The pod of that name, or the pods of what has that name. */
  public static List<Json> named(Place place, String name) {
    var pod = place.cluster().find(Kind.POD.path(place.namespace(), name));
    if (pod.isPresent()) {
      return List.of(Cluster.cleaned(pod.get(), Kind.POD));
    }
    for (var kind : OWNERS) {
      var owner = place.cluster().find(kind.path(place.namespace(), name));
      if (owner.isPresent()) {
        return owned(place, Cluster.cleaned(owner.get(), kind));
      }
    }
    throw missing(place, name);
  }

  /** The pods of an object that owns or selects pods. */
  public static List<Json> owned(Place place, Json owner) {
    return switch (owner.kind()) {
      case "Pod" -> List.of(owner);
      case "CronJob" -> ofCronJob(place, owner);
      case "Service" -> selected(place, Containers.labels(owner.map("spec.selector")));
      default -> selected(place, Containers.query(owner.at("spec.selector")));
    };
  }

  private static List<Json> ofCronJob(Place place, Json owner) {
    var pods = new ArrayList<Json>();
    for (var job : place.cluster().items(Kind.JOB, place.namespace(), "")) {
      if (job.controller().filter(by -> by.text("uid").equals(owner.uid())).isPresent()) {
        pods.addAll(owned(place, job));
      }
    }
    return pods;
  }

  private static List<Json> selected(Place place, String selector) {
    return selector.isEmpty()
        ? List.of()
        : place
            .cluster()
            .items(Kind.POD, place.namespace(), "labelSelector=" + Kind.encode(selector));
  }

  private static ToolFailure missing(Place place, String name) {
    var names = new ArrayList<String>();
    for (var kind : List.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET, Kind.JOB)) {
      place.cluster().names(kind, place.namespace()).forEach(one -> names.add(one.name()));
    }
    return ToolFailure.notFound(
        "nothing named '"
            + name
            + "' has pods in namespace '"
            + place.namespace()
            + "'"
            + Spelling.didYouMean(name, names),
        names.isEmpty()
            ? "no workload is there; is it another namespace?"
            : "workloads there: " + String.join(", ", names.stream().limit(20).toList()));
  }
}
