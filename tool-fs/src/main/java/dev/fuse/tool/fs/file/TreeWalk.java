package dev.fuse.tool.fs.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Visits what lies below a folder, links not followed, in memory for the folders still to come. */
public final class TreeWalk {

  /** Takes entries. */
  public interface Visitor {
    /** Takes one; false where what is below it is not to be visited. */
    boolean visit(Path path, BasicFileAttributes attributes);
  }

  private record Waiting(Path folder, Optional<IgnoreRules> rules) {}

  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final BooleanSupplier stopped;
  private final Visitor visitor;
  private long unreadable;

  private TreeWalk(BooleanSupplier stopped, Visitor visitor) {
    this.stopped = stopped;
    this.visitor = visitor;
  }

  /**
   * Walks.
   *
   * @param ignored whether what .gitignore names, and {@code .git}, is visited too
   * @return how many folders could not be read
   */
  public static long of(Path root, boolean ignored, BooleanSupplier stopped, Visitor visitor) {
    var walk = new TreeWalk(stopped, visitor);
    var rules = ignored ? Optional.<IgnoreRules>empty() : Optional.of(IgnoreRules.at(root));
    walk.waiting.push(new Waiting(root, rules));
    while (!walk.waiting.isEmpty() && !stopped.getAsBoolean()) {
      walk.folder(walk.waiting.pop());
    }
    return walk.unreadable;
  }

  private void folder(Waiting at) {
    try (var entries = Files.newDirectoryStream(at.folder)) {
      for (var entry : entries) {
        if (stopped.getAsBoolean()) {
          return;
        }
        entry(entry, at.rules);
      }
    } catch (IOException | DirectoryIteratorException e) {
      unreadable++;
    }
  }

  private void entry(Path entry, Optional<IgnoreRules> rules) throws IOException {
    var found = Content.attributes(entry);
    if (found.isEmpty()) {
      return;
    }
    var attributes = found.get();
    boolean folder = attributes.isDirectory();
    boolean hidden =
        rules.filter(all -> entry.endsWith(".git") || all.ignored(entry, folder)).isPresent();
    if (hidden) {
      return;
    }
    if (visitor.visit(entry, attributes) && folder) {
      waiting.push(new Waiting(entry, rules.map(all -> all.in(entry))));
    }
  }
}
