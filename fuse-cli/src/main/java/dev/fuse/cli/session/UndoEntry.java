package dev.fuse.cli.session;

import dev.fuse.cli.json.EventJson;
import dev.fuse.spi.Undo;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A change that can be taken back.
 *
 * @param id names the entry among all of them; sorts by time
 * @param undoes the id of the entry that this change took back, where it took one back
 */
public record UndoEntry(
    String id,
    Instant time,
    String conversation,
    String tool,
    String summary,
    Undo undo,
    Optional<String> undoes) {

  private static final int SHORT = 8;

  /** The end of the id, which is what a person writes. */
  public String shortId() {
    return id.substring(Math.max(0, id.length() - SHORT));
  }

  /** Whether a person means this one. */
  public boolean isCalled(String text) {
    return id.equals(text) || (!text.isEmpty() && shortId().startsWith(text));
  }

  /** What stays of it once it has been taken back. */
  UndoEntry forgotten() {
    var nothing = new Undo(undo.tool(), Map.of(), undo.summary(), Optional.empty(), List.of());
    return new UndoEntry(id, time, conversation, tool, summary, nothing, undoes);
  }

  Map<String, Object> json() {
    return EventJson.object(
        "version",
        1,
        "id",
        id,
        "time",
        time.toString(),
        "conversation",
        conversation,
        "tool",
        tool,
        "summary",
        summary,
        "undoes",
        undoes,
        "undo",
        EventJson.object(
            "tool",
            undo.tool(),
            "arguments",
            undo.arguments(),
            "summary",
            undo.summary(),
            "precondition",
            undo.precondition(),
            "kept",
            undo.kept()));
  }

  /**
   * The entry of a map.
   *
   * @throws IOException if it is none
   */
  @SuppressWarnings("unchecked")
  static UndoEntry of(Map<String, ?> json) throws IOException {
    var undo = (Map<String, Object>) Objects.requireNonNull(json.get("undo"), "undo");
    return new UndoEntry(
        EventJson.text(json, "id"),
        Instant.parse(EventJson.text(json, "time")),
        EventJson.text(json, "conversation"),
        EventJson.text(json, "tool"),
        EventJson.text(json, "summary"),
        new Undo(
            EventJson.text(undo, "tool"),
            (Map<String, Object>) undo.getOrDefault("arguments", Map.of()),
            EventJson.text(undo, "summary"),
            Optional.ofNullable((String) undo.get("precondition")),
            (List<String>) undo.getOrDefault("kept", List.of())),
        Optional.ofNullable((String) json.get("undoes")));
  }
}
