package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.look.ReadSpecs;
import java.util.Set;

/** What is known of the tools that make objects before any of their code is loaded. */
public final class CreateSpecs {

  private CreateSpecs() {}

  public static ToolSpec create() {
    return ToolSpec.of(
            "k8s_create",
            "Make a job from a CronJob, a Service or autoscaler for a workload, a role, …, checked"
                + " against what is there. Else k8s_apply.",
            ReadSpecs.placed()
                .required(
                    "kind",
                    Schema.choice(
                        "what to make",
                        "namespace",
                        "configmap",
                        "serviceaccount",
                        "job",
                        "service",
                        "autoscaler",
                        "role",
                        "rolebinding"))
                .required("name", Schema.string("its name"))
                .optional("from", Schema.string("CronJob, or workload as KIND/NAME"))
                .optional("data", Schema.map("of a configmap; no secrets"))
                .optional("port", Schema.integer("of the service"))
                .optional("target_port", Schema.string("of the container, if another"))
                .optional("min", Schema.integer("fewest replicas"))
                .optional("max", Schema.integer("most replicas"))
                .optional("cpu", Schema.integer("target, % of requests"))
                .optional("verbs", Schema.array("of a role", Schema.string("verb")))
                .optional("resources", Schema.array("of a role", Schema.string("kind")))
                .optional("role", Schema.string("to bind: NAME or ClusterRole/NAME"))
                .optional("subject", Schema.string("serviceaccount:NAME, group:NAME, a user")),
            Ceiling.of(Risk.CRITICAL, true, Set.of(Verb.CREATE), Place.SYSTEM))
        .keywords("expose", "autoscale", "run cronjob now", "grant");
  }

  public static ToolSpec createSecret() {
    return ToolSpec.of(
            "k8s_create_secret",
            "Make a Secret or set one of its keys, from where the value is; the value is shown to"
                + " nobody.",
            ChangeSpecs.insisted(ReadSpecs.placed())
                .required("name", Schema.string("the Secret"))
                .required("value", Schema.string("prompt, env:NAME, file:PATH, …").secretSource())
                .optional("key", Schema.string("its key, unless registry or certificate"))
                .optional("registry", Schema.string("host: a pull secret; value is the password"))
                .optional("username", Schema.string("of the registry"))
                .optional(
                    "certificate",
                    Schema.string("file:PATH: a TLS Secret; value is the private key")
                        .secretSource()),
            Ceiling.of(Risk.CRITICAL, true, Set.of(Verb.CREATE, Verb.UPDATE), Place.SYSTEM))
        .keywords("password", "credentials", "pull secret", "rotate");
  }
}
