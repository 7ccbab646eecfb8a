package dev.fuse.tool.github.api;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;

/** GitHub's answer to a request that it did not carry out. */
public final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;
  private final Kind kind;
  private final String hint;

  Refused(int status, Kind kind, String problem, String hint) {
    super(problem, null, false, false);
    this.status = status;
    this.kind = kind;
    this.hint = hint;
  }

  /** The HTTP status; 0 where there was no answer. */
  public int status() {
    return status;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether the thing is not there, or may not be seen. */
  public boolean absent() {
    return status == 404 || status == 410;
  }

  public String problem() {
    return String.valueOf(getMessage());
  }

  /** What happened and what to do, for a list of what was not read. */
  public String words() {
    return hint.isEmpty() ? problem() : problem() + " (" + hint + ")";
  }

  /** The same as the answer of a tool. */
  public ToolFailure failure() {
    return new ToolFailure(kind, problem(), hint);
  }
}
