package dev.fuse.cli.session;

import dev.fuse.brief.Message;
import dev.fuse.brief.Message.Assistant;
import dev.fuse.brief.Message.Instructions;
import dev.fuse.brief.Message.Observation;
import dev.fuse.brief.Transcript;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.home.Reason;
import dev.fuse.cli.json.EventJson;
import dev.fuse.run.ToolRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A saved conversation as far as it can be gone on with.
 *
 * @param events its lines but the first, as they were written
 * @param notes what could not be read or was left open
 */
record Resumed(
    Transcript transcript, List<Map<String, @Nullable Object>> events, List<String> notes) {

  static final long VERSION = 1;

  private static final Pattern HANDLE = Pattern.compile("⟦secret:[^⟧#]{1,40}#(\\d{1,9})⟧");

  /** What a new conversation begins with. */
  static Resumed nothing() {
    return new Resumed(Transcript.empty(), List.of(), List.of());
  }

  /**
   * Reads a file.
   *
   * @throws FuseException if it cannot be read, was written by a newer Fuse, or has lost its
   *     beginning
   */
  static Resumed read(Path file) {
    var reading = new Reading(file);
    try {
      SessionFile.read(file, reading);
    } catch (IOException e) {
      throw new FuseException(
          Kind.FAILED, "'%s' cannot be read: %s".formatted(file, Reason.of(e)), "");
    }
    return reading.resumed();
  }

  /** The highest number of a secret's handle: a new one must not be taken for one of these. */
  static int lastHandle(Transcript transcript) {
    return transcript.messages().stream()
        .flatMap(message -> HANDLE.matcher(message.toString()).results())
        .mapToInt(handle -> Integer.parseInt(handle.group(1)))
        .max()
        .orElse(0);
  }

  /** The highest number of a call: ids stay unique in a conversation. */
  int lastCall() {
    return events.stream()
        .map(
            event ->
                event.get("call") instanceof Map<?, ?> call ? call.get("call") : event.get("call"))
        .filter(id -> id instanceof String text && text.matches("c\\d{1,9}"))
        .mapToInt(id -> Integer.parseInt(String.valueOf(id).substring(1)))
        .max()
        .orElse(0);
  }

  private static final class Reading implements SessionFile.Reader {
    private final Path file;
    private final List<Message> messages = new ArrayList<>();
    private final List<Map<String, @Nullable Object>> events = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, ToolRequest> open = new LinkedHashMap<>();
    private final Map<String, String> begun = new LinkedHashMap<>();

    Reading(Path file) {
      this.file = file;
    }

    @Override
    public boolean line(long number, Map<String, @Nullable Object> event) {
      try {
        event(event);
      } catch (IOException e) {
        corrupt(number, String.valueOf(e.getMessage()));
      }
      return true;
    }

    @Override
    public void corrupt(long number, String problem) {
      notes.add(
          "line %d of '%s' cannot be read and is left out: %s".formatted(number, file, problem));
    }

    private void event(Map<String, @Nullable Object> event) throws IOException {
      switch (EventJson.text(event, "type")) {
        case "conversation" -> {
          version(event);
          return;
        }
        case "said" -> said(EventJson.message(event.get("message")));
        case "call-begun" ->
            begun.put(EventJson.text(event, "call"), EventJson.text(event, "tool"));
        case "call-ended" -> {
          if (event.get("call") instanceof Map<?, ?> call) {
            begun.remove(String.valueOf(call.get("call")));
          }
        }
        default -> {
          // What is only there to be shown.
        }
      }
      events.add(event);
    }

    private void version(Map<String, @Nullable Object> header) {
      if (header.get("version") instanceof Long version && version > VERSION) {
        throw new FuseException(
            Kind.FAILED,
            "'%s' was written by a newer Fuse: its format is %d, and this one reads up to %d"
                .formatted(file, version, VERSION),
            "update Fuse, or start a new conversation");
      }
    }

    private void said(Message message) {
      if (message instanceof Observation observation) {
        // A model's service refuses an observation that nobody asked for.
        if (open.remove(observation.request()) != null) {
          messages.add(message);
        }
        return;
      }
      closeRequests();
      messages.add(message);
      if (message instanceof Assistant assistant) {
        assistant.requests().forEach(request -> open.put(request.id(), request));
      }
    }

    /** A service also refuses a request without an observation. */
    private void closeRequests() {
      for (var request : open.values()) {
        boolean maybe = begun.containsValue(request.tool());
        if (maybe) {
          notes.add(
              "a call of %s was begun and its end was not seen: it may have happened"
                  .formatted(request.tool()));
        }
        messages.add(new Observation(request.id(), request.tool(), maybe ? UNKNOWN : LOST));
      }
      open.clear();
      begun.clear();
    }

    Resumed resumed() {
      closeRequests();
      if (!messages.isEmpty() && !(messages.getFirst() instanceof Instructions)) {
        throw new FuseException(
            Kind.FAILED,
            "the beginning of '%s' is lost, so it cannot be resumed".formatted(file),
            "'fuse sessions show' shows what is left; start a new conversation");
      }
      return new Resumed(new Transcript(messages), List.copyOf(events), List.copyOf(notes));
    }
  }

  private static final String UNKNOWN =
      "failed, unknown outcome: Fuse was stopped while this ran; it may have happened. Look before"
          + " you try it again.";

  private static final String LOST =
      "failed, unavailable: Fuse was stopped before there was a result; nothing was changed.";
}
