package dev.fuse.cli.exit;

import dev.fuse.agent.Outcome;

/** How the process ends; the constants stand in the order in which one outweighs the next. */
public enum ExitCode {
  /** Ended by SIGTERM. */
  TERMINATED(143),
  /** Interrupted by the person. */
  INTERRUPTED(130),
  /** A bug in Fuse. */
  BUG(70),
  /** The command line is wrong. */
  USAGE(2),
  /** A configuration or scenario file is invalid. */
  INVALID(7),
  /** Credentials of a model or system that was named are missing or refused. */
  CREDENTIALS(4),
  /** A confirmation was needed and nobody was there to give it. */
  UNCONFIRMED(3),
  /** Denied by a rule or by the person. */
  DENIED(5),
  /** Turns, tokens or time ran out. */
  LIMIT(6),
  FAILED(1),
  DONE(0);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number that the process ends with. */
  public int code() {
    return code;
  }

  /** The one of the two that outweighs the other. */
  public ExitCode or(ExitCode other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** How a one-shot ends whose prompt ended so. */
  public static ExitCode of(Outcome.Status status) {
    return switch (status) {
      case DONE -> DONE;
      case UNCONFIRMED -> UNCONFIRMED;
      case DENIED -> DENIED;
      case LIMIT -> LIMIT;
      case CREDENTIALS -> CREDENTIALS;
      case FAILED -> FAILED;
      case INTERRUPTED -> INTERRUPTED;
    };
  }
}
