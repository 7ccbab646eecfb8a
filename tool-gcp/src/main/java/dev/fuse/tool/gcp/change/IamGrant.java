package dev.fuse.tool.gcp.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.gcp.api.Access;
import dev.fuse.tool.gcp.api.GcpTool;

/** Grants a role on one resource. */
public final class IamGrant implements GcpTool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gcp_iam_grant",
              "Grant a role to a member on one resource, with a condition where wanted. Prefer the narrowest role"
                  + " on the narrowest resource.",
              BindingEdit.parameters(),
              BindingEdit.CEILING)
          .keywords("binding", "role", "add-iam-policy-binding");

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Access access, Arguments arguments, Call call) {
    return new BindingEdit(true).prepare(access, arguments, call);
  }
}
