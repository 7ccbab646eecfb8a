package dev.fuse.tool.kubernetes;

import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import java.util.Set;

/** What is known of the reading tools before any of their code is loaded. */
final class ReadSpecs {

  private static final Ceiling READS = Ceiling.readsRemote(Place.SYSTEM);

  private ReadSpecs() {}

  static ToolSpec diagnose() {
    return ToolSpec.of(
            "k8s_diagnose",
            "Find what is wrong with a workload, a namespace or the whole cluster: causes with"
                + " evidence, and a digest of what runs. Start here; usually nothing else is"
                + " needed.",
            placed()
                .optional("kind", Schema.string("kind of the object in question"))
                .optional("name", Schema.string("its name"))
                .optional("all_namespaces", Schema.bool("the whole cluster").byDefault(false))
                .optional("question", Schema.string("the person's question, to pick what matters"))
                .optional(
                    "budget",
                    Schema.integer("most tokens of the digest").range(100, 4000).byDefault(400)),
            READS)
        .keywords("crash", "pending", "unhealthy", "why", "broken", "not ready", "unreachable");
  }

  static ToolSpec list() {
    return ToolSpec.of(
            "k8s_list",
            "List objects of any kind, CRDs too, with kubectl's columns. Filter with selectors"
                + " or grep; count_by gives counts only.",
            placed()
                .required(
                    "kind", Schema.string("kind, plural or short name; kind.group if unclear"))
                .optional("all_namespaces", Schema.bool("of all namespaces").byDefault(false))
                .optional("selector", Schema.string("label selector, app=web,tier!=db"))
                .optional("field_selector", Schema.string("such as status.phase!=Running"))
                .optional("grep", Schema.string("keep rows that match this regular expression"))
                .optional("count_by", Schema.string("column to count by, such as STATUS"))
                .optional("wide", Schema.bool("all columns").byDefault(false))
                .optional("limit", Schema.integer("most rows").range(1, 1000).byDefault(100)),
            READS)
        .keywords("show", "which", "how many", "pods", "deployments", "services", "nodes");
  }

  static ToolSpec get() {
    return ToolSpec.of(
        "k8s_get",
        "One object as YAML without noise. Secret values are left out unless values=true, which"
            + " asks the person.",
        placed()
            .required("kind", Schema.string("kind, plural or short name"))
            .required("name", Schema.string("its name"))
            .optional("fields", Schema.array("only these dotted paths", Schema.string("path")))
            .optional("values", Schema.bool("read a Secret's values, masked").byDefault(false)),
        Ceiling.of(Risk.HIGH, true, Set.of(Verb.READ, Verb.READ_SECRET), Place.SYSTEM));
  }

  static ToolSpec describe() {
    return ToolSpec.of(
        "k8s_describe",
        "One object with its owners, what it owns, conditions, related objects and events.",
        placed()
            .required("kind", Schema.string("kind, plural or short name"))
            .required("name", Schema.string("its name")),
        READS);
  }

  static ToolSpec logs() {
    return ToolSpec.of(
            "k8s_logs",
            "Logs of a pod, or of all pods of a workload or Service; repeated lines folded.",
            placed()
                .required("name", Schema.string("a pod, or what owns pods"))
                .optional("kind", Schema.string("its kind, if several have that name"))
                .optional("container", Schema.string("one container only"))
                .optional("previous", Schema.bool("of the run before a restart").byDefault(false))
                .optional("since", Schema.string("such as 10m or 2h"))
                .optional("grep", Schema.string("keep lines that match this regular expression"))
                .optional(
                    "tail",
                    Schema.integer("last lines read of each container")
                        .range(1, 100_000)
                        .byDefault(200)),
            READS)
        .keywords("log", "output", "stack trace", "error message");
  }

  static ToolSpec events() {
    return ToolSpec.of(
        "k8s_events",
        "Events merged and counted, newest last; Warnings only unless normal=true.",
        placed()
            .optional("kind", Schema.string("of objects of this kind"))
            .optional("name", Schema.string("of this object and what it owns"))
            .optional("all_namespaces", Schema.bool("of all namespaces").byDefault(false))
            .optional("normal", Schema.bool("Normal ones too").byDefault(false)),
        READS);
  }

  static ToolSpec contexts() {
    return ToolSpec.of(
        "k8s_contexts",
        "Contexts of the kubeconfig with server and namespace; which one is used here.",
        Schema.object(),
        Ceiling.reads(Place.SYSTEM));
  }

  static ToolSpec rolloutStatus() {
    return ToolSpec.of(
        "k8s_rollout_status",
        "How far a rollout is, and the revisions that can be gone back to.",
        ChangeSpecs.named(),
        READS);
  }

  static ToolSpec canI() {
    return ToolSpec.of(
            "k8s_can_i",
            "Whether you, a user or a service account may do something.",
            placed()
                .required("verb", Schema.string("get, list, create, patch, delete, …"))
                .required("kind", Schema.string("kind, plural or short name"))
                .optional("name", Schema.string("one object"))
                .optional("subresource", Schema.string("such as log or exec"))
                .optional(
                    "subject", Schema.string("left out: you; serviceaccount:NAME, or a user")),
            READS)
        .keywords("permission", "forbidden", "rbac", "allowed");
  }

  static Schema placed() {
    return Schema.object()
        .optional("namespace", Schema.string("left out: the one of this conversation"))
        .optional("context", Schema.string("left out: the one of this conversation"));
  }
}
