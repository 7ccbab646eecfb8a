package dev.fuse.cli.exit;

/** An error for the person: what happened, why, and what to do next. */
public final class FuseException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Kind kind;
  private final String hint;

  /** What kind of error it is; each ends the process with one code. */
  public enum Kind {
    /** The command line is wrong. */
    USAGE(ExitCode.USAGE),
    /** A configuration or scenario file is invalid. */
    INVALID(ExitCode.INVALID),
    CREDENTIALS(ExitCode.CREDENTIALS),
    UNCONFIRMED(ExitCode.UNCONFIRMED),
    DENIED(ExitCode.DENIED),
    LIMIT(ExitCode.LIMIT),
    FAILED(ExitCode.FAILED),
    INTERRUPTED(ExitCode.INTERRUPTED);

    private final ExitCode exitCode;

    Kind(ExitCode exitCode) {
      this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
      return exitCode;
    }
  }

  /**
   * An error.
   *
   * @param problem what happened, with the value in quotes, and why
   * @param hint what to do next; may be empty
   */
  public FuseException(Kind kind, String problem, String hint) {
    super(problem, null, false, false);
    this.kind = kind;
    this.hint = hint;
  }

  public Kind kind() {
    return kind;
  }

  public String problem() {
    return String.valueOf(getMessage());
  }

  public String hint() {
    return hint;
  }

  public ExitCode exitCode() {
    return kind.exitCode();
  }
}
