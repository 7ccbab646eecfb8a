package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.kubernetes.api.Place;
import java.util.Set;

/** What is known of the tools for nodes, and for taking back, before their code is loaded. */
public final class NodeSpecs {

  private NodeSpecs() {}

  public static ToolSpec drain() {
    return ToolSpec.of(
            "k8s_drain",
            "Cordon a node and evict its pods, as PodDisruptionBudgets allow; tells what blocks.",
            node()
                .optional(
                    "delete_local_data", Schema.bool("pods with emptyDir too; their data is lost"))
                .optional("unmanaged", Schema.bool("pods too that nothing makes again"))
                .optional("seconds", Schema.integer("how long to try").range(1, 300).byDefault(60)),
            Ceiling.of(Risk.CRITICAL, true, Set.of(Verb.UPDATE, Verb.DELETE), Place.SYSTEM))
        .keywords("evict", "maintenance", "node upgrade", "empty a node");
  }

  public static ToolSpec taint() {
    return ToolSpec.of(
        "k8s_taint",
        "Set or remove a taint of a node.",
        node()
            .required("key", Schema.string("the taint's key"))
            .optional("value", Schema.string("its value"))
            .required(
                "effect",
                Schema.choice("what it does", "NoSchedule", "PreferNoSchedule", "NoExecute"))
            .optional("remove", Schema.bool("remove it")),
        ChangeSpecs.updates());
  }

  public static ToolSpec restore() {
    var object =
        Schema.object()
            .optional("namespace", Schema.string("its namespace"))
            .required("kind", Schema.string("its kind"))
            .required("name", Schema.string("its name"))
            .optional("patch", Schema.string("merge patch; left out: deleted"));
    return ToolSpec.of(
        "k8s_restore",
        "Undo of a change of several objects; made by undo, not by hand.",
        Schema.object()
            .optional("context", Schema.string("default: the current"))
            .required("objects", Schema.array("what becomes of each", object)),
        Ceiling.of(Risk.CRITICAL, true, Set.of(Verb.UPDATE, Verb.DELETE), Place.SYSTEM));
  }

  private static Schema node() {
    return Schema.object()
        .optional("context", Schema.string("default: the current"))
        .required("name", Schema.string("the node"));
  }
}
