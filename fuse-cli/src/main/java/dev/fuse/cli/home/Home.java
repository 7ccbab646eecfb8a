package dev.fuse.cli.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The folder in which Fuse keeps what is the person's own: {@code ~/.fuse}, moved by {@code
 * FUSE_HOME}. Its folders are made when something is written, and where that is not possible Fuse
 * runs without keeping anything.
 */
public final class Home {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Optional<Path> root;
  private final Consumer<String> notes;
  private final AtomicBoolean complained = new AtomicBoolean();

  private Home(Optional<Path> root, Consumer<String> notes) {
    this.root = root;
    this.notes = notes;
  }

  /**
   * The home of an environment; touches no file.
   *
   * @param notes hears, in a sentence, what the person should know about these files
   */
  public static Home of(Environment environment, Consumer<String> notes) {
    var root =
        environment
            .find("FUSE_HOME")
            .map(environment::path)
            .or(() -> environment.home().map(home -> home.resolve(".fuse")));
    return new Home(root, notes);
  }

  /** The folder itself, whether it is there or not; empty where nobody has a home. */
  public Optional<Path> root() {
    return root;
  }

  /** A file or folder in it, whether it is there or not. */
  public Optional<Path> find(String name) {
    return root.map(folder -> folder.resolve(name));
  }

  /** A folder in it, made if need be; empty where it cannot be made, which is told once. */
  public Optional<Path> findFolder(String name) {
    if (root.isEmpty()) {
      complain("HOME is not set, so nothing is kept; set HOME or FUSE_HOME");
      return Optional.empty();
    }
    var folder = root.get().resolve(name);
    try {
      PrivateFile.folder(folder);
    } catch (IOException e) {
      complain(
          "'%s' cannot be made (%s), so nothing is kept; make it writable or set FUSE_HOME"
              .formatted(folder, Reason.of(e)));
      return Optional.empty();
    }
    if (Files.isWritable(folder)) {
      return Optional.of(folder);
    }
    complain("'%s' is read-only, so nothing is kept; set FUSE_HOME".formatted(folder));
    return Optional.empty();
  }

  /** Renames a file that cannot be understood, so that nothing writes over it, and says so. */
  public void setAside(Path file, String problem) {
    var aside = file.resolveSibling(file.getFileName() + ".corrupt-" + TIME.format(Instant.now()));
    try {
      Files.move(file, aside);
      notes.accept("'%s' is corrupt (%s); it is kept as '%s'".formatted(file, problem, aside));
    } catch (IOException e) {
      notes.accept(
          "'%s' is corrupt (%s) and cannot be renamed (%s)".formatted(file, problem, Reason.of(e)));
    }
  }

  /** Tells the person something about these files. */
  public void note(String text) {
    notes.accept(text);
  }

  private void complain(String text) {
    if (complained.compareAndSet(false, true)) {
      notes.accept(text);
    }
  }
}
