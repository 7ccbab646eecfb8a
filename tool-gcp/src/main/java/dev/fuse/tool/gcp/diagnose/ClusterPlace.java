package dev.fuse.tool.gcp.diagnose;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A GKE cluster, and the kube context through which it is read.
 *
 * @param context empty for the pinned one
 */
record ClusterPlace(String project, String location, String name, String context) {

  private static final Pattern CONTEXT =
      Pattern.compile("gke_([a-z][a-z0-9:.-]+)_([a-z]+-[a-z]+\\d(?:-[a-z])?)_([a-z][a-z0-9-]*)");

  /** The cluster of a context as {@code gcloud container clusters get-credentials} names it. */
  static Optional<ClusterPlace> of(String context) {
    var found = CONTEXT.matcher(context);
    return found.matches()
        ? Optional.of(new ClusterPlace(found.group(1), found.group(2), found.group(3), context))
        : Optional.empty();
  }

  /** As Google names it. */
  String path() {
    return "projects/" + project + "/locations/" + location + "/clusters/" + name;
  }
}
