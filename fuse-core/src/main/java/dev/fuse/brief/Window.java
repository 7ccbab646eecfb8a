package dev.fuse.brief;

import dev.fuse.boundary.Tokens;
import dev.fuse.brief.Message.Observation;
import dev.fuse.spi.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps a transcript within a model's window. */
public final class Window {

  /** Shorter observations are not worth leaving out. */
  private static final int WORTH = 150;

  private Window() {}

  /**
   * The transcript itself, or with its oldest observations left out until it fits, which are kept
   * whole as outputs; where that is not enough, with its oldest turns condensed.
   *
   * @return empty if it does not fit even so
   */
  public static Optional<Transcript> fit(
      Transcript transcript, List<ToolSpec> tools, ChatModel model) {
    int estimate = estimate(new ChatModel.Request(transcript.messages(), tools));
    if (estimate <= model.window() / 2) {
      return Optional.of(transcript);
    }
    int room = model.window() - Math.min(4_096, model.window() / 8) - Tokens.estimate(tools);
    var messages = new ArrayList<>(transcript.messages());
    int size = messages.stream().mapToInt(message -> count(message, model)).sum();
    for (int i = 0; i < messages.size() && size > room; i++) {
      if (messages.get(i) instanceof Observation observation
          && Tokens.estimate(observation.text()) > WORTH) {
        var shorter = shortened(observation);
        size += count(shorter, model) - count(observation, model);
        messages.set(i, shorter);
      }
    }
    return size <= room
        ? Optional.of(new Transcript(messages))
        : Condensed.fit(messages, room, model);
  }

  /** A cheap guess, without asking the model. */
  public static int estimate(ChatModel.Request request) {
    int sum = 3;
    for (var message : request.messages()) {
      sum += 4 + estimate(message);
    }
    return sum + Tokens.estimate(request.tools());
  }

  private static int estimate(Message message) {
    return switch (message) {
      case Message.Instructions(var text) -> Tokens.estimate(text);
      case Message.User(var text) -> Tokens.estimate(text);
      case Message.Observation(_, _, var text) -> Tokens.estimate(text);
      case Message.Assistant(var text, var requests) -> {
        int sum = Tokens.estimate(text);
        for (var request : requests) {
          sum += 8 + Tokens.estimate(request.tool()) + Tokens.estimate(request.json());
        }
        yield sum;
      }
    };
  }

  public static Transcript compact(Transcript transcript) {
    return new Transcript(
        transcript.messages().stream()
            .map(
                message ->
                    message instanceof Observation observation
                            && Tokens.estimate(observation.text()) > WORTH
                        ? shortened(observation)
                        : message)
            .toList());
  }

  private static Observation shortened(Observation observation) {
    var first = observation.text().lines().findFirst().orElse("");
    var fence = first.startsWith("<data ") ? first : "";
    return new Observation(
        observation.request(),
        observation.tool(),
        fence + "(left out to make room; output_read has it)" + (fence.isEmpty() ? "" : "</data>"));
  }

  static int count(Message message, ChatModel model) {
    return switch (message) {
      case Message.Instructions(var text) -> model.count(text) + 4;
      case Message.User(var text) -> model.count(text) + 4;
      case Observation(_, _, var text) -> model.count(text) + 4;
      case Message.Assistant(var text, var requests) ->
          model.count(text) + 4 + requests.stream().mapToInt(r -> model.count(r.json()) + 12).sum();
    };
  }
}
