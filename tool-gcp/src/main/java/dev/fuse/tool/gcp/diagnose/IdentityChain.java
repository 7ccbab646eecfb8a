package dev.fuse.tool.gcp.diagnose;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.gcp.api.Access;
import dev.fuse.tool.gcp.api.GcpTool;

/** Draws the identity chain of one workload. */
public final class IdentityChain implements GcpTool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gke_identity_chain",
              "Draw the identity chain of one workload: Kubernetes service account, node pool,"
                  + " Google account or direct principal, role, resource; each hop ✓, ✗ or ?.",
              Schema.object()
                  .required("workload", Schema.string("name of a workload, pod or its account"))
                  .optional("namespace", Schema.string("its namespace"))
                  .optional("resource", Schema.string("gs://b, projects/P/topics/T …"))
                  .optional("permission", Schema.string("such as pubsub.topics.publish"))
                  .optional("image", Schema.bool("the node's pull of its image instead"))
                  .optional("cluster", Schema.string("default: that of the kube context"))
                  .optional("context", Schema.string("kube context; default: pinned")),
              GkeDiagnose.READS)
          .calling(Kube.TOOLS)
          .keywords("which service account", "identity", "as whom");

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Access access, Arguments arguments, Call call) {
    var name = arguments.string("workload");
    var question =
        String.join(
            " ",
            name.replaceFirst("^[a-z]+/", ""),
            arguments.string("namespace", ""),
            arguments.string("resource", ""),
            arguments.string("permission", ""));
    return Action.of(
        "the identity chain of " + name,
        GkeDiagnose.reads(access),
        running -> new Examination(access, running, arguments, question.strip()).run());
  }
}
