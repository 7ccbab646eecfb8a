package dev.fuse.spi;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a call gave; a failure is an answer too. */
public sealed interface ToolResult {

  /**
   * It worked.
   *
   * @param text for the model: plain text, no secrets but the declared ones, no JSON wrapping
   * @param structured JDK maps, lists and scalars for programs
   * @param findings what a diagnoser found; the host adds them to {@code text} in its own words
   * @param secrets values in {@code text} and {@code structured} that nobody may read
   * @param undo the call that takes this one back
   */
  record Ok(
      String text,
      Optional<Object> structured,
      List<Finding> findings,
      List<Secret> secrets,
      Optional<Undo> undo)
      implements ToolResult {

    public Ok {
      findings = List.copyOf(findings);
      secrets = List.copyOf(secrets);
    }

    public Ok structured(Object value) {
      return new Ok(text, Optional.of(value), findings, secrets, undo);
    }

    public Ok findings(List<Finding> found) {
      return new Ok(text, structured, found, secrets, undo);
    }

    public Ok secrets(Secret... values) {
      return new Ok(text, structured, findings, Arrays.asList(values), undo);
    }

    public Ok undo(Undo undoing) {
      return new Ok(text, structured, findings, secrets, Optional.of(undoing));
    }
  }

  /**
   * It did not.
   *
   * @param problem what happened, with the value in quotes
   * @param hint what to do next; may be empty
   * @param undo what takes back the part that was done before it failed
   */
  record Failed(Kind kind, String problem, String hint, Optional<Undo> undo) implements ToolResult {

    /** A failure that left nothing done. */
    public Failed(Kind kind, String problem, String hint) {
      this(kind, problem, hint, Optional.empty());
    }

    public Failed undo(Undo undoing) {
      return new Failed(kind, problem, hint, Optional.of(undoing));
    }
  }

  /** Why a call failed. */
  enum Kind {
    INVALID,
    NOT_FOUND,
    CREDENTIALS,
    FORBIDDEN,
    CONFLICT,
    UNAVAILABLE,
    LIMIT,
    /** A change was begun and its end was not seen: it may have happened. */
    UNKNOWN_OUTCOME
  }

  /**
   * A value that is masked wherever it stands.
   *
   * @param name what it is, such as {@code db-password}; becomes part of the handle
   */
  record Secret(String name, String value) {
    @Override
    public String toString() {
      return "Secret[" + name + "]";
    }
  }

  static Ok ok(String text) {
    return new Ok(text, Optional.empty(), List.of(), List.of(), Optional.empty());
  }

  static Failed failed(Kind kind, String problem, String hint) {
    return new Failed(kind, problem, hint);
  }
}
