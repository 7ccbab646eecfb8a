package dev.fuse.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a scripted model answers.
 *
 * @param text streamed word by word
 * @param calls asked for after the text
 * @param finish the finish reason; {@code stop} or {@code tool_calls} where nothing else is meant
 * @param fault how the answer goes wrong
 */
public record Reply(String text, List<Call> calls, String finish, Optional<Fault> fault) {

  public Reply {
    calls = List.copyOf(calls);
  }

  /** A call of a tool. */
  public record Call(String tool, Map<String, Object> arguments) {}

  /** How an answer goes wrong. */
  public sealed interface Fault {}

  /**
   * Another status than 200.
   *
   * @param retryAfter the header's value; empty for none
   */
  public record Status(int status, String retryAfter) implements Fault {}

  /** A page of HTML with status 502, as a proxy sends. */
  public record Html() implements Fault {}

  /** Ends before the answer is whole, after that many events. */
  public record Ends(How how, int events) implements Fault {
    /** In which way. */
    public enum How {
      /** The connection is reset. */
      RESET,
      /** The connection closes in the middle of the body. */
      CUT,
      /** The body is whole as HTTP sees it, and has no finish reason. */
      TRUNCATED,
      /** An event with an error comes instead of the rest. */
      ERROR_EVENT,
      /** An event comes that is no JSON. */
      MALFORMED,
      /** Nothing more comes. */
      HANGS
    }
  }

  /** The last event, {@code [DONE]}, is missing; the answer is whole all the same. */
  public record NoDone() implements Fault {}

  /** Arguments of calls are cut off. */
  public record MalformedArguments() implements Fault {}

  /** An answer without choices. */
  public record NoChoices() implements Fault {}

  public static Reply says(String text) {
    return new Reply(text, List.of(), "", Optional.empty());
  }

  public static Reply calls(Call... calls) {
    return new Reply("", List.of(calls), "", Optional.empty());
  }

  /** A call with arguments: key, value, key, value … */
  public static Call call(String tool, Object... pairs) {
    var arguments = new java.util.LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      arguments.put((String) pairs[i], pairs[i + 1]);
    }
    return new Call(tool, arguments);
  }

  public Reply failing(Fault how) {
    return new Reply(text, calls, finish, Optional.of(how));
  }

  public Reply finishing(String reason) {
    return new Reply(text, calls, reason, fault);
  }
}
