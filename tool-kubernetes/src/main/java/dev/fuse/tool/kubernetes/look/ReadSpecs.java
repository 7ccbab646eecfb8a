package dev.fuse.tool.kubernetes.look;

import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.kubernetes.api.Place;
import java.util.Set;

/** What is known of the reading tools before any of their code is loaded. */
public final class ReadSpecs {

  private static final Ceiling READS = Ceiling.readsRemote(Place.SYSTEM);

  private static final Schema KIND = Schema.string("as kubectl takes it");
  private static final Schema NAME = Schema.string("its name");
  private static final Schema CONTEXT = Schema.string("default: current");

  private ReadSpecs() {}

  public static ToolSpec diagnose() {
    return ToolSpec.of(
            "k8s_diagnose",
            "Find what is wrong with a workload, a namespace or the whole cluster: causes with"
                + " evidence, and a digest of what runs. Start here; usually nothing else is"
                + " needed.",
            placed()
                .optional("kind", Schema.string("its kind"))
                .optional("name", NAME)
                .optional("all_namespaces", Schema.bool("the whole cluster"))
                .optional("question", Schema.string("what was asked"))
                .optional(
                    "budget",
                    Schema.integer("tokens of the digest").range(100, 4000).byDefault(400)),
            READS)
        .keywords("crash", "pending", "unhealthy", "why", "broken", "not ready", "unreachable");
  }

  public static ToolSpec list() {
    return ToolSpec.of(
            "k8s_list",
            "List objects of any kind, CRDs too, with kubectl's columns. Filter with selectors"
                + " or grep; count_by gives counts only.",
            placed()
                .required("kind", Schema.string("as kubectl takes it; kind.group if unclear"))
                .optional("all_namespaces", Schema.bool("everywhere"))
                .optional("selector", Schema.string("label selector"))
                .optional("field_selector", Schema.string("status.phase!=Running"))
                .optional("grep", Schema.string("regex that rows match"))
                .optional("count_by", Schema.string("column"))
                .optional("wide", Schema.bool("all columns"))
                .optional("limit", Schema.integer("most rows").range(1, 1000).byDefault(100)),
            READS)
        .keywords("show", "which", "how many", "pods", "deployments", "services", "nodes");
  }

  public static ToolSpec get() {
    return ToolSpec.of(
        "k8s_get",
        "One object as YAML without noise. Secret values are left out unless values=true, which"
            + " asks the person.",
        placed()
            .required("kind", KIND)
            .required("name", NAME)
            .optional("fields", Schema.array("paths to show", Schema.string("path")))
            .optional("values", Schema.bool("a Secret's values, masked")),
        Ceiling.of(Risk.HIGH, true, Set.of(Verb.READ, Verb.READ_SECRET), Place.SYSTEM));
  }

  public static ToolSpec describe() {
    return ToolSpec.of(
        "k8s_describe",
        "One object with its owners, what it owns, conditions, related objects and events.",
        placed().required("kind", KIND).required("name", NAME),
        READS);
  }

  public static ToolSpec logs() {
    return ToolSpec.of(
            "k8s_logs",
            "Logs of a pod, or of all pods of a workload or Service; repeated lines folded.",
            placed()
                .required("name", Schema.string("a pod, or what owns pods"))
                .optional("kind", Schema.string("its kind"))
                .optional("container", Schema.string("only this one"))
                .optional("previous", Schema.bool("the run before the restart"))
                .optional("since", Schema.string("10m, 2h"))
                .optional("grep", Schema.string("regex that lines match"))
                .optional(
                    "tail", Schema.integer("last lines read").range(1, 100_000).byDefault(200)),
            READS)
        .keywords("log", "output", "stack trace", "error message");
  }

  public static ToolSpec events() {
    return ToolSpec.of(
        "k8s_events",
        "Events merged and counted, newest last; Warnings only unless normal=true.",
        placed()
            .optional("kind", Schema.string("of this kind"))
            .optional("name", Schema.string("of it and what it owns"))
            .optional("all_namespaces", Schema.bool("everywhere"))
            .optional("normal", Schema.bool("Normal ones too")),
        READS);
  }

  public static ToolSpec contexts() {
    return ToolSpec.of(
        "k8s_contexts",
        "Contexts of the kubeconfig with server and namespace; which one is used here.",
        Schema.object(),
        Ceiling.reads(Place.SYSTEM));
  }

  public static ToolSpec rolloutStatus() {
    return ToolSpec.of(
        "k8s_rollout_status",
        "How far a rollout is, and the revisions that can be gone back to.",
        named(),
        READS);
  }

  public static ToolSpec canI() {
    return ToolSpec.of(
            "k8s_can_i",
            "Whether you, a user or a service account may do something.",
            placed()
                .required("verb", Schema.string("get, list, create …"))
                .required("kind", KIND)
                .optional("name", Schema.string("one object"))
                .optional("subresource", Schema.string("log, exec …"))
                .optional("subject", Schema.string("serviceaccount:NAME or a user; default: you")),
            READS)
        .keywords("permission", "forbidden", "rbac", "allowed");
  }

  public static ToolSpec top() {
    return ToolSpec.of(
            "k8s_top",
            "CPU and memory that pods or nodes use, beside requests and limits, the hungriest"
                + " first.",
            placed()
                .optional("nodes", Schema.bool("nodes, not pods"))
                .optional("all_namespaces", Schema.bool("everywhere"))
                .optional("selector", Schema.string("label selector"))
                .optional("sort", Schema.choice("by", "memory", "cpu").byDefault("memory"))
                .optional("limit", Schema.integer("most rows").range(1, 1000).byDefault(30)),
            READS)
        .keywords("usage", "cpu", "memory", "consumption");
  }

  public static ToolSpec explain() {
    return ToolSpec.of(
        "k8s_explain",
        "Fields of a kind from the cluster's own schema, CRDs too.",
        Schema.object()
            .required("kind", KIND)
            .optional("field", Schema.string("path such as spec.strategy"))
            .optional("context", CONTEXT),
        READS);
  }

  public static ToolSpec diff() {
    return ToolSpec.of(
        "k8s_diff",
        "What a manifest would change (server dry-run), or how an object differs from another one.",
        placed()
            .optional("manifest", Schema.string("YAML documents"))
            .optional("kind", KIND)
            .optional("name", NAME)
            .optional("other_namespace", Schema.string("the one there"))
            .optional("other_context", Schema.string("the one there"))
            .optional("other_name", Schema.string("another name")),
        READS);
  }

  public static ToolSpec waitFor() {
    return ToolSpec.of(
        "k8s_wait",
        "Wait until objects are as wanted.",
        placed()
            .required("kind", KIND)
            .optional("name", NAME)
            .optional("selector", Schema.string("or these"))
            .required(
                "for",
                Schema.string(
                    "condition=Ready, delete, create, rollout or"
                        + " jsonpath={.status.phase}=Running"))
            .optional("seconds", Schema.integer("at most").range(1, 600).byDefault(60)),
        READS);
  }

  public static Schema placed() {
    return Schema.object()
        .optional("namespace", Schema.string("default: current"))
        .optional("context", CONTEXT);
  }

  public static Schema named() {
    return placed()
        .required("kind", Schema.string("as kubectl takes it"))
        .required("name", Schema.string("its name"));
  }
}
