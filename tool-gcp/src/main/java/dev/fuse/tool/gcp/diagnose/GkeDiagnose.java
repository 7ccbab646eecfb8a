package dev.fuse.tool.gcp.diagnose;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.gcp.api.Access;
import dev.fuse.tool.gcp.api.GcpTool;

/** Finds why a workload in GKE is refused by Google Cloud. */
public final class GkeDiagnose implements GcpTool {

  static final Ceiling READS = Ceiling.readsRemote(SYSTEM);

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gke_diagnose",
              "Find why a workload in GKE is refused by Google Cloud: the identity chain from pod to"
                  + " resource, or from node to image, hop by hop with what proves each. Start here.",
              Schema.object()
                  .required("question", Schema.string("what was asked, or the error's text"))
                  .optional("namespace", Schema.string("only this one"))
                  .optional("cluster", Schema.string("default: that of the kube context"))
                  .optional("context", Schema.string("kube context; default: pinned")),
              READS)
          .calling(Kube.TOOLS)
          .keywords("403", "permission denied", "workload identity", "service account", "refused");

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Access access, Arguments arguments, Call call) {
    var question = arguments.string("question");
    return Action.of(
        "why Google Cloud refuses a workload",
        reads(access),
        running -> new Examination(access, running, arguments, question).run());
  }

  static Effect reads(Access access) {
    var target = Target.of(SYSTEM, "project", access.standard().orElse(""));
    return Effect.remote(Verb.READ, target, Risk.NONE);
  }
}
