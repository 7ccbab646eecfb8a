package dev.fuse.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a scripted model answers.
 *
 * @param calls asked for after the text
 * @param finish the finish reason; empty for {@code stop} or {@code tool_calls}, whichever fits
 * @param fault how the answer goes wrong
 */
public record Reply(
    String text, List<Call> calls, String finish, Usage usage, Pace pace, Optional<Fault> fault) {

  public Reply {
    calls = List.copyOf(calls);
  }

  /** A call of a tool. */
  public record Call(String tool, Map<String, Object> arguments) {}

  /** Tokens that the answer says it took. */
  public record Usage(long input, long output) {}

  /**
   * How fast it comes.
   *
   * @param latencyMillis before the first byte
   * @param betweenMillis before each further event
   * @param characters of text in an event; 0 for one word
   */
  public record Pace(int latencyMillis, int betweenMillis, int characters) {
    public static final Pace AT_ONCE = new Pace(0, 0, 0);
  }

  /** How an answer goes wrong. */
  public sealed interface Fault {}

  /**
   * Another status than 200.
   *
   * @param retryAfter the header's value; empty for none
   * @param message in the body's error object
   */
  public record Status(int status, String retryAfter, String message) implements Fault {
    public Status(int status, String retryAfter) {
      this(status, retryAfter, "scripted error " + status);
    }
  }

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
    return new Reply(text, List.of(), "", new Usage(100, 10), Pace.AT_ONCE, Optional.empty());
  }

  public static Reply calls(Call... calls) {
    return says("").calling(calls);
  }

  /** A call with arguments: key, value, key, value … */
  public static Call call(String tool, Object... pairs) {
    var arguments = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      arguments.put((String) pairs[i], pairs[i + 1]);
    }
    return new Call(tool, arguments);
  }

  /** The same with these calls after its text. */
  public Reply calling(Call... wanted) {
    return new Reply(text, List.of(wanted), finish, usage, pace, fault);
  }

  public Reply failing(Fault how) {
    return new Reply(text, calls, finish, usage, pace, Optional.of(how));
  }

  public Reply finishing(String reason) {
    return new Reply(text, calls, reason, usage, pace, fault);
  }

  public Reply using(long input, long output) {
    return new Reply(text, calls, finish, new Usage(input, output), pace, fault);
  }

  public Reply paced(Pace speed) {
    return new Reply(text, calls, finish, usage, speed, fault);
  }
}
