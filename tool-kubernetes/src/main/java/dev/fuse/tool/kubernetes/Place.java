package dev.fuse.tool.kubernetes;

import dev.fuse.spi.Effect;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Target;
import dev.fuse.spi.Verb;

/**
 * Where a call works: a cluster and a namespace in it.
 *
 * @param namespace the one that is meant where the call names none
 */
record Place(Cluster cluster, String namespace) {

  static final String SYSTEM = "kubernetes";

  Place in(String other) {
    return new Place(cluster, other);
  }

  Target target(String kind, String name) {
    return Target.of(
        SYSTEM, "context", cluster.context(), "namespace", namespace, "kind", kind, "name", name);
  }

  Target target(Kind kind, String name) {
    return kind.namespaced() ? target(kind.name(), name) : in("").target(kind.name(), name);
  }

  /** A read over the network of what holds no secret. */
  Effect reads(String kind, String name) {
    return Effect.remote(Verb.READ, target(kind, name), Risk.NONE);
  }

  /** The same of a kind that is known. */
  Effect reads(Kind kind, String name) {
    return Effect.remote(Verb.READ, target(kind, name), Risk.NONE);
  }

  /** The same for objects of a kind, which may have no namespace. */
  String words(Kind kind) {
    return kind.namespaced() ? words() : "context " + cluster.context();
  }

  /** {@code context k8s, namespace shop}. */
  String words() {
    return "context "
        + cluster.context()
        + (namespace.isEmpty() ? ", all namespaces" : ", namespace " + namespace);
  }
}
