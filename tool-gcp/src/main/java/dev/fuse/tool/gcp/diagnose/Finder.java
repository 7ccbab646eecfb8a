package dev.fuse.tool.gcp.diagnose;

import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.look.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the workloads that a question is about. */
final class Finder {

  private static final List<String> RUNNING =
      List.of("deployments", "statefulsets", "daemonsets", "cronjobs", "jobs", "pods");
  private static final String ACCOUNTS = "serviceaccounts";
  private static final Pattern WORD = Pattern.compile("[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?");
  private static final Pattern IDENTITY =
      Pattern.compile("([a-z0-9-]+)/([a-z0-9][a-z0-9.-]*[a-z0-9])");
  private static final Set<String> SYSTEM =
      Set.of("kube-system", "kube-public", "kube-node-lease", "gmp-system", "gke-managed-system");
  private static final int MOST = 3;
  private static final int MOST_READ = 20;

  private final Scene scene;
  private final Set<String> words;
  private final Optional<String> namespace;
  private final List<String> hidden = new ArrayList<>();

  Finder(Scene scene, Optional<String> namespace) {
    this.scene = scene;
    this.words =
        WORD.matcher(scene.question().toLowerCase(Locale.ROOT))
            .results()
            .map(found -> found.group())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    this.namespace = namespace;
  }

  /** What could not be listed, and why. */
  List<String> hidden() {
    return hidden;
  }

  /** Begins to list everything that may be looked for. */
  static void ahead(Kube kube) {
    Stream.concat(RUNNING.stream(), Stream.of(ACCOUNTS)).forEach(kube::ahead);
  }

  /** The workloads meant, the likeliest first; none where nothing fits. */
  List<Workload> find() {
    var rows = RUNNING.stream().flatMap(kind -> rows(kind).stream()).toList();
    var named = narrowed(named(rows));
    if (named.isEmpty()) {
      named = narrowed(identities(rows));
    }
    if (named.isEmpty()) {
      named = fromLogs(rows);
    }
    if (!named.isEmpty()) {
      return named.stream().limit(MOST).flatMap(row -> read(row).stream()).toList();
    }
    var accounts = narrowed(named(rows(ACCOUNTS)));
    if (!accounts.isEmpty()) {
      return accounts.stream()
          .limit(MOST)
          .map(row -> Workload.ofAccount(row.namespace(), row.name()))
          .toList();
    }
    return mentioning(rows);
  }

  private List<Kube.Row> rows(String kind) {
    var answer = scene.kube().list(kind, Optional.empty());
    if (answer.value().isEmpty() && namespace.isPresent()) {
      answer = scene.kube().list(kind, namespace);
    }
    if (answer.value().isEmpty()) {
      hidden.add(kind + ": " + answer.why());
    }
    return answer.value().orElse(List.of());
  }

  /** Objects whose name the question holds, pods left out where their owner is there. */
  private List<Kube.Row> named(List<Kube.Row> rows) {
    var found =
        rows.stream()
            .filter(row -> words.contains(row.name()) || pods(row))
            .filter(row -> !row.name().equals("default"))
            .toList();
    return withoutOwned(found);
  }

  /** Whether the question holds the name of one of its pods. */
  private boolean pods(Kube.Row row) {
    return words.stream()
        .anyMatch(
            word ->
                word.startsWith(row.name() + "-")
                    && word.substring(row.name().length() + 1)
                        .matches(
                            "(\\d+|[a-z0-9]{5}|[a-f0-9]{5,10}-[a-z0-9]{5}|\\d{6,10}(-[a-z0-9]{5})?)"));
  }

  private static List<Kube.Row> withoutOwned(List<Kube.Row> rows) {
    return rows.stream()
        .filter(
            row ->
                !(row.kind().equals("pods") || row.kind().equals("jobs"))
                    || rows.stream()
                        .noneMatch(
                            other ->
                                !other.equals(row)
                                    && other.namespace().equals(row.namespace())
                                    && row.name().startsWith(other.name() + "-")))
        .toList();
  }

  private List<Kube.Row> narrowed(List<Kube.Row> rows) {
    var kept = rows;
    var spaces = rows.stream().map(Kube.Row::namespace).collect(Collectors.toSet());
    var asked = spaces.stream().filter(words::contains).collect(Collectors.toSet());
    if (!asked.isEmpty() && rows.size() > 1) {
      kept = kept.stream().filter(row -> asked.contains(row.namespace())).toList();
      // A namespace that bears a workload's name is not what is asked about.
      var others = kept.stream().filter(row -> !asked.contains(row.name())).toList();
      kept = others.isEmpty() ? kept : others;
    } else if (namespace.isPresent() && spaces.contains(namespace.get())) {
      kept = kept.stream().filter(row -> row.namespace().equals(namespace.get())).toList();
    }
    return kept.stream().sorted(Comparator.comparingInt(row -> -row.name().length())).toList();
  }

  /** {@code namespace/account}, as it stands in bindings and errors. */
  private List<Kube.Row> identities(List<Kube.Row> rows) {
    var pairs =
        IDENTITY
            .matcher(scene.question())
            .results()
            .map(found -> found.group(1) + "/" + found.group(2))
            .collect(Collectors.toSet());
    return rows.stream().filter(row -> pairs.contains(row.namespace() + "/" + row.name())).toList();
  }

  private Optional<Workload> read(Kube.Row row) {
    return scene
        .kube()
        .get(row.kind(), row.namespace(), row.name())
        .value()
        .flatMap(Workload::of)
        .map(this::configured);
  }

  /** With what its ConfigMaps say, where topics and buckets often stand. */
  private Workload configured(Workload workload) {
    var more = new LinkedHashMap<String, String>();
    workload.configMaps().stream()
        .limit(4)
        .forEach(
            name ->
                scene
                    .kube()
                    .get("configmaps", workload.namespace(), name)
                    .value()
                    .ifPresent(map -> more.putAll(map.map("data"))));
    return more.isEmpty() ? workload : workload.with(more);
  }

  /** A question that holds only the error's text: whose logs show one like it. */
  private List<Kube.Row> fromLogs(List<Kube.Row> rows) {
    var question = scene.question().toLowerCase(Locale.ROOT);
    var signs =
        Stream.of(
                "getAccessToken",
                "not authorized",
                "PermissionDenied",
                "PERMISSION_DENIED",
                "Gaia id not found",
                "Unable to generate access token",
                "does not have storage",
                "insufficient authentication scopes",
                "has not been used in project",
                "SERVICE_DISABLED",
                "access token scope insufficient")
            .filter(sign -> question.contains(sign.toLowerCase(Locale.ROOT)))
            .toList();
    if (signs.isEmpty()) {
      return List.of();
    }
    var text = signs.stream().map(sign -> "\"" + sign + "\"").collect(Collectors.joining(" OR "));
    var filter =
        "resource.type=\"k8s_container\" AND resource.labels.cluster_name=\""
            + scene.place().name()
            + "\" AND timestamp>=\""
            + Instant.now().minus(Duration.ofDays(1))
            + "\" AND textPayload:("
            + text
            + ")";
    var entries =
        switch (scene.cloud().logs(scene.home(), filter, 50)) {
          case Seen.Found<List<Json>>(var list) -> list;
          case Seen.Unseen<List<Json>>(var why) -> {
            hidden.add("logs of the pods: " + why.inShort());
            yield List.<Json>of();
          }
        };
    var found = new LinkedHashSet<Kube.Row>();
    for (var entry : entries) {
      var space = entry.text("resource.labels.namespace_name");
      var pod = entry.text("resource.labels.pod_name");
      rows.stream()
          .filter(row -> row.namespace().equals(space))
          .filter(row -> pod.equals(row.name()) || pod.startsWith(row.name() + "-"))
          .findFirst()
          .ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  /** Workloads that mention a resource or an account of the question; all, where they are few. */
  private List<Workload> mentioning(List<Kube.Row> rows) {
    var own =
        withoutOwned(rows).stream()
            .filter(row -> !SYSTEM.contains(row.namespace()))
            .limit(MOST_READ)
            .toList();
    own.forEach(row -> scene.kube().ahead(row.kind(), row.namespace(), row.name()));
    var all = own.stream().flatMap(row -> read(row).stream()).toList();
    var meant = all.stream().filter(this::mentioned).toList();
    if (!meant.isEmpty()) {
      return meant.stream().limit(MOST).toList();
    }
    return all.size() <= 8 ? all : List.of();
  }

  private boolean mentioned(Workload workload) {
    boolean texts =
        workload.texts().values().stream()
            .flatMap(text -> Arrays.stream(text.split("[/:]", -1)))
            .filter(part -> part.length() > 3)
            .anyMatch(words::contains);
    if (texts) {
      return true;
    }
    var email = scene.question().contains("gserviceaccount.com");
    return email
        && scene
            .kube()
            .get(ACCOUNTS, workload.namespace(), workload.account())
            .value()
            .map(account -> Annotation.of(account))
            .filter(one -> !one.isEmpty() && scene.question().contains(one))
            .isPresent();
  }
}
