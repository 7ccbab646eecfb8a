package dev.fuse.cli.exit;

import dev.fuse.agent.Outcome;
import dev.fuse.gate.Decision;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** How the process ends; the constants stand in the order in which one outweighs the next. */
public enum ExitCode {
  /** Ended by SIGTERM. */
  TERMINATED(143, "ended by SIGTERM"),
  /** Interrupted by the person. */
  INTERRUPTED(130, "interrupted"),
  /** A bug in Fuse. */
  BUG(70, "a bug in Fuse"),
  /** The command line is wrong. */
  USAGE(2, "wrong usage"),
  /** A configuration or scenario file is invalid. */
  INVALID(7, "a configuration or scenario file is invalid"),
  /** Credentials of a model or system that was named are missing or refused. */
  CREDENTIALS(4, "credentials are missing or were refused"),
  /** A confirmation was needed and nobody was there to give it. */
  UNCONFIRMED(3, "needed a confirmation, and there was no terminal"),
  /** Denied by a rule or by the person. */
  DENIED(5, "denied by a rule or by you"),
  /** Turns, tokens or time ran out. */
  LIMIT(6, "a limit was reached (turns, tokens, time)"),
  /** It did not work. */
  FAILED(1, "failed"),
  /** All is well. */
  DONE(0, "done");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** In words for help and the manual. */
  public String meaning() {
    return meaning;
  }

  /** All of them by number. */
  public static List<ExitCode> byNumber() {
    return Stream.of(values()).sorted(Comparator.comparingInt(ExitCode::code)).toList();
  }

  /** The number that the process ends with. */
  public int code() {
    return code;
  }

  /** The one of the two that outweighs the other. */
  public ExitCode or(ExitCode other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** How a one-shot ends whose prompt ended so: a person's no counts, whatever was answered. */
  public static ExitCode of(Outcome outcome) {
    boolean declined =
        outcome.calls().stream()
            .anyMatch(
                call ->
                    call.ruling() instanceof Decision.Refused refused
                        && refused.by() == Decision.By.PERSON);
    var code = of(outcome.status());
    return declined ? code.or(DENIED) : code;
  }

  private static ExitCode of(Outcome.Status status) {
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
