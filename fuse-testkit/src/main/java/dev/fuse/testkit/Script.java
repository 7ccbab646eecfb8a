package dev.fuse.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a scripted model answers to what: the first rule that fits a request and is not used up,
 * else the next reply of the list, else the fallback.
 *
 * @param replies given in the order in which requests arrive
 */
public record Script(List<Rule> rules, List<Reply> replies, Reply fallback) {

  public Script {
    rules = List.copyOf(rules);
    replies = List.copyOf(replies);
  }

  /**
   * A rule.
   *
   * @param when all must fit; groups of its patterns fill <code>{{1}}</code>, <code>{{2}}</code> …
   *     in the texts of the reply
   * @param replies one after the other; the last one goes on
   * @param times how often it may be used
   */
  public record Rule(List<Condition> when, List<Reply> replies, int times) {
    public Rule {
      when = List.copyOf(when);
      replies = List.copyOf(replies);
    }
  }

  /** Something that must hold of a request. */
  public sealed interface Condition {}

  /** A pattern is found in a text of the request. */
  public record Finds(Part part, Pattern pattern) implements Condition {}

  /** A tool is offered whose name the pattern is found in. */
  public record Offers(Pattern tool) implements Condition {}

  /** As many answers of the model follow the person's last message. */
  public record Turn(int from, int to) implements Condition {}

  /** Not all of these hold. */
  public record Not(List<Condition> conditions) implements Condition {
    public Not {
      conditions = List.copyOf(conditions);
    }
  }

  /** A text of a request. */
  public enum Part {
    MODEL,
    SYSTEM,
    /** The person's last message. */
    USER,
    /** The last message, whoever's. */
    LAST,
    /** The results after the model's last answer. */
    TOOL_RESULT,
    /** The names of the tools that gave them. */
    TOOL;

    String of(Asked asked) {
      return switch (this) {
        case MODEL -> asked.model();
        case SYSTEM -> asked.system();
        case USER -> asked.user();
        case LAST -> asked.last();
        case TOOL_RESULT -> asked.results();
        case TOOL -> String.join(",", asked.resultTools());
      };
    }
  }

  /** These replies in order, and "done" from then on. */
  public static Script of(Reply... replies) {
    return new Script(List.of(), List.of(replies), Reply.says("done"));
  }

  /**
   * Reads a script's JSON.
   *
   * @throws IOException saying what is wrong with it
   */
  public static Script parse(String json) throws IOException {
    return ScriptReader.read(json);
  }

  /** The same from a file. */
  public static Script read(Path file) throws IOException {
    try {
      return parse(Files.readString(file));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IOException("'" + file + "' is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** The groups of the patterns, where every condition holds. */
  static Optional<List<String>> fits(List<Condition> conditions, Asked asked) {
    var groups = new ArrayList<String>();
    for (var condition : conditions) {
      boolean holds =
          switch (condition) {
            case Finds(var part, var pattern) -> finds(pattern.matcher(part.of(asked)), groups);
            case Offers(var tool) ->
                asked.tools().stream().anyMatch(name -> tool.matcher(name).find());
            case Turn(int from, int to) -> asked.turn() >= from && asked.turn() <= to;
            case Not(var others) -> fits(others, asked).isEmpty();
          };
      if (!holds) {
        return Optional.empty();
      }
    }
    return Optional.of(groups);
  }

  /** A reply whose <code>{{1}}</code>, <code>{{user}}</code> … are filled in. */
  static Reply filled(Reply reply, Asked asked, List<String> groups) {
    var calls =
        reply.calls().stream()
            .map(call -> new Reply.Call(call.tool(), filled(call.arguments(), asked, groups)))
            .toArray(Reply.Call[]::new);
    return new Reply(
            filled(reply.text(), asked, groups),
            List.of(),
            reply.finish(),
            reply.usage(),
            reply.pace(),
            reply.fault())
        .calling(calls);
  }

  private static boolean finds(Matcher matcher, List<String> groups) {
    if (!matcher.find()) {
      return false;
    }
    for (int i = 1; i <= matcher.groupCount(); i++) {
      groups.add(Optional.ofNullable(matcher.group(i)).orElse(""));
    }
    return true;
  }

  private static Map<String, Object> filled(
      Map<String, Object> arguments, Asked asked, List<String> groups) {
    var filled = new java.util.LinkedHashMap<String, Object>();
    arguments.forEach(
        (name, value) ->
            filled.put(name, value instanceof String text ? filled(text, asked, groups) : value));
    return filled;
  }

  private static String filled(String text, Asked asked, List<String> groups) {
    return Pattern.compile("\\{\\{(\\d|[a-z_]+)}}")
        .matcher(text)
        .replaceAll(hole -> Matcher.quoteReplacement(value(hole.group(1), asked, groups)));
  }

  private static String value(String hole, Asked asked, List<String> groups) {
    if (Character.isDigit(hole.charAt(0))) {
      int group = Integer.parseInt(hole);
      return group >= 1 && group <= groups.size() ? groups.get(group - 1) : "";
    }
    for (var part : Part.values()) {
      if (part.name().equalsIgnoreCase(hole)) {
        return part.of(asked);
      }
    }
    return "{{" + hole + "}}";
  }
}
