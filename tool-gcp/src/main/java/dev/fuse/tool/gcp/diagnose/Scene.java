package dev.fuse.tool.gcp.diagnose;

import dev.fuse.tool.gcp.api.Access;
import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.look.Cloud;
import dev.fuse.tool.gcp.look.Seen;

/**
 * Where an examination takes place.
 *
 * @param question what was asked; may be empty
 */
record Scene(Access access, Cloud cloud, Kube kube, ClusterPlace place, String question) {

  Seen<Json> cluster() {
    return cloud.cluster(place.path());
  }

  /** The project that a name without one is in. */
  String home() {
    return place.project();
  }
}
