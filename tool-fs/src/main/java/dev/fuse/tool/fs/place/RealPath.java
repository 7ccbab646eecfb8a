package dev.fuse.tool.fs.place;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Where a path really leads: every link followed, {@code ..} taken where the link led, and what
 * does not exist yet appended. {@link Path#toRealPath} gives up on the latter, {@link
 * Path#normalize} takes {@code link/..} for the folder that holds the link.
 */
public final class RealPath {

  /** As Linux has it for one path. */
  private static final int LINKS = 40;

  private final Deque<Path> pending = new ArrayDeque<>();
  private Path at;
  private boolean missing;
  private int links;

  private RealPath(Path path) {
    at = path.getRoot();
    path.forEach(pending::add);
  }

  /**
   * Resolves an absolute path.
   *
   * @throws IOException where a link leads in a circle, a parent is no folder or may not be entered
   */
  public static Path of(Path path) throws IOException {
    var walk = new RealPath(path);
    while (!walk.pending.isEmpty()) {
      walk.step(walk.pending.pop());
    }
    // Where names do not tell upper from lower case this gives the name as it is stored.
    return walk.missing ? walk.at : walk.at.toRealPath(LinkOption.NOFOLLOW_LINKS);
  }

  private void step(Path name) throws IOException {
    switch (name.toString()) {
      case "", "." -> {}
      case ".." -> up();
      default -> down(name);
    }
  }

  private void up() throws IOException {
    if (missing) {
      throw new NoSuchFileException(at.toString());
    }
    var parent = at.getParent();
    at = parent == null ? at : parent;
  }

  private void down(Path name) throws IOException {
    var next = at.resolve(name);
    if (!missing && !Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
      var alike = findShownAs(at, name);
      // Tells "not there" from "may not be looked at", which throws.
      missing = alike.isEmpty() && !isThere(next);
      next = alike.orElse(next);
    }
    if (missing || !Files.isSymbolicLink(next)) {
      at = next;
      return;
    }
    if (++links > LINKS) {
      throw new FileSystemLoopException(next.toString());
    }
    var to = Files.readSymbolicLink(next);
    for (int i = to.getNameCount() - 1; i >= 0; i--) {
      pending.push(to.getName(i));
    }
    at = to.isAbsolute() ? to.getRoot() : at;
  }

  private static boolean isThere(Path path) throws IOException {
    try {
      Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** A name that is not UTF-8 is shown with replacement characters, and asked for like that. */
  static Optional<Path> findShownAs(Path folder, Path name) throws IOException {
    if (name.toString().indexOf('\uFFFD') < 0) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (var entry : entries) {
        if (entry.getFileName().toString().equals(name.toString())) {
          return Optional.of(entry);
        }
      }
    }
    return Optional.empty();
  }
}
