package dev.fuse.cli.session;

import dev.fuse.cli.home.Home;
import dev.fuse.cli.home.Json;
import dev.fuse.cli.home.PrivateFile;
import dev.fuse.cli.home.Reason;
import dev.fuse.gate.UndoLog;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.spi.Undo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What takes changes back, in {@code ~/.fuse/undo} for seven days: one file for each change, and
 * one for each content that was kept for it.
 */
public final class SessionUndoLog implements UndoLog {

  static final Duration KEPT_FOR = Duration.ofDays(7);

  private static final String FOLDER = "undo";
  private static final String ENTRY = ".json";

  private final Home home;
  private final Clock clock;
  private final String conversation;

  /**
   * A change that can be taken back.
   *
   * @param id names the entry among all of them
   */
  public record Entry(
      String id, Instant time, String conversation, String tool, String summary, Undo undo) {}

  /** A log for a conversation; the entries are those of all conversations. */
  public SessionUndoLog(Home home, Clock clock, String conversation) {
    this.home = home;
    this.clock = clock;
    this.conversation = conversation;
  }

  /**
   * Keeps bytes, on the disk when this returns.
   *
   * @throws ToolFailure if they cannot be kept, so that what needs them is not begun
   */
  @Override
  public String keep(byte[] content) {
    var name = name();
    try {
      PrivateFile.write(folder().resolve(name), content);
      return name;
    } catch (IOException e) {
      throw new ToolFailure(
          Kind.UNAVAILABLE,
          "what it replaces cannot be kept for an undo: " + Reason.of(e),
          "nothing was changed; make room in or access to Fuse's home");
    }
  }

  @Override
  public Optional<byte[]> find(String reference) {
    var file = home.find(FOLDER).map(folder -> folder.resolve(reference));
    if (!reference.matches("[0-9a-f]{8,40}") || file.isEmpty() || expired(file.get())) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(file.get()));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  @Override
  public void record(String tool, String summary, Undo undo) {
    var entry = new Entry(name(), clock.instant(), conversation, tool, summary, undo);
    try {
      PrivateFile.write(folder().resolve(entry.id() + ENTRY), Json.write(json(entry)) + "\n");
    } catch (IOException e) {
      home.note("'%s' cannot be taken back later: %s".formatted(summary, Reason.of(e)));
    }
  }

  /** What can be taken back, the newest first. */
  public List<Entry> entries() {
    var entries = new ArrayList<Entry>();
    for (var file : files()) {
      if (file.toString().endsWith(ENTRY) && !expired(file)) {
        read(file).ifPresent(entries::add);
      }
    }
    entries.sort(Comparator.comparing(Entry::time).thenComparing(Entry::id).reversed());
    return entries;
  }

  /** Forgets an entry and what was kept for it, as when it has been taken back. */
  public void remove(Entry entry) {
    var names = new ArrayList<>(entry.undo().kept());
    names.add(entry.id() + ENTRY);
    for (var name : names) {
      home.find(FOLDER).ifPresent(folder -> delete(folder.resolve(name)));
    }
  }

  /** Deletes what has expired. */
  public void sweep() {
    files().stream().filter(this::expired).forEach(this::delete);
  }

  private Path folder() throws IOException {
    return home.findFolder(FOLDER)
        .orElseThrow(() -> new IOException("Fuse has no home to keep it in"));
  }

  private List<Path> files() {
    var folder = home.find(FOLDER);
    if (folder.isEmpty() || !Files.isDirectory(folder.get())) {
      return List.of();
    }
    try (var files = Files.list(folder.get())) {
      return files.toList();
    } catch (IOException e) {
      home.note("'%s' cannot be read: %s".formatted(folder.get(), Reason.of(e)));
      return List.of();
    }
  }

  private boolean expired(Path file) {
    try {
      var age = Duration.between(Files.getLastModifiedTime(file).toInstant(), clock.instant());
      return age.compareTo(KEPT_FOR) > 0;
    } catch (IOException _) {
      return true;
    }
  }

  private void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      home.note("'%s' cannot be deleted: %s".formatted(file, Reason.of(e)));
    }
  }

  private Optional<Entry> read(Path file) {
    try {
      return Optional.of(entry(Json.object(Files.readString(file))));
    } catch (IOException | RuntimeException e) {
      home.setAside(file, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static Map<String, Object> json(Entry entry) {
    var undo = entry.undo();
    return EventJson.object(
        "version",
        1,
        "id",
        entry.id(),
        "time",
        entry.time().toString(),
        "conversation",
        entry.conversation(),
        "tool",
        entry.tool(),
        "summary",
        entry.summary(),
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

  @SuppressWarnings("unchecked")
  private static Entry entry(Map<String, ?> json) throws IOException {
    var undo = (Map<String, Object>) java.util.Objects.requireNonNull(json.get("undo"), "undo");
    return new Entry(
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
            (List<String>) undo.getOrDefault("kept", List.of())));
  }

  /** Sorts by time. */
  private String name() {
    return HexFormat.of().toHexDigits(clock.millis(), 12)
        + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), 8);
  }
}
