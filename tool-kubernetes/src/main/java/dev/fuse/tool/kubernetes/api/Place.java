package dev.fuse.tool.kubernetes.api;

import dev.fuse.spi.Effect;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Target;
import dev.fuse.spi.Verb;

/**
 * Where a call works: a cluster and a namespace in it.
 *
 * @param namespace the one that is meant where the call names none
 */
public record Place(Cluster cluster, String namespace) {

  public static final String SYSTEM = "kubernetes";

  public Place in(String other) {
    return new Place(cluster, other);
  }

  public Target target(String kind, String name) {
    return Target.of(
            SYSTEM,
            "context",
            cluster.context(),
            "namespace",
            namespace,
            "kind",
            kind,
            "name",
            name)
        .alsoKnownAs(cluster.names());
  }

  public Target target(Kind kind, String name) {
    return kind.namespaced() ? target(kind.name(), name) : in("").target(kind.name(), name);
  }

  /** A read over the network of what holds no secret. */
  public Effect reads(String kind, String name) {
    return Effect.remote(Verb.READ, target(kind, name), Risk.NONE);
  }

  /** The same of a kind that is known. */
  public Effect reads(Kind kind, String name) {
    return Effect.remote(Verb.READ, target(kind, name), Risk.NONE);
  }

  /** The same for objects of a kind, which may have no namespace. */
  public String words(Kind kind) {
    return kind.namespaced() ? words() : "context " + cluster.context();
  }

  /** {@code context k8s, namespace shop}. */
  public String words() {
    return "context "
        + cluster.context()
        + (namespace.isEmpty() ? ", all namespaces" : ", namespace " + namespace);
  }
}
