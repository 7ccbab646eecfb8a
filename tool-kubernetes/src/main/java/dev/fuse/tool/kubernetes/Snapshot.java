package dev.fuse.tool.kubernetes;

import dev.fuse.spi.ToolFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * What a cluster or namespace held when it was looked at: every list is fetched once, however many
 * diagnosers want it, and what may not be read is noted instead of failing.
 */
final class Snapshot {

  private static final Set<Kind> ALWAYS_THERE = Set.of(Kind.POD);

  private final Place place;
  private final ExecutorService threads;
  private final Map<String, Future<List<Json>>> lists = new ConcurrentHashMap<>();
  private final Map<String, Future<LogText>> logs = new ConcurrentHashMap<>();
  private final Map<Kind, Map<String, List<Json>>> byNamespace = new ConcurrentHashMap<>();
  private final Set<String> notChecked = new ConcurrentSkipListSet<>();

  Snapshot(Place place, ExecutorService threads) {
    this.place = place;
    this.threads = threads;
  }

  Place place() {
    return place;
  }

  boolean wholeCluster() {
    return place.namespace().isEmpty();
  }

  /** What could not be looked at, and why. */
  Set<String> notChecked() {
    return notChecked;
  }

  void notChecked(String what) {
    notChecked.add(what);
  }

  /** Begins to fetch these lists, all at once. */
  void want(List<Kind> kinds) {
    for (var kind : kinds) {
      var _ = future(kind, place.namespace());
    }
  }

  /** All objects of a kind in the place; of the cluster where the kind has no namespace. */
  List<Json> list(Kind kind) {
    return list(kind, kind.namespaced() ? place.namespace() : "");
  }

  /** All objects of a kind in that namespace. */
  List<Json> list(Kind kind, String namespace) {
    if (wholeCluster() && !namespace.isEmpty() && lists.containsKey(kind.plural() + "/")) {
      return byNamespace
          .computeIfAbsent(
              kind, _ -> list(kind, "").stream().collect(Collectors.groupingBy(Json::namespace)))
          .getOrDefault(namespace, List.of());
    }
    try {
      return Waiting.on(future(kind, namespace));
    } catch (ToolFailure failure) {
      if (ALWAYS_THERE.contains(kind)) {
        throw failure;
      }
      notChecked.add(kind.plural() + ": " + failure.result().problem());
      return List.of();
    }
  }

  /** Names and labels of a kind's objects, never their content. */
  List<String> names(Kind kind, String namespace) {
    try {
      var key = "names of " + kind.plural() + "/" + namespace;
      return Waiting.on(
              lists.computeIfAbsent(
                  key, _ -> threads.submit(() -> place.cluster().names(kind, namespace))))
          .stream()
          .map(Json::name)
          .toList();
    } catch (ToolFailure failure) {
      notChecked.add(kind.plural() + ": " + failure.result().problem());
      return List.of();
    }
  }

  Optional<Json> find(Kind kind, String namespace, String name) {
    return list(kind, namespace).stream().filter(one -> one.name().equals(name)).findFirst();
  }

  /** One object that is in no list. */
  Optional<Json> read(Kind kind, String namespace, String name) {
    try {
      return place.cluster().find(kind.path(namespace, name)).map(o -> Cluster.cleaned(o, kind));
    } catch (ToolFailure failure) {
      notChecked.add(kind.name() + " " + name + ": " + failure.result().problem());
      return Optional.empty();
    }
  }

  /** The last lines of a container's log; none where it cannot be read. */
  LogText log(Json pod, String container, boolean previous) {
    try {
      return Waiting.on(futureLog(pod, container, previous));
    } catch (ToolFailure failure) {
      if (!previous) {
        notChecked.add("log of " + pod.name() + ": " + failure.result().problem());
      }
      return new LogText(List.of());
    }
  }

  /** Begins to read a log, so that many are read at once. */
  void beginLog(Json pod, String container, boolean previous) {
    var _ = futureLog(pod, container, previous);
  }

  private Future<LogText> futureLog(Json pod, String container, boolean previous) {
    var options = "&tailLines=40" + (previous ? "&previous=true" : "");
    var key = pod.namespace() + "/" + pod.name() + "/" + container + options;
    return logs.computeIfAbsent(
        key, _ -> threads.submit(() -> Logs.read(place, pod, container, options)));
  }

  /** Warnings about an object, merged, the last one at the end. */
  List<EventText> warnings(Json object) {
    var own =
        list(Kind.EVENT).stream()
            .filter(event -> event.text("involvedObject.uid").equals(object.uid()))
            .filter(event -> !event.text("type").equals("Normal"))
            .toList();
    return EventText.merged(own);
  }

  /** The last warning of one of these reasons about an object. */
  Optional<EventText> warning(Json object, String... reasons) {
    return warnings(object).reversed().stream()
        .filter(event -> List.of(reasons).contains(event.reason()))
        .findFirst();
  }

  private Future<List<Json>> future(Kind kind, String namespace) {
    var where = kind.namespaced() ? namespace : "";
    var query = kind.equals(Kind.EVENT) ? "fieldSelector=" + Kind.encode("type!=Normal") : "";
    return lists.computeIfAbsent(
        kind.plural() + "/" + where,
        _ -> threads.submit(() -> place.cluster().items(kind, where, query)));
  }
}
