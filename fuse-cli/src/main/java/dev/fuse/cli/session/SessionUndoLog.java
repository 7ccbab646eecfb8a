package dev.fuse.cli.session;

import dev.fuse.cli.home.Home;
import dev.fuse.cli.home.PrivateFile;
import dev.fuse.cli.home.Reason;
import dev.fuse.cli.json.Json;
import dev.fuse.run.UndoLog;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.spi.Undo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What takes changes back, in {@code ~/.fuse/undo} for seven days: one file for each change, and
 * one for each content that was kept for it. A change that was taken back leaves its name, so that
 * taking it back once more can be told from what was never there.
 */
public final class SessionUndoLog implements UndoLog {

  static final Duration KEPT_FOR = Duration.ofDays(7);

  private static final String FOLDER = "undo";
  private static final String ENTRY = ".json";
  private static final String UNDONE = ".undone";

  private final Home home;
  private final Clock clock;
  private final String conversation;
  private volatile Optional<String> undoing = Optional.empty();

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
    var entry = new UndoEntry(name(), clock.instant(), conversation, tool, summary, undo, undoing);
    try {
      PrivateFile.write(folder().resolve(entry.id() + ENTRY), Json.write(entry.json()) + "\n");
    } catch (IOException e) {
      home.note("'%s' cannot be taken back later: %s".formatted(summary, Reason.of(e)));
    }
  }

  /** What can be taken back, the newest first. */
  public List<UndoEntry> entries() {
    return read(ENTRY);
  }

  /** What was taken back, the newest first. */
  public List<UndoEntry> undone() {
    return read(UNDONE);
  }

  /**
   * What is recorded from now on takes that entry back; empty for changes of their own, and what
   * takes an undo back is the change itself once more.
   */
  void undoing(Optional<UndoEntry> entry) {
    undoing = entry.filter(change -> change.undoes().isEmpty()).map(UndoEntry::id);
  }

  /** Forgets what was kept for an entry that has been taken back; only its name stays. */
  public void remove(UndoEntry entry) {
    var folder = home.find(FOLDER);
    if (folder.isEmpty()) {
      return;
    }
    entry.undo().kept().forEach(name -> delete(folder.get().resolve(name)));
    var file = folder.get().resolve(entry.id() + ENTRY);
    try {
      PrivateFile.write(
          folder.get().resolve(entry.id() + UNDONE), Json.write(entry.forgotten().json()) + "\n");
    } catch (IOException e) {
      home.note("'%s' cannot be written: %s".formatted(file, Reason.of(e)));
    }
    delete(file);
  }

  private List<UndoEntry> read(String ending) {
    var entries = new ArrayList<UndoEntry>();
    for (var file : files()) {
      if (file.toString().endsWith(ending) && !expired(file)) {
        read(file).ifPresent(entries::add);
      }
    }
    entries.sort(Comparator.comparing(UndoEntry::time).thenComparing(UndoEntry::id).reversed());
    return entries;
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

  private Optional<UndoEntry> read(Path file) {
    try {
      return Optional.of(UndoEntry.of(Json.object(Files.readString(file))));
    } catch (IOException | RuntimeException e) {
      home.setAside(file, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Sorts by time. */
  private String name() {
    return HexFormat.of().toHexDigits(clock.millis(), 12)
        + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), 8);
  }
}
