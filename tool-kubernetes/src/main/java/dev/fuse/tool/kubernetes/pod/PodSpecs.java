package dev.fuse.tool.kubernetes.pod;

import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.look.ReadSpecs;
import java.util.Set;

/** What is known of the tools that reach into pods before any of their code is loaded. */
public final class PodSpecs {

  static final String FILES = "files";

  private PodSpecs() {}

  public static ToolSpec exec() {
    return ToolSpec.of(
            "k8s_exec",
            "Run a program in a container and get its output; no shell unless argv names one.",
            pod()
                .required("argv", Schema.array("program and arguments", Schema.string("word")))
                .optional("seconds", Schema.integer("at most").range(1, 600).byDefault(30)),
            Ceiling.of(Risk.CRITICAL, true, Set.of(Verb.EXECUTE), Place.SYSTEM))
        .keywords("inside the container", "run in pod", "shell");
  }

  public static ToolSpec copy() {
    return ToolSpec.of(
        "k8s_copy",
        "Copy a file or folder from a pod to this machine, or to a pod; needs tar in the container.",
        pod()
            .required("direction", Schema.choice("which way", "from_pod", "to_pod"))
            .required("pod_path", Schema.string("absolute path in the container"))
            .required("path", Schema.string("path on this machine; must not exist for from_pod")),
        Ceiling.of(
            Risk.CRITICAL,
            true,
            Set.of(Verb.EXECUTE, Verb.CREATE, Verb.READ, Verb.READ_SECRET),
            Place.SYSTEM,
            FILES));
  }

  public static ToolSpec portForward() {
    return ToolSpec.of(
        "k8s_port_forward",
        "Forward a port of this machine, on loopback only, to a pod, workload or Service; until"
            + " this conversation ends or stop=true.",
        pod()
            .required("port", Schema.integer("of the container or Service").range(1, 65_535))
            .optional("local_port", Schema.integer("left out: a free one").range(1024, 65_535))
            .optional("stop", Schema.bool("end it")),
        Ceiling.of(Risk.CRITICAL, true, Set.of(Verb.EXECUTE), Place.SYSTEM));
  }

  public static ToolSpec debug() {
    return ToolSpec.of(
        "k8s_debug",
        "Add an ephemeral container, unprivileged, to a running pod, to look around in with"
            + " k8s_exec. It stays until the pod ends.",
        ReadSpecs.placed()
            .required("name", Schema.string("the pod"))
            .required("image", Schema.string("such as busybox:1.37"))
            .optional("container", Schema.string("whose processes it shall see"))
            .optional(
                "argv", Schema.array("its program; left out: the image's", Schema.string("word"))),
        Ceiling.of(Risk.CRITICAL, true, Set.of(Verb.EXECUTE), Place.SYSTEM));
  }

  private static Schema pod() {
    return ReadSpecs.placed()
        .required("name", Schema.string("a pod, or what owns pods"))
        .optional("container", Schema.string("left out: the first"));
  }
}
