package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.look.ReadSpecs;
import java.util.Set;

/** What is known of the changing tools before any of their code is loaded. */
public final class ChangeSpecs {

  private ChangeSpecs() {}

  public static ToolSpec scale() {
    return ToolSpec.of(
        "k8s_scale",
        "Set the number of replicas of a Deployment, StatefulSet or ReplicaSet.",
        changed().required("replicas", Schema.integer("how many").range(0, 10_000)),
        updates());
  }

  public static ToolSpec rollout() {
    return ToolSpec.of(
        "k8s_rollout",
        "Restart a workload, go back to an earlier revision, pause or resume its rollout.",
        changed()
            .required("action", Schema.choice("what to do", "restart", "undo", "pause", "resume"))
            .optional("revision", Schema.integer("undo: to this one; left out: the one before")),
        updates());
  }

  public static ToolSpec setImage() {
    return ToolSpec.of(
        "k8s_set_image",
        "Set the image of a container of a workload.",
        changed()
            .optional("container", Schema.string("default: the only one"))
            .required("image", Schema.string("the image with its tag or digest")),
        updates());
  }

  public static ToolSpec setResources() {
    return ToolSpec.of(
        "k8s_set_resources",
        "Set requests and limits of a container of a workload.",
        changed()
            .optional("container", Schema.string("default: the only one"))
            .optional("requests", Schema.map("such as cpu: 100m; an empty value removes"))
            .optional("limits", Schema.map("such as memory: 256Mi")),
        updates());
  }

  public static ToolSpec setEnv() {
    return ToolSpec.of(
        "k8s_set_env",
        "Set or remove environment variables of a container of a workload.",
        changed()
            .optional("container", Schema.string("default: the only one"))
            .optional("env", Schema.map("plain values; no secrets"))
            .optional("from_secret", Schema.map("variable: SECRET/KEY"))
            .optional("remove", Schema.array("variables to remove", Schema.string("name"))),
        updates());
  }

  public static ToolSpec label() {
    return ToolSpec.of(
        "k8s_label",
        "Set or remove labels or annotations of an object.",
        changed()
            .optional("labels", Schema.map("labels to set; an empty value removes"))
            .optional("annotations", Schema.map("annotations to set; an empty value removes")),
        updates());
  }

  public static ToolSpec cordon() {
    return ToolSpec.of(
        "k8s_cordon",
        "Keep new pods off a node, or let them on it again.",
        ReadSpecs.placed()
            .required("name", Schema.string("the node"))
            .optional("on", Schema.bool("false: uncordon").byDefault(true)),
        updates());
  }

  public static ToolSpec patch() {
    return ToolSpec.of(
        "k8s_patch",
        "Change fields of one object by a JSON merge patch (default) or strategic merge patch.",
        changed()
            .required("patch", Schema.string("the patch as JSON or YAML"))
            .optional(
                "type", Schema.choice("kind of patch", "merge", "strategic").byDefault("merge")),
        updates());
  }

  public static ToolSpec apply() {
    return ToolSpec.of(
        "k8s_apply",
        "Create or update objects from YAML documents by server-side apply. No Secret values.",
        insisted(ReadSpecs.placed())
            .required("manifest", Schema.string("YAML, several documents parted by ---"))
            .optional("force", Schema.bool("take fields over from other managers")),
        Ceiling.of(Risk.CRITICAL, true, Set.of(Verb.CREATE, Verb.UPDATE), Place.SYSTEM));
  }

  public static ToolSpec delete() {
    return ToolSpec.of(
        "k8s_delete",
        "Delete one object by its name; never several, never by selector.",
        changed().optional("orphan", Schema.bool("keep what it owns")),
        Ceiling.of(Risk.CRITICAL, true, Set.of(Verb.DELETE), Place.SYSTEM));
  }

  /** An object that may have a source elsewhere. */
  static Schema changed() {
    return insisted(ReadSpecs.named());
  }

  static Schema insisted(Schema schema) {
    return schema.optional("insist", Schema.bool("though its source puts it back"));
  }

  static Ceiling updates() {
    return Ceiling.of(Risk.CRITICAL, true, Set.of(Verb.UPDATE), Place.SYSTEM);
  }
}
