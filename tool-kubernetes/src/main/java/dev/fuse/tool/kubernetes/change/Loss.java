package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Cluster;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.api.Waiting;
import dev.fuse.tool.kubernetes.look.Endpoints;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** What goes, or stops working, with an object that is deleted; in lines for a person. */
final class Loss {

  private static final List<Kind> OWNABLE =
      List.of(
          Kind.REPLICA_SET,
          Kind.DEPLOYMENT,
          Kind.STATEFUL_SET,
          Kind.DAEMON_SET,
          Kind.JOB,
          Kind.CRON_JOB,
          Kind.POD,
          Kind.SERVICE,
          Kind.CONFIG_MAP,
          Kind.SECRET,
          Kind.CLAIM,
          Kind.INGRESS,
          Kind.ROLE,
          Kind.ROLE_BINDING,
          Kind.SERVICE_ACCOUNT);
  private static final int NAMED = 10;

  private Loss() {}

  static List<String> of(Access access, Place place, Kind kind, Json live, boolean orphan) {
    var lines = new ArrayList<String>();
    Blast.noted(lines, () -> owned(place, live, orphan));
    switch (kind.name()) {
      case "Namespace" -> Blast.noted(lines, () -> contents(access, place, live.name()));
      case "CustomResourceDefinition" -> Blast.noted(lines, () -> customs(place, live));
      case "Service" -> Blast.noted(lines, () -> service(place, live));
      case "ConfigMap", "Secret", "ServiceAccount", "PersistentVolumeClaim" ->
          Blast.noted(lines, () -> Blast.readers(place, kind, live.name(), "used by "));
      case "Node" ->
          Blast.noted(
              lines,
              () ->
                  List.of(
                      Blast.counted(Blast.on(place, live.name()).size(), "pod") + " run on it"));
      case "StatefulSet" ->
          lines.add(
              live.text("spec.persistentVolumeClaimRetentionPolicy.whenDeleted").equals("Delete")
                  ? "its claims, and with them its data, go too"
                  : "its claims stay");
      case "Pod" -> Blast.noted(lines, () -> pod(place, live));
      case "Role", "ClusterRole" -> Blast.noted(lines, () -> bindings(place, kind, live.name()));
      default -> {}
    }
    if (kind.equals(Kind.CLAIM) || kind.equals(Kind.VOLUME)) {
      Blast.noted(lines, () -> disk(place, kind, live));
    }
    if (Danger.takesCloudResource(live)) {
      lines.add("the resource in Google Cloud that it stands for is deleted as well");
    }
    return lines;
  }

  /** What it owns, and what that owns in turn, found by uid in lists of names only. */
  private static List<String> owned(Place place, Json live, boolean orphan) {
    if (live.namespace().isEmpty()) {
      return List.of();
    }
    var named = new ArrayList<Json>();
    var failed = new ArrayList<String>();
    var lists = parallel(OWNABLE, kind -> place.cluster().names(kind, place.namespace()), failed);
    lists.forEach(named::addAll);
    Set<String> uids = new LinkedHashSet<>(List.of(live.uid()));
    var goes = new LinkedHashSet<Json>();
    boolean grown = true;
    while (grown) {
      var more = named.stream().filter(one -> ownedBy(one, uids)).filter(goes::add).toList();
      more.forEach(one -> uids.add(one.uid()));
      grown = !more.isEmpty();
    }
    var lines = new ArrayList<String>();
    if (!goes.isEmpty()) {
      var counts =
          goes.stream()
              .collect(
                  Collectors.groupingBy(Json::kind, java.util.TreeMap::new, Collectors.counting()));
      lines.add(
          (orphan ? "what it owns stays, without an owner: " : "goes with it: ")
              + counts.entrySet().stream()
                  .map(entry -> Blast.counted(entry.getValue(), entry.getKey()))
                  .collect(Collectors.joining(", ")));
      goes.stream().limit(NAMED).forEach(one -> lines.add("  " + one.kind() + " " + one.name()));
    }
    if (!failed.isEmpty()) {
      lines.add("not checked, may not be listed: " + String.join(", ", failed));
    }
    return lines;
  }

  private static boolean ownedBy(Json one, Set<String> uids) {
    return one.list("metadata.ownerReferences").stream()
        .anyMatch(owner -> uids.contains(owner.text("uid")));
  }

  private static List<String> contents(Access access, Place place, String namespace) {
    var failed = new ArrayList<String>();
    var kinds =
        access.discovery().kinds(place.cluster()).stream()
            .filter(kind -> kind.namespaced() && kind.verbs().contains("list"))
            .filter(kind -> !kind.plural().equals("events"))
            .toList();
    var counts =
        parallel(kinds, kind -> counted(place, kind, namespace), failed).stream()
            .filter(text -> !text.isEmpty())
            .toList();
    var lines = new ArrayList<String>();
    lines.add(
        "everything in it goes with it: "
            + (counts.isEmpty() ? "nothing is there" : String.join(", ", counts)));
    if (!failed.isEmpty()) {
      lines.add("not checked, may not be listed: " + String.join(", ", failed));
    }
    return lines;
  }

  private static String counted(Place place, Kind kind, String namespace) {
    var page = place.cluster().get(kind.path(namespace) + "?limit=1", Cluster.NAMES);
    long count = page.list("items").size() + page.number("metadata.remainingItemCount", 0);
    return count == 0 ? "" : count + " " + kind.resource();
  }

  private static List<String> customs(Place place, Json definition) {
    var versions = definition.list("spec.versions");
    if (versions.isEmpty()) {
      return List.of();
    }
    var path =
        "/apis/"
            + definition.text("spec.group")
            + "/"
            + versions.getFirst().text("name")
            + "/"
            + definition.text("spec.names.plural");
    var page = place.cluster().get(path + "?limit=1", Cluster.NAMES);
    long count = page.list("items").size() + page.number("metadata.remainingItemCount", 0);
    return List.of(
        "every " + definition.text("spec.names.kind") + " of the cluster goes: " + count);
  }

  private static List<String> service(Place place, Json live) {
    var lines = new ArrayList<String>();
    lines.add("it has " + Endpoints.ready(place, live) + " ready endpoints");
    place.cluster().items(Kind.INGRESS, place.namespace(), "").stream()
        .filter(one -> one.toString().contains("name=" + live.name()))
        .forEach(one -> lines.add("Ingress " + one.name() + " sends to it"));
    return lines;
  }

  private static List<String> pod(Place place, Json live) {
    var lines = new ArrayList<String>();
    lines.add(
        live.controller()
            .map(owner -> owner.text("kind") + " " + owner.text("name") + " makes another one")
            .orElse("nothing makes it again"));
    Blast.budgets(place, live)
        .forEach(
            budget ->
                lines.add(
                    "PodDisruptionBudget "
                        + budget.name()
                        + " allows "
                        + budget.number("status.disruptionsAllowed", 0)
                        + "; a deletion does not ask it"));
    return lines;
  }

  private static List<String> bindings(Place place, Kind kind, String name) {
    var lines = new ArrayList<String>();
    for (var binding : List.of(Kind.ROLE_BINDING, Kind.CLUSTER_ROLE_BINDING)) {
      place.cluster().items(binding, kind.namespaced() ? place.namespace() : "", "").stream()
          .filter(
              one ->
                  one.text("roleRef.name").equals(name)
                      && one.text("roleRef.kind").equals(kind.name()))
          .forEach(one -> lines.add(one.ref() + " gives nothing any more"));
    }
    return lines;
  }

  private static List<String> disk(Place place, Kind kind, Json live) {
    var volume =
        kind.equals(Kind.VOLUME)
            ? java.util.Optional.of(live)
            : live.find("spec.volumeName")
                .flatMap(name -> place.cluster().find(Kind.VOLUME.path("", name)));
    return volume
        .map(
            one ->
                List.of(
                    "volume "
                        + one.name()
                        + ", "
                        + one.text("spec.capacity.storage")
                        + ", reclaim policy "
                        + one.text("spec.persistentVolumeReclaimPolicy")
                        + (one.text("spec.persistentVolumeReclaimPolicy").equals("Delete")
                            ? ": the data is lost"
                            : ": the data stays")))
        .orElse(List.of());
  }

  /** What each of these gives, all asked at once; those that fail are named. */
  private static <T> List<T> parallel(
      List<Kind> kinds, java.util.function.Function<Kind, T> asked, List<String> failed) {
    var results = new ArrayList<T>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running = new ArrayList<>();
      for (var kind : kinds) {
        Callable<T> one = () -> asked.apply(kind);
        running.add(threads.submit(one));
      }
      for (int i = 0; i < kinds.size(); i++) {
        try {
          results.add(Waiting.on(running.get(i)));
        } catch (ToolFailure _) {
          failed.add(kinds.get(i).resource());
        }
      }
    }
    return results;
  }
}
