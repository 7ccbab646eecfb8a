package dev.fuse.tool.gcp.diagnose;

import dev.fuse.tool.gcp.look.Resource;
import java.util.List;

/** The OAuth scopes of a node pool, which cap what the node's account may do. */
final class Scopes {

  private static final String ROOT = "https://www.googleapis.com/auth/";

  private Scopes() {}

  /** Whether one of them lets a permission on a kind of resource through. */
  static boolean allow(List<String> scopes, Resource.Kind kind, String permission) {
    if (scopes.contains(ROOT + "cloud-platform")) {
      return true;
    }
    boolean reads = permission.matches(".*\\.(get|list|downloadArtifacts|access|getIamPolicy)");
    return switch (kind) {
      case BUCKET, REPOSITORY ->
          scopes.contains(ROOT + "devstorage.full_control")
              || scopes.contains(ROOT + "devstorage.read_write")
              || (reads && scopes.contains(ROOT + "devstorage.read_only"));
      case TOPIC, SUBSCRIPTION -> scopes.contains(ROOT + "pubsub");
      case SQL -> scopes.contains(ROOT + "sqlservice.admin");
      case SECRET, ACCOUNT, PROJECT, FOLDER, ORGANIZATION -> false;
    };
  }

  static String words(List<String> scopes) {
    return scopes.isEmpty()
        ? "none"
        : String.join(", ", scopes.stream().map(one -> one.replace(ROOT, "")).toList());
  }
}
