package dev.fuse.spi;

/** Thrown by a tool to answer with a failure; it becomes a value at the seam. */
public final class ToolFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient ToolResult.Failed result;

  public ToolFailure(ToolResult.Kind kind, String problem, String hint) {
    super(problem, null, false, false);
    this.result = ToolResult.failed(kind, problem, hint);
  }

  /** The arguments make no call. */
  public static ToolFailure invalid(String problem, String hint) {
    return new ToolFailure(ToolResult.Kind.INVALID, problem, hint);
  }

  /** What was asked for is not there. */
  public static ToolFailure notFound(String problem, String hint) {
    return new ToolFailure(ToolResult.Kind.NOT_FOUND, problem, hint);
  }

  public ToolResult.Failed result() {
    return result;
  }
}
