package dev.fuse.tool.gcp.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.gcp.api.Access;
import dev.fuse.tool.gcp.api.GcpTool;

/** Revokes a role on one resource. */
public final class IamRevoke implements GcpTool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gcp_iam_revoke",
              "Revoke a role from a member on one resource.",
              BindingEdit.parameters(),
              BindingEdit.CEILING)
          .keywords("binding", "role", "remove-iam-policy-binding");

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Access access, Arguments arguments, Call call) {
    return new BindingEdit(false).prepare(access, arguments, call);
  }
}
