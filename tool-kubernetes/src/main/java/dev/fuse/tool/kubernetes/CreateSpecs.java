package dev.fuse.tool.kubernetes;

import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import java.util.Set;

/** What is known of the tools that make objects before any of their code is loaded. */
final class CreateSpecs {

  private CreateSpecs() {}

  static ToolSpec create() {
    return ToolSpec.of(
            "k8s_create",
            "Make what people make by hand, checked against what is there: a job from a CronJob, a"
                + " Service or autoscaler for a workload, a role, a binding, a namespace, … For"
                + " anything else k8s_apply.",
            ReadSpecs.placed()
                .required(
                    "kind",
                    Schema.choice(
                        "what",
                        "namespace",
                        "configmap",
                        "serviceaccount",
                        "job",
                        "service",
                        "autoscaler",
                        "role",
                        "rolebinding"))
                .required("name", Schema.string("its name"))
                .optional("from", Schema.string("job: the CronJob; service, autoscaler: KIND/NAME"))
                .optional("data", Schema.map("configmap: keys and values; no secrets"))
                .optional("port", Schema.integer("service: its port").range(1, 65_535))
                .optional("target_port", Schema.string("service: the container's, if another"))
                .optional("min", Schema.integer("autoscaler: fewest").range(1, 10_000))
                .optional("max", Schema.integer("autoscaler: most").range(1, 10_000))
                .optional("cpu", Schema.integer("autoscaler: percent of requests").range(1, 1000))
                .optional("verbs", Schema.array("role", Schema.string("verb")))
                .optional("resources", Schema.array("role: kinds", Schema.string("kind")))
                .optional("role", Schema.string("rolebinding: a Role, or ClusterRole/NAME"))
                .optional(
                    "subject",
                    Schema.string("rolebinding: serviceaccount:NAME, group:NAME, a user")),
            Ceiling.of(Risk.CRITICAL, true, Set.of(Verb.CREATE), Place.SYSTEM))
        .keywords("expose", "autoscale", "run cronjob now", "grant");
  }

  static ToolSpec createSecret() {
    return ToolSpec.of(
            "k8s_create_secret",
            "Make a Secret or set one of its keys, from where the value is; the value is shown to"
                + " nobody.",
            ChangeSpecs.insisted(ReadSpecs.placed())
                .required("name", Schema.string("the Secret"))
                .required("value", Schema.string("prompt, env:NAME, file:PATH, …").secretSource())
                .optional("key", Schema.string("its key; left out for registry and certificate"))
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
