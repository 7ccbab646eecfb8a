package dev.fuse.tool.fs.file;

import dev.fuse.spi.Call;
import dev.fuse.tool.fs.place.KnownFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Searches a tree on all cores, in memory that does not grow with it, until enough is found. */
final class TreeSearch {

  /** Files of one folder that one thread takes at a time. */
  private static final int BATCH = 128;

  /** Waiting work above which a thread does its own, so that a folder of a million files fits. */
  private static final int WAITING = 32;

  private static final long LOOK_MILLIS = 200;

  /** Hits of one file, where there are others. */
  private static final int OF_ONE_FILE = 20;

  /** A line that matches. */
  record Hit(Path file, long line, String text) {}

  final ConcurrentLinkedQueue<Hit> hits = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<Path> names = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<Path> credentials = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<Path> cut = new ConcurrentLinkedQueue<>();
  final LongAdder files = new LongAdder();
  final LongAdder binary = new LongAdder();
  final LongAdder unreadable = new LongAdder();
  final LongAdder ignored = new LongAdder();

  private final Needle needle;
  private final Predicate<Path> wanted;
  private final KnownFiles known;
  private final int limit;
  private final Call call;
  private final BooleanSupplier cancelled;
  private final AtomicInteger found = new AtomicInteger();
  private final ThreadLocal<FileScan> scan;
  private volatile boolean enough;

  TreeSearch(
      Needle needle,
      Predicate<Path> wanted,
      KnownFiles known,
      int limit,
      Call call,
      BooleanSupplier cancelled) {
    this.needle = needle;
    this.wanted = wanted;
    this.known = known;
    this.limit = limit;
    this.call = call;
    this.cancelled = cancelled;
    this.scan = ThreadLocal.withInitial(() -> new FileScan(needle, this::stopped));
  }

  /** Whether there may be more than was found. */
  boolean incomplete() {
    return enough;
  }

  boolean stopped() {
    return enough || cancelled.getAsBoolean();
  }

  /** One file, which was named and is searched whatever it is called. */
  void file(Path file) throws IOException {
    files.increment();
    if (!search(file, (path, line, text) -> take(new Hit(path, line, text)))) {
      binary.increment();
    }
  }

  /** Where the bytes match, the lines are matched again as they may be seen: only those count. */
  private boolean search(Path file, FileScan.Sink sink) throws IOException {
    var found = new boolean[1];
    boolean text =
        scan.get()
            .search(
                file,
                (path, line, hit) -> {
                  found[0] = true;
                  return false;
                });
    if (found[0]) {
      MaskedFile.lines(
          file,
          call,
          (number, line) ->
              !stopped() && (!scan.get().matchesLine(line) || sink.hit(file, number, line)));
    }
    return text;
  }

  void tree(Path root) throws InterruptedException {
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 8);
    var pool = new ForkJoinPool(threads);
    try {
      await(pool.submit(new Folder(root, IgnoreRules.at(root))));
    } catch (InterruptedException e) {
      enough = true;
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  /** A file of /proc or /sys may never give its next byte: once stopped, nobody waits for it. */
  private void await(ForkJoinTask<Void> whole) throws InterruptedException, ExecutionException {
    while (!whole.isDone()) {
      try {
        whole.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (cancelled.getAsBoolean()) {
          return;
        }
      }
    }
    whole.get();
  }

  private boolean take(Hit hit) {
    if (found.incrementAndGet() > limit) {
      enough = true;
      return false;
    }
    hits.add(hit);
    return true;
  }

  private void look(Path file) {
    if (stopped()) {
      return;
    }
    name(file);
    if (known.credential(file)) {
      credentials.add(file);
      return;
    }
    files.increment();
    scan(file);
  }

  private void name(Path file) {
    if (!needle.isIn(file.getFileName().toString())) {
      return;
    }
    if (found.incrementAndGet() > limit) {
      enough = true;
      return;
    }
    names.add(file);
  }

  private void scan(Path file) {
    var taken = new AtomicInteger();
    try {
      boolean text =
          search(
              file,
              (path, line, found) -> {
                if (taken.incrementAndGet() > OF_ONE_FILE) {
                  cut.add(path);
                  return false;
                }
                return take(new Hit(path, line, found));
              });
      if (!text) {
        binary.increment();
      }
    } catch (IOException | StackOverflowError e) {
      unreadable.increment();
    } catch (FileScan.Stopped e) {
      // Nobody waits for this file any more.
    }
  }

  /** A folder and what is below it. */
  private final class Folder extends RecursiveAction {
    private static final long serialVersionUID = 1;

    private final transient Path folder;
    private final transient IgnoreRules rules;
    private final transient List<ForkJoinTask<Void>> parts = new ArrayList<>();

    Folder(Path folder, IgnoreRules rules) {
      this.folder = folder;
      this.rules = rules;
    }

    @Override
    protected void compute() {
      var batch = new ArrayList<Path>();
      try (var entries = Files.newDirectoryStream(folder)) {
        for (var entry : entries) {
          if (stopped()) {
            break;
          }
          visit(entry, batch);
          if (batch.size() == BATCH) {
            hand(new Batch(List.copyOf(batch)));
            batch.clear();
          }
        }
      } catch (IOException | DirectoryIteratorException e) {
        unreadable.increment();
      }
      new Batch(batch).compute();
      parts.forEach(ForkJoinTask::join);
    }

    private void visit(Path entry, List<Path> batch) throws IOException {
      var attributes = attributes(entry);
      boolean isFolder = attributes != null && attributes.isDirectory();
      if (attributes == null || (isFolder && entry.endsWith(".git"))) {
        return;
      }
      if (rules.ignored(entry, isFolder)) {
        ignored.increment();
        return;
      }
      if (isFolder) {
        hand(new Folder(entry, rules.in(entry)));
        return;
      }
      if (!attributes.isRegularFile() || !wanted.test(entry)) {
        return;
      }
      // Files of /proc say that they are empty and are not.
      if (attributes.size() == 0 && !entry.startsWith("/proc")) {
        name(entry);
        files.increment();
        return;
      }
      batch.add(entry);
    }

    private void hand(RecursiveAction part) {
      if (part instanceof Batch && getQueuedTaskCount() > WAITING) {
        part.invoke();
        return;
      }
      parts.add(part.fork());
    }
  }

  /** Some files of one folder. */
  private final class Batch extends RecursiveAction {
    private static final long serialVersionUID = 1;

    private final transient List<Path> batch;

    Batch(List<Path> batch) {
      this.batch = batch;
    }

    @Override
    protected void compute() {
      batch.forEach(file -> look(file));
    }
  }

  private static @Nullable BasicFileAttributes attributes(Path entry) {
    try {
      return Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      // It disappeared while the folder was read.
      return null;
    }
  }
}
