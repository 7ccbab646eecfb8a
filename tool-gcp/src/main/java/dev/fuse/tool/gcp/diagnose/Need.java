package dev.fuse.tool.gcp.diagnose;

import dev.fuse.tool.gcp.look.Resource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a workload must be allowed to do; one of the permissions is enough where its use is not
 * known.
 *
 * @param where whence it is known that it needs this
 */
record Need(Resource resource, List<String> permissions, String where) {

  private static final Pattern PERMISSION =
      Pattern.compile("\\b([a-z]\\w+(?:\\.[a-z]\\w*){1,2}\\.[a-zA-Z]+)\\b");

  /** The narrowest predefined role for a permission. */
  private static final Map<String, String> ROLES =
      Map.ofEntries(
          Map.entry("pubsub.topics.publish", "roles/pubsub.publisher"),
          Map.entry("pubsub.topics.get", "roles/pubsub.viewer"),
          Map.entry("pubsub.subscriptions.get", "roles/pubsub.viewer"),
          Map.entry("pubsub.subscriptions.consume", "roles/pubsub.subscriber"),
          Map.entry("storage.objects.get", "roles/storage.objectViewer"),
          Map.entry("storage.objects.list", "roles/storage.objectViewer"),
          Map.entry("storage.objects.create", "roles/storage.objectCreator"),
          Map.entry("storage.objects.delete", "roles/storage.objectUser"),
          Map.entry("storage.objects.update", "roles/storage.objectUser"),
          Map.entry("storage.buckets.get", "roles/storage.bucketViewer"),
          Map.entry("secretmanager.versions.access", "roles/secretmanager.secretAccessor"),
          Map.entry("secretmanager.versions.add", "roles/secretmanager.secretVersionAdder"),
          Map.entry(
              "artifactregistry.repositories.downloadArtifacts", "roles/artifactregistry.reader"),
          Map.entry(
              "artifactregistry.repositories.uploadArtifacts", "roles/artifactregistry.writer"),
          Map.entry("cloudsql.instances.connect", "roles/cloudsql.client"),
          Map.entry("cloudsql.instances.get", "roles/cloudsql.client"),
          Map.entry("cloudsql.instances.login", "roles/cloudsql.instanceUser"),
          Map.entry("iam.serviceAccounts.getAccessToken", "roles/iam.workloadIdentityUser"));

  Need {
    permissions = List.copyOf(permissions);
  }

  /** The narrowest role that is known to give a permission. */
  static Optional<String> role(String permission) {
    return Optional.ofNullable(ROLES.get(permission));
  }

  /** The permission that a text quotes. */
  static Optional<String> quoted(String text) {
    var found = PERMISSION.matcher(text);
    while (found.find()) {
      if (ROLES.containsKey(found.group(1))
          || (found
                  .group(1)
                  .matches("(storage|pubsub|secretmanager|cloudsql|artifactregistry|iam)\\..*")
              && !found.group(1).contains("googleapis"))) {
        return Optional.of(found.group(1));
      }
    }
    return Optional.empty();
  }

  /** What the words of a question ask of a resource, else what one usually does with it. */
  static Need of(Resource resource, String question, String where) {
    var words = question.toLowerCase(Locale.ROOT);
    var named =
        quoted(question)
            .filter(one -> one.startsWith(service(resource.kind()) + "."))
            .map(List::of);
    return new Need(resource, named.orElseGet(() -> usual(resource.kind(), words)), where);
  }

  private static String service(Resource.Kind kind) {
    return switch (kind) {
      case TOPIC, SUBSCRIPTION -> "pubsub";
      case BUCKET -> "storage";
      case SECRET -> "secretmanager";
      case REPOSITORY -> "artifactregistry";
      case SQL -> "cloudsql";
      case ACCOUNT -> "iam";
      case PROJECT, FOLDER, ORGANIZATION -> "resourcemanager";
    };
  }

  private static List<String> usual(Resource.Kind kind, String words) {
    return switch (kind) {
      case TOPIC -> List.of("pubsub.topics.publish");
      case SUBSCRIPTION -> List.of("pubsub.subscriptions.consume");
      case SECRET -> List.of("secretmanager.versions.access");
      case REPOSITORY ->
          words.matches("(?s).*\\b(push|upload)\\w*\\b.*")
              ? List.of("artifactregistry.repositories.uploadArtifacts")
              : List.of("artifactregistry.repositories.downloadArtifacts");
      case SQL ->
          words.matches("(?s).*\\b(login|log in|iam user|iam auth)\\w*\\b.*")
              ? List.of("cloudsql.instances.login")
              : List.of("cloudsql.instances.connect");
      case BUCKET -> objects(words);
      case ACCOUNT -> List.of("iam.serviceAccounts.getAccessToken");
      case PROJECT, FOLDER, ORGANIZATION -> List.of("resourcemanager.projects.get");
    };
  }

  private static List<String> objects(String words) {
    if (words.matches("(?s).*\\b(delet|remov|overwrit)\\w*\\b.*")) {
      return List.of("storage.objects.delete");
    }
    if (words.matches("(?s).*\\b(writ|upload|creat|sav|stor(e|es|ing)\\b|put)\\w*\\b.*")) {
      return List.of("storage.objects.create");
    }
    if (words.matches("(?s).*\\b(read|download|get|open|fetch|load)\\w*\\b.*")) {
      return List.of("storage.objects.get");
    }
    return words.matches("(?s).*\\blist\\w*\\b.*")
        ? List.of("storage.objects.list")
        : List.of("storage.objects.get", "storage.objects.create");
  }

  /** The permission that is spoken of. */
  String permission() {
    return permissions.get(0);
  }
}
