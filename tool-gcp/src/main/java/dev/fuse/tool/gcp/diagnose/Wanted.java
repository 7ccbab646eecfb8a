package dev.fuse.tool.gcp.diagnose;

import dev.fuse.tool.gcp.look.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which resources a workload is refused, by the question and by what the workload is configured
 * with.
 */
final class Wanted {

  private static final int MOST = 5;
  private static final Pattern NAMED =
      Pattern.compile(
          "\\b(topics?|subscriptions?|buckets?|secrets?|repository|repo|instance|database)\\s+(?:called |named )?[\"'`]?([a-z0-9][\\w.-]{1,200}\\w)[\"'`]?");
  private static final Pattern BEFORE =
      Pattern.compile(
          "[\"'`]?\\b([a-z0-9][\\w.-]{1,200}\\w)[\"'`]?\\s+(topic|subscription|bucket|secret)\\b");
  private static final Set<String> NOT_NAMES =
      Set.of(
          "in",
          "of",
          "from",
          "to",
          "for",
          "is",
          "any",
          "and",
          "that",
          "which",
          "when",
          "the",
          "it",
          "with",
          "on",
          "at",
          "name",
          "names",
          "access",
          "manager",
          "does",
          "not",
          "has",
          "was",
          "but",
          "by",
          "why",
          "are",
          "more",
          "this",
          "our",
          "my",
          "its",
          "pubsub",
          "or",
          "because",
          "since",
          "storage",
          "cloud",
          "sql",
          "denied",
          "permission",
          "gcs",
          "publish",
          "read",
          "write",
          "kubernetes",
          "k8s",
          "same",
          "other",
          "another",
          "new");

  private final Scene scene;
  private final String question;

  Wanted(Scene scene) {
    this.scene = scene;
    this.question = scene.question();
  }

  /** What it needs; empty where nothing names a resource. */
  List<Need> of(Workload workload) {
    var configured = configured(workload);
    var asked = asked(configured);
    var chosen = asked.isEmpty() ? narrowed(configured) : asked;
    return chosen.entrySet().stream()
        .limit(MOST)
        .map(entry -> Need.of(entry.getKey(), question, entry.getValue()))
        .toList();
  }

  /** What the question itself names. */
  Map<Resource, String> asked(Map<Resource, String> configured) {
    var found = new LinkedHashMap<Resource, String>();
    var words =
        new LinkedHashSet<>(List.of(question.toLowerCase(Locale.ROOT).split("[^a-z0-9._-]+", -1)));
    Resource.in(question)
        .filter(one -> one.kind() != Resource.Kind.ACCOUNT)
        .ifPresent(one -> found.put(one, "the question"));
    keyword(words, configured).forEach(found::putIfAbsent);
    return found;
  }

  private Map<Resource, String> keyword(Set<String> words, Map<Resource, String> configured) {
    var found = new LinkedHashMap<Resource, String>();
    for (var pattern : List.of(NAMED, BEFORE)) {
      var match = pattern.matcher(question.toLowerCase(Locale.ROOT));
      while (match.find()) {
        boolean before = pattern == BEFORE;
        var kind = kind(match.group(before ? 2 : 1));
        var name = match.group(before ? 1 : 2);
        var known =
            configured.keySet().stream()
                .filter(one -> one.kind() == kind && one.name().equals(name))
                .findFirst();
        boolean likely = (!before && !NOT_NAMES.contains(name)) || known.isPresent();
        if (likely) {
          found.putIfAbsent(known.orElseGet(() -> bare(kind, name)), "the question");
        }
      }
    }
    if (found.isEmpty()) {
      configured.forEach(
          (one, where) -> {
            if (one.name().length() > 3 && words.contains(one.name())) {
              found.put(one, where);
            }
          });
    }
    return found;
  }

  private static Resource.Kind kind(String word) {
    return switch (word.replaceFirst("s$", "")) {
      case "topic" -> Resource.Kind.TOPIC;
      case "subscription" -> Resource.Kind.SUBSCRIPTION;
      case "bucket" -> Resource.Kind.BUCKET;
      case "secret" -> Resource.Kind.SECRET;
      case "repository", "repo" -> Resource.Kind.REPOSITORY;
      default -> Resource.Kind.SQL;
    };
  }

  private Resource bare(Resource.Kind kind, String name) {
    var project = kind == Resource.Kind.BUCKET ? "" : scene.home();
    var location = kind == Resource.Kind.REPOSITORY ? region(scene.place().location()) : "";
    return new Resource(kind, project, location, name);
  }

  private static String region(String location) {
    return location.replaceFirst("-[a-z]$", "");
  }

  /** The resources in its variables, arguments and volumes, with where they stand. */
  Map<Resource, String> configured(Workload workload) {
    var found = new LinkedHashMap<Resource, String>();
    workload
        .texts()
        .forEach(
            (key, value) ->
                resource(key, value)
                    .map(this::withoutNumber)
                    .ifPresent(one -> found.putIfAbsent(one, key + " of " + workload.words())));
    return found;
  }

  /** A project's number and its ID are the same project. */
  private Resource withoutNumber(Resource one) {
    return one.project().matches("\\d+") && one.project().equals(scene.cloud().number(scene.home()))
        ? one.inProject(scene.home())
        : one;
  }

  private Optional<Resource> resource(String key, String value) {
    var named = Resource.in(value).filter(Wanted::usable);
    if (named.isPresent() || !value.matches("[a-z0-9][\\w.-]{2,200}")) {
      return named;
    }
    var word = key.toUpperCase(Locale.ROOT);
    if (word.contains("BUCKET")) {
      return Optional.of(bare(Resource.Kind.BUCKET, value));
    }
    if (word.contains("SUBSCRIPTION")) {
      return Optional.of(bare(Resource.Kind.SUBSCRIPTION, value));
    }
    return word.contains("TOPIC") && !word.contains("KAFKA")
        ? Optional.of(bare(Resource.Kind.TOPIC, value))
        : Optional.empty();
  }

  private static boolean usable(Resource one) {
    return switch (one.kind()) {
      case BUCKET, TOPIC, SUBSCRIPTION, SECRET, SQL -> true;
      case REPOSITORY, ACCOUNT, PROJECT, FOLDER, ORGANIZATION -> false;
    };
  }

  /** Those of the service that the question speaks of, where it speaks of one. */
  private Map<Resource, String> narrowed(Map<Resource, String> configured) {
    var words = question.toLowerCase(Locale.ROOT);
    var kinds = new LinkedHashSet<Resource.Kind>();
    if (words.matches("(?s).*(pub/?sub|\\btopic|publish|pubsub\\.).*")) {
      kinds.add(Resource.Kind.TOPIC);
    }
    if (words.matches("(?s).*(pub/?sub|subscri|consume|pull messages|pubsub\\.sub).*")) {
      kinds.add(Resource.Kind.SUBSCRIPTION);
    }
    if (words.matches("(?s).*(storage|bucket|gcs|gs://|object).*")) {
      kinds.add(Resource.Kind.BUCKET);
    }
    if (words.matches("(?s).*(secret).*")) {
      kinds.add(Resource.Kind.SECRET);
    }
    if (words.matches("(?s).*(cloud ?sql|database|\\bdb\\b|postgres|mysql).*")) {
      kinds.add(Resource.Kind.SQL);
    }
    var kept = new LinkedHashMap<Resource, String>();
    configured.forEach(
        (one, where) -> {
          if (kinds.contains(one.kind())) {
            kept.put(one, where);
          }
        });
    return kept.isEmpty() ? configured : kept;
  }

  /** All that is asked of workloads that nobody found. */
  List<Need> ofQuestion() {
    var found = new ArrayList<Need>();
    asked(Map.of()).forEach((one, where) -> found.add(Need.of(one, question, where)));
    return found;
  }
}
