package dev.fuse.brief;

import dev.fuse.run.Cancellation;
import dev.fuse.run.ToolRequest;
import dev.fuse.spi.ToolSpec;
import java.util.List;
import java.util.function.Consumer;

/**
 * A language model that answers once; it never runs a tool. Implementations retry by themselves.
 */
public interface ChatModel {

  /** Its name, as the person gave it. */
  String name();

  /** How many tokens a request and its answer may have together. */
  int window();

  /** How many tokens a text has, counted exactly; may be slow. */
  int count(String text);

  /**
   * One streamed answer. Ends early when the cancellation is cancelled.
   *
   * @param listener is told of text as it comes; once it was told anything nothing is tried again
   */
  Reply reply(Request request, Listener listener, Cancellation cancellation);

  /**
   * What the model is sent.
   *
   * @param tools those it may ask for; none where an answer is to be forced
   */
  record Request(List<Message> messages, List<ToolSpec> tools) {
    public Request {
      messages = List.copyOf(messages);
      tools = List.copyOf(tools);
    }
  }

  /** Hears how an answer comes along. */
  interface Listener {
    void text(String delta);

    /** A try failed and the next one follows after this many milliseconds. */
    void retrying(String why, long afterMillis);

    /** A listener that only takes text. */
    static Listener of(Consumer<String> text) {
      return new Listener() {
        @Override
        public void text(String delta) {
          text.accept(delta);
        }

        @Override
        public void retrying(String why, long afterMillis) {}
      };
    }
  }

  /** How the call ended. */
  sealed interface Reply {}

  /** The model spoke to its end. */
  record Said(String text, List<ToolRequest> requests, Usage usage, boolean cutByLength)
      implements Reply {
    public Said {
      requests = List.copyOf(requests);
    }
  }

  /**
   * It did not.
   *
   * @param problem what happened, for the person, with the value in quotes
   * @param hint what to do next
   * @param partial text that had been shown by then
   */
  record Broken(Kind kind, String problem, String hint, String partial) implements Reply {}

  /** Why there is no whole answer. */
  enum Kind {
    /** The key is missing or refused. */
    CREDENTIALS,
    /** The service is out of reach, overloaded, or limits the rate, after all tries. */
    UNAVAILABLE,
    /** The stream ended, stalled or turned into an error before the answer was whole. */
    CUT,
    /** The request was refused as it is: unknown model, too long. */
    REFUSED,
    CANCELLED
  }

  /** Tokens in and out, as the service reports them; 0 where it does not. */
  record Usage(long input, long output) {
    public static final Usage NONE = new Usage(0, 0);

    public Usage plus(Usage other) {
      return new Usage(input + other.input, output + other.output);
    }
  }
}
