package dev.fuse.brief;

import dev.fuse.brief.Message.Assistant;
import dev.fuse.brief.Message.Instructions;
import dev.fuse.brief.Message.Observation;
import dev.fuse.brief.Message.User;
import dev.fuse.run.ToolRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A conversation whose oldest turns are told in a few lines: what was asked, what was called with
 * what came of it, what was answered. The latest turn stays; what is huge in it is cut.
 */
final class Condensed {

  private static final int QUESTION = 300;
  private static final int ANSWER = 500;
  private static final int CALL = 160;

  /** Of one text of the latest turn, what is left at least: its beginning and its end. */
  private static final int KEPT = 2_000;

  private static final String HEAD =
      "(Earlier in this conversation, condensed to make room. What was declined stays declined.)\n";

  private Condensed() {}

  /** The messages that fit into this many tokens; empty where not even the latest turn does. */
  static Optional<Transcript> fit(List<Message> messages, int room, ChatModel model) {
    var turns = turns(messages);
    var start = turns.removeFirst();
    for (int old = 1; old <= turns.size() - 1; old++) {
      var shorter = joined(start, turns, old);
      if (size(shorter, model) <= room) {
        return Optional.of(new Transcript(shorter));
      }
    }
    var latest = new ArrayList<>(joined(start, turns, turns.size() - 1));
    cutHuge(latest, room, model);
    return size(latest, model) <= room ? Optional.of(new Transcript(latest)) : Optional.empty();
  }

  /** What stands before the first question, then each question with all that followed. */
  private static List<List<Message>> turns(List<Message> messages) {
    var turns = new ArrayList<List<Message>>();
    turns.add(new ArrayList<>());
    for (var message : messages) {
      if (message instanceof User) {
        turns.add(new ArrayList<>());
      }
      turns.getLast().add(message);
    }
    return turns;
  }

  private static List<Message> joined(List<Message> start, List<List<Message>> turns, int old) {
    var all = new ArrayList<>(start);
    if (old > 0) {
      var told = new StringBuilder(HEAD);
      turns.subList(0, old).forEach(turn -> tell(turn, told));
      all.add(new User(told.toString()));
      all.add(new Assistant("Understood.", List.of()));
    }
    turns.subList(Math.max(0, old), turns.size()).forEach(all::addAll);
    return all;
  }

  private static void tell(List<Message> turn, StringBuilder told) {
    for (var message : turn) {
      switch (message) {
        case Instructions _ -> {}
        case User(var text) when text.startsWith(HEAD) ->
            told.append(text.substring(HEAD.length())).append('\n');
        case User(var text) -> told.append("- asked: ").append(cut(text, QUESTION)).append('\n');
        case Assistant(var text, var requests) -> {
          requests.forEach(
              it ->
                  told.append("  called ")
                      .append(it.tool())
                      .append(' ')
                      .append(cut(it.json(), CALL))
                      .append('\n'));
          if (!text.isBlank()) {
            told.append("  answered: ").append(cut(text, ANSWER)).append('\n');
          }
        }
        case Observation(_, var tool, var text) ->
            told.append("  ")
                .append(tool)
                .append(" gave: ")
                .append(cut(bare(text), CALL))
                .append('\n');
      }
    }
  }

  /** Without the line that fences it. */
  private static String bare(String text) {
    return text.replaceFirst("\\A<data [^\\n]*>\\s*", "").replace("</data>", "").strip();
  }

  private static String cut(String text, int most) {
    var line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= most ? line : line.substring(0, most) + "…";
  }

  /** The longest texts first, each to its beginning and its end. */
  private static void cutHuge(List<Message> messages, int room, ChatModel model) {
    for (int i = 0; i < messages.size() && size(messages, model) > room; i++) {
      messages.set(
          i,
          switch (messages.get(i)) {
            case User(var text) -> new User(middle(text));
            case Observation(var request, var tool, var text) ->
                new Observation(request, tool, middle(text));
            case Assistant(var text, var requests) ->
                new Assistant(middle(text), requests.stream().map(Condensed::small).toList());
            case Instructions instructions -> instructions;
          });
    }
  }

  private static ToolRequest small(ToolRequest request) {
    if (request.json().length() <= 2 * KEPT) {
      return request;
    }
    var note = request.json().length() + " characters left out to make room";
    return new ToolRequest(
        request.id(),
        request.tool(),
        "{\"left-out\":\"" + note + "\"}",
        Map.of("left-out", note),
        request.problem());
  }

  private static String middle(String text) {
    if (text.length() <= 2 * KEPT) {
      return text;
    }
    return text.substring(0, KEPT)
        + "\n(… "
        + (text.length() - 2 * KEPT)
        + " characters left out to make room …)\n"
        + text.substring(text.length() - KEPT);
  }

  private static int size(List<Message> messages, ChatModel model) {
    return messages.stream().mapToInt(message -> Window.count(message, model)).sum();
  }
}
