package dev.fuse.tool.gcp.diagnose;

import dev.fuse.tool.gcp.look.Resource;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The change that heals a hop, in the form of what manages it here: Terraform, Config Connector,
 * gcloud.
 */
final class Fix {

  private static final int MOST_FILES = 400;
  private static final int LARGEST = 200_000;

  private final Path folder;
  private final String home;

  Fix(Path folder, String home) {
    this.folder = folder;
    this.home = home;
  }

  /** A grant of a role on a resource. */
  String grant(Resource on, String role, String member) {
    var managed = managed(on.name());
    var command = gcloud(on, role, member);
    return managed
        .map(
            file ->
                file.getFileName().toString().endsWith(".tf")
                    ? "in Terraform ("
                        + folder.relativize(file)
                        + " manages "
                        + on.name()
                        + "): "
                        + terraform(on, role, member)
                    : "with Config Connector ("
                        + folder.relativize(file)
                        + "): an IAMPolicyMember with role "
                        + role
                        + " and member "
                        + member)
        .orElse(command);
  }

  private String gcloud(Resource on, String role, String member) {
    var tail = " --member='" + member + "' --role=" + role;
    return switch (on.kind()) {
      case PROJECT -> "gcloud projects add-iam-policy-binding " + on.name() + tail;
      case FOLDER -> "gcloud resource-manager folders add-iam-policy-binding " + on.name() + tail;
      case ORGANIZATION -> "gcloud organizations add-iam-policy-binding " + on.name() + tail;
      case ACCOUNT -> "gcloud iam service-accounts add-iam-policy-binding " + on.name() + tail;
      case BUCKET -> "gcloud storage buckets add-iam-policy-binding gs://" + on.name() + tail;
      case TOPIC -> "gcloud pubsub topics add-iam-policy-binding " + on.name() + in(on) + tail;
      case SUBSCRIPTION ->
          "gcloud pubsub subscriptions add-iam-policy-binding " + on.name() + in(on) + tail;
      case SECRET -> "gcloud secrets add-iam-policy-binding " + on.name() + in(on) + tail;
      case REPOSITORY ->
          "gcloud artifacts repositories add-iam-policy-binding "
              + on.name()
              + " --location="
              + on.location()
              + in(on)
              + tail;
      case SQL -> "gcloud projects add-iam-policy-binding " + on.project() + tail;
    };
  }

  private String in(Resource on) {
    return " --project=" + (on.project().isEmpty() ? home : on.project());
  }

  private String terraform(Resource on, String role, String member) {
    var type =
        switch (on.kind()) {
          case PROJECT, SQL -> "google_project_iam_member";
          case FOLDER -> "google_folder_iam_member";
          case ORGANIZATION -> "google_organization_iam_member";
          case ACCOUNT -> "google_service_account_iam_member";
          case BUCKET -> "google_storage_bucket_iam_member";
          case TOPIC -> "google_pubsub_topic_iam_member";
          case SUBSCRIPTION -> "google_pubsub_subscription_iam_member";
          case SECRET -> "google_secret_manager_secret_iam_member";
          case REPOSITORY -> "google_artifact_registry_repository_iam_member";
        };
    return "resource \""
        + type
        + "\" with role = \""
        + role
        + "\" and member = \""
        + member
        + "\" on "
        + on.words(home);
  }

  /** The file in this folder that manages something of that name. */
  private Optional<Path> managed(String name) {
    var shortName = name.replaceFirst("@.*$", "");
    return files().stream().filter(file -> holds(file, shortName)).findFirst();
  }

  private static boolean holds(Path file, String name) {
    try {
      if (Files.size(file) > LARGEST) {
        return false;
      }
      var text = Files.readString(file);
      boolean ours = file.toString().endsWith(".tf") || text.contains("cnrm.cloud.google.com/");
      return ours && (text.contains("\"" + name + "\"") || text.contains("name: " + name));
    } catch (IOException | RuntimeException _) {
      // A file that cannot be read as text manages nothing.
      return false;
    }
  }

  private List<Path> files() {
    var found = new ArrayList<Path>();
    int[] left = {4000};
    try {
      Files.walkFileTree(
          folder,
          java.util.Set.of(),
          6,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
              var name = path.getFileName() == null ? "" : path.getFileName().toString();
              boolean skipped =
                  !path.equals(folder)
                      && (name.startsWith(".")
                          || name.equals("node_modules")
                          || name.equals("target"));
              return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
              var name = path.toString();
              if (name.endsWith(".tf") || name.endsWith(".yaml") || name.endsWith(".yml")) {
                found.add(path);
              }
              return found.size() >= MOST_FILES || left[0]-- <= 0
                  ? FileVisitResult.TERMINATE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException _) {
      return List.of();
    }
    return found;
  }
}
