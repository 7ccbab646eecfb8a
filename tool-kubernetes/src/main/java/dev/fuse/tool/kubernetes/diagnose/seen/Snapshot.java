package dev.fuse.tool.kubernetes.diagnose.seen;

import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.kubernetes.api.Cluster;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.api.Waiting;
import dev.fuse.tool.kubernetes.look.EventText;
import dev.fuse.tool.kubernetes.look.LogText;
import dev.fuse.tool.kubernetes.look.Logs;
import dev.fuse.tool.kubernetes.look.Owners;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster or namespace held when it was looked at: every list is fetched once, however many
 * diagnosers want it, and what may not be read is noted instead of failing.
 */
public final class Snapshot {

  private static final Set<Kind> ALWAYS_THERE = Set.of(Kind.POD);

  private static final Duration LOGS = Duration.ofSeconds(10);

  private final Place place;
  private final ExecutorService threads;
  private final Instant now = Instant.now();
  private final Map<String, Future<List<Json>>> lists = new ConcurrentHashMap<>();
  private final Map<String, Future<LogText>> logs = new ConcurrentHashMap<>();
  private final Map<Kind, Map<String, List<Json>>> byNamespace = new ConcurrentHashMap<>();
  private final Set<String> late = new ConcurrentSkipListSet<>();
  private volatile String question = "";
  private volatile Instant glancesUntil;
  private volatile @Nullable Map<String, List<EventText>> warnings;
  private final Future<Map<String, List<String>>> groups;
  private final Set<String> notChecked = new ConcurrentSkipListSet<>();

  public Snapshot(Place place, ExecutorService threads) {
    this.place = place;
    this.threads = threads;
    this.glancesUntil = now.plus(LOGS);
    this.groups = threads.submit(() -> groups(place));
  }

  public Place place() {
    return place;
  }

  /** What was asked, as far as it is known. */
  public Snapshot asked(String words) {
    question = words;
    return this;
  }

  /** Whether the question names it. */
  public boolean asksAbout(String name) {
    return Pattern.compile("(^|[^A-Za-z0-9-])" + Pattern.quote(name) + "($|[^A-Za-z0-9-])")
        .matcher(question)
        .find();
  }

  /** Whether the question has one of these words, parted by what is no letter, or is unknown. */
  public boolean asksNearly(String words) {
    return question.isBlank()
        || Pattern.compile("[^A-Za-z]+")
            .splitAsStream(words)
            .filter(word -> word.length() > 3)
            .anyMatch(word -> question.toLowerCase(Locale.ROOT).contains(word));
  }

  /** When it was looked. */
  public Instant now() {
    return now;
  }

  public boolean wholeCluster() {
    return place.namespace().isEmpty();
  }

  /** What could not be looked at, and why. */
  public Set<String> notChecked() {
    if (!late.isEmpty()) {
      notChecked.add("logs of " + late.size() + " pods, which did not come in time");
    }
    return notChecked;
  }

  public void notChecked(String what) {
    notChecked.add(what);
  }

  /** Served versions by API group; empty where the server does not tell. */
  public Map<String, List<String>> served() {
    try {
      return Waiting.on(groups);
    } catch (ToolFailure failure) {
      notChecked.add("API groups: " + failure.result().problem());
      return Map.of();
    }
  }

  public boolean serves(String group) {
    return served().containsKey(group);
  }

  private static Map<String, List<String>> groups(Place place) {
    return place.cluster().get("/apis").list("groups").stream()
        .collect(
            Collectors.toMap(
                group -> group.text("name"),
                group -> group.list("versions").stream().map(one -> one.text("version")).toList()));
  }

  /** Begins to fetch these lists, all at once. */
  public void want(List<Kind> kinds) {
    for (var kind : kinds) {
      var _ = future(kind, place.namespace());
    }
  }

  /** All objects of a kind in the place; of the cluster where the kind has no namespace. */
  public List<Json> list(Kind kind) {
    return list(kind, kind.namespaced() ? place.namespace() : "");
  }

  /** All objects of a kind in that namespace. */
  public List<Json> list(Kind kind, String namespace) {
    if (wholeCluster() && !namespace.isEmpty() && lists.containsKey(kind.plural() + "/")) {
      return byNamespace
          .computeIfAbsent(
              kind, _ -> list(kind, "").stream().collect(Collectors.groupingBy(Json::namespace)))
          .getOrDefault(namespace, List.of());
    }
    try {
      return Waiting.on(future(kind, namespace));
    } catch (ToolFailure failure) {
      if (ALWAYS_THERE.contains(kind) && namespace.equals(place.namespace())) {
        throw failure;
      }
      notChecked.add(kind.plural() + ": " + failure.result().problem());
      return List.of();
    }
  }

  /** Objects of all namespaces, where they may be read; nothing is said where they may not. */
  public List<Json> elsewhere(Kind kind) {
    try {
      return Waiting.on(future(kind, ""));
    } catch (ToolFailure failure) {
      return List.of();
    }
  }

  /** Names of a kind's objects, whose content is never read; none where they cannot be read. */
  public List<String> names(Kind kind, String namespace) {
    return shapes(kind, namespace).orElse(List.of()).stream().map(Json::name).toList();
  }

  /** The same, empty where they cannot be read. */
  public Optional<Set<String>> knownNames(Kind kind, String namespace) {
    return shapes(kind, namespace)
        .map(shapes -> shapes.stream().map(Json::name).collect(Collectors.toSet()));
  }

  /** Names and labels of a kind's objects in all namespaces; none where that is not allowed. */
  public List<Json> everywhere(Kind kind) {
    return shapes(kind, "").orElse(List.of());
  }

  /**
   * Names, labels and finalizers of objects, never their content; empty where it is not allowed.
   */
  public Optional<List<Json>> shapes(Kind kind, String namespace) {
    if (wholeCluster() && !namespace.isEmpty()) {
      return shapes(kind, "")
          .map(all -> all.stream().filter(o -> o.namespace().equals(namespace)).toList());
    }
    try {
      return Optional.of(Waiting.on(futureShapes(kind, namespace)));
    } catch (ToolFailure failure) {
      notChecked.add(kind.plural() + ": " + failure.result().problem());
      return Optional.empty();
    }
  }

  /** The same; where it is not allowed nothing is said of that. */
  public List<Json> glimpse(Kind kind, String namespace) {
    try {
      return Waiting.on(futureShapes(kind, namespace));
    } catch (ToolFailure failure) {
      return List.of();
    }
  }

  /** Begins to fetch names and labels of the place. */
  public void wantShapes(List<Kind> kinds) {
    for (var kind : kinds) {
      var _ = futureShapes(kind, place.namespace());
    }
  }

  private Future<List<Json>> futureShapes(Kind kind, String namespace) {
    var key = "names of " + kind.plural() + "/" + namespace;
    return lists.computeIfAbsent(
        key, _ -> threads.submit(() -> place.cluster().names(kind, namespace)));
  }

  public Optional<Json> find(Kind kind, String namespace, String name) {
    return list(kind, namespace).stream().filter(one -> one.name().equals(name)).findFirst();
  }

  /** One object that is in no list. */
  public Optional<Json> read(Kind kind, String namespace, String name) {
    try {
      return place.cluster().find(kind.path(namespace, name)).map(o -> Cluster.cleaned(o, kind));
    } catch (ToolFailure failure) {
      notChecked.add(kind.name() + " " + name + ": " + failure.result().problem());
      return Optional.empty();
    }
  }

  /** Logs that are only looked at where they come in time come until then. */
  public void patience(Duration forGlances) {
    glancesUntil = Instant.now().plus(forGlances);
  }

  /** The last lines of a container's log; none where it cannot be read. */
  public LogText log(Json pod, String container, boolean previous) {
    return log(pod, container, previous, Duration.between(Instant.now(), now.plus(LOGS)));
  }

  /** The same, where it comes in time. */
  public LogText glance(Json pod, String container) {
    return log(pod, container, false, Duration.between(Instant.now(), glancesUntil));
  }

  private LogText log(Json pod, String container, boolean previous, Duration most) {
    try {
      var future = futureLog(pod, container, previous);
      return future.isDone()
          ? Waiting.on(future)
          : Waiting.on(future, most.isNegative() ? Duration.ZERO : most);
    } catch (TimeoutException e) {
      late.add(pod.name());
    } catch (ToolFailure failure) {
      if (!previous) {
        notChecked.add("log of " + pod.name() + ": " + failure.result().problem());
      }
    }
    return new LogText(List.of());
  }

  /** Begins to read a log, so that many are read at once. */
  public void beginLog(Json pod, String container, boolean previous) {
    var _ = futureLog(pod, container, previous);
  }

  private Future<LogText> futureLog(Json pod, String container, boolean previous) {
    var options = "&tailLines=40" + (previous ? "&previous=true" : "");
    var key = pod.namespace() + "/" + pod.name() + "/" + container + options;
    return logs.computeIfAbsent(
        key, _ -> threads.submit(() -> Logs.read(place, pod, container, options)));
  }

  /** Warnings about an object, merged, the last one at the end. */
  public List<EventText> warnings(Json object) {
    return warningsByUid().getOrDefault(object.uid(), List.of());
  }

  private Map<String, List<EventText>> warningsByUid() {
    var known = warnings;
    if (known == null) {
      known =
          list(Kind.EVENT).stream()
              .filter(event -> !event.text("type").equals("Normal"))
              .collect(
                  Collectors.groupingBy(
                      event -> event.text("involvedObject.uid"),
                      Collectors.collectingAndThen(Collectors.toList(), EventText::merged)));
      warnings = known;
    }
    return known;
  }

  /** The last warning of one of these reasons about an object. */
  public Optional<EventText> warning(Json object, String... reasons) {
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

  /** How many addresses a Service sends to. */
  public long readyEndpoints(String namespace, String service) {
    return list(Kind.SLICE, namespace).stream()
        .filter(slice -> service.equals(slice.labels().get("kubernetes.io/service-name")))
        .flatMap(slice -> slice.list("endpoints").stream())
        .filter(endpoint -> !Boolean.FALSE.equals(endpoint.value("conditions.ready")))
        .count();
  }

  /** Which workload each pod belongs to. */
  public Owners owners() {
    return new Owners(list(Kind.REPLICA_SET), list(Kind.JOB));
  }
}
