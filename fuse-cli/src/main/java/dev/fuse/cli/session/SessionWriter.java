package dev.fuse.cli.session;

import dev.fuse.cli.home.Home;
import dev.fuse.cli.home.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Adds events to the file of a conversation, from one thread. The file is made with the first of
 * them; where that is not possible, or no longer, nothing more is saved and the person is told
 * once.
 */
final class SessionWriter implements AutoCloseable {

  private final Home home;
  private final Clock clock;
  private final Start start;
  private @Nullable SessionFile file;
  private @Nullable SessionLock lock;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean works = true;

  /**
   * What a file begins with.
   *
   * @param folder of the project's conversations, below the home
   * @param header its first line, where the file is new
   * @param copied lines of the conversation that this one is a copy of
   * @param lock where it was taken before
   */
  record Start(
      String folder,
      String id,
      Map<String, Object> header,
      List<Map<String, @Nullable Object>> copied,
      Optional<SessionLock> lock) {}

  SessionWriter(Home home, Clock clock, Start start) {
    this.home = home;
    this.clock = clock;
    this.start = start;
    this.lock = start.lock().orElse(null);
  }

  boolean works() {
    return works;
  }

  /** Says that an event is on its way: those that come together reach the disk together. */
  void expect() {
    waiting.incrementAndGet();
  }

  void write(Map<String, Object> event) {
    boolean last = waiting.decrementAndGet() == 0;
    if (!works) {
      return;
    }
    try {
      var line = new LinkedHashMap<String, Object>();
      line.put("type", event.getOrDefault("type", ""));
      line.put("time", clock.instant().toString());
      line.putAll(event);
      var opened = open();
      if (opened.isPresent()) {
        opened.get().add(line);
      }
      if (opened.isPresent() && last) {
        opened.get().force();
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  @Override
  public void close() {
    works = false;
    try {
      if (file != null) {
        file.close();
      }
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      home.note("conversation %s: %s".formatted(start.id(), Reason.of(e)));
    }
  }

  private Optional<SessionFile> open() throws IOException {
    if (file != null) {
      return Optional.of(file);
    }
    var folder = home.findFolder(start.folder());
    if (folder.isEmpty()) {
      works = false;
      return Optional.empty();
    }
    if (lock == null) {
      lock = SessionLock.tryTake(folder.get().resolve(start.id())).orElse(null);
    }
    file = begin(folder.get().resolve(start.id() + ".jsonl"));
    return Optional.of(file);
  }

  private SessionFile begin(Path path) throws IOException {
    var opened = SessionFile.append(path);
    if (opened.empty()) {
      opened.add(start.header());
      for (var line : start.copied()) {
        opened.add(line);
      }
    }
    return opened;
  }

  private void fail(IOException e) {
    works = false;
    home.note("conversation %s is not saved any further: %s".formatted(start.id(), Reason.of(e)));
  }
}
