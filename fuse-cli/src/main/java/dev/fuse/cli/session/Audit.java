package dev.fuse.cli.session;

import dev.fuse.cli.home.Home;
import dev.fuse.cli.home.Reason;
import dev.fuse.cli.json.EventJson;
import dev.fuse.cli.json.Json;
import dev.fuse.gate.CallRecord;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What Fuse did and who allowed it, in all conversations: {@code ~/.fuse/audit.jsonl}. */
public final class Audit {

  private static final String FILE = "audit.jsonl";

  /** Longer strings in arguments are cut: a file's whole content is no business of the audit. */
  private static final int LONGEST = 500;

  private final Home home;
  private final Clock clock;
  private final AtomicBoolean complained = new AtomicBoolean();

  /**
   * What a check of the whole file gave.
   *
   * @param problems one sentence for each line that is not as it was written
   */
  public record Check(long lines, List<String> problems) {
    public Check {
      problems = List.copyOf(problems);
    }
  }

  public Audit(Home home, Clock clock) {
    this.home = home;
    this.clock = clock;
  }

  /** Notes that a change has begun, so that one whose end was not seen leaves a trace. */
  void begun(String conversation, String call, String tool, Map<String, Object> arguments) {
    var line = line(conversation, call, tool, arguments);
    line.put("outcome", "begun");
    add(line, false);
  }

  /** Notes a call that has ended, or was not run; a change is on the disk when this returns. */
  void ended(String conversation, CallRecord call) {
    var line = line(conversation, call.call(), call.tool(), call.arguments());
    line.put("effects", call.effects().stream().map(EventJson::of).toList());
    line.put("verdict", EventJson.verdict(call.ruling()));
    line.put("rule", call.ruling().rule());
    line.put("outcome", call.outcome());
    line.put("millis", call.millis());
    add(line, call.effects().stream().anyMatch(effect -> !effect.verb().reads()));
  }

  /** Notes which change of before a call took back. */
  void undone(String conversation, String call, UndoEntry entry) {
    add(
        EventJson.object(
            "time",
            clock.instant().toString(),
            "conversation",
            conversation,
            "call",
            call,
            "tool",
            entry.undo().tool(),
            "outcome",
            "undone",
            "undid",
            EventJson.object(
                "id",
                entry.id(),
                "conversation",
                entry.conversation(),
                "tool",
                entry.tool(),
                "summary",
                entry.summary())),
        true);
  }

  /** The last lines, the oldest of them first. */
  public List<Map<String, @Nullable Object>> last(int count) {
    var lines = new ArrayDeque<Map<String, @Nullable Object>>();
    try {
      if (chain().isPresent()) {
        chain().get().read((_, text) -> keep(text, lines, count));
      }
    } catch (IOException e) {
      complain(e);
    }
    return List.copyOf(lines);
  }

  /** Every line that can be read, the oldest first. */
  public List<AuditLine> lines() {
    var lines = new ArrayList<AuditLine>();
    for (var fields : last(Integer.MAX_VALUE)) {
      lines.add(new AuditLine(fields));
    }
    return lines;
  }

  /** Compares every line with its hash and with the line before. */
  public Check verify() {
    try {
      return chain().isPresent() ? chain().get().verify() : new Check(0, List.of());
    } catch (IOException e) {
      return new Check(0, List.of("it cannot be read: " + Reason.of(e)));
    }
  }

  private Optional<HashChain> chain() {
    return home.find(FILE).map(HashChain::new);
  }

  private static void keep(
      String text, ArrayDeque<Map<String, @Nullable Object>> lines, int count) {
    try {
      lines.add(Json.object(text));
    } catch (IOException _) {
      // verify() names it.
      return;
    }
    if (lines.size() > count) {
      lines.removeFirst();
    }
  }

  private Map<String, Object> line(
      String conversation, String call, String tool, Map<String, Object> arguments) {
    return EventJson.object(
        "time",
        clock.instant().toString(),
        "conversation",
        conversation,
        "call",
        call,
        "tool",
        tool,
        "arguments",
        cut(arguments));
  }

  private synchronized void add(Map<String, Object> line, boolean force) {
    if (home.findFolder("").isEmpty()) {
      return;
    }
    try {
      chain().orElseThrow().add(line, force);
    } catch (IOException e) {
      complain(e);
    }
  }

  private void complain(IOException e) {
    if (complained.compareAndSet(false, true)) {
      home.note("the audit log cannot be written or read: " + Reason.of(e));
    }
  }

  private static Object cut(Object value) {
    return switch (value) {
      case String text when text.length() > LONGEST ->
          text.substring(0, LONGEST) + "… (" + text.length() + " characters)";
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((key, item) -> copy.put(String.valueOf(key), cut(item)));
        yield copy;
      }
      case List<?> list -> list.stream().map(Audit::cut).toList();
      default -> value;
    };
  }
}
