package dev.fuse.cli.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A conversation on the disk.
 *
 * @param project the name of its project's folder
 * @param modified when something was last added to it
 */
public record Saved(String id, String project, Path file, Instant modified) {

  static final Comparator<Saved> BY_TIME =
      Comparator.comparing(Saved::modified).thenComparing(Saved::id);

  private static final String ENDING = ".jsonl";

  /**
   * What its first lines say.
   *
   * @param title the first line of the first prompt; empty where there is none
   */
  public record Heading(String directory, String title) {}

  static List<Saved> in(Path folder) {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ENDING)).map(Saved::of).toList();
    } catch (IOException | UncheckedIOException _) {
      // A folder that cannot be read holds nothing to go on with.
      return List.of();
    }
  }

  static List<String> folders(Path root) {
    try (var files = Files.list(root)) {
      return files.filter(Files::isDirectory).map(file -> file.getFileName().toString()).toList();
    } catch (IOException | UncheckedIOException _) {
      return List.of();
    }
  }

  /** Reads the first lines. */
  public Heading heading() {
    var reader = new HeadingReader();
    try {
      SessionFile.read(file, reader);
    } catch (IOException _) {
      // The list still names it.
      return new Heading("", "");
    }
    return new Heading(reader.directory, reader.title);
  }

  /** The folder of its lock and outputs. */
  Path folder() {
    return file.resolveSibling(id);
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
    if (!Files.isDirectory(folder())) {
      return;
    }
    try (var files = Files.list(folder())) {
      for (var each : files.toList()) {
        Files.delete(each);
      }
    }
    Files.delete(folder());
  }

  /** Puts its outputs into another folder too, without copying their content where possible. */
  void copyOutputs(Path other) {
    try (var files = Files.list(folder())) {
      for (var each : files.filter(Saved::isOutput).toList()) {
        Files.createLink(other.resolve(each.getFileName().toString()), each);
      }
    } catch (IOException | UnsupportedOperationException _) {
      // They stay with the conversation that they belong to.
    }
  }

  private static boolean isOutput(Path file) {
    return file.getFileName().toString().matches("o\\d+");
  }

  private static Saved of(Path file) {
    var name = file.getFileName().toString();
    var folder = file.toAbsolutePath().getParent();
    var project = folder == null ? "" : String.valueOf(folder.getFileName());
    return new Saved(
        name.substring(0, name.length() - ENDING.length()),
        project,
        file,
        Instant.ofEpochMilli(file.toFile().lastModified()));
  }

  private static final class HeadingReader implements SessionFile.Reader {
    private String directory = "";
    private String title = "";

    @Override
    public boolean line(long number, Map<String, @Nullable Object> event) {
      if (event.get("directory") instanceof String text) {
        directory = text;
      }
      if (event.get("prompt") instanceof String prompt) {
        title = prompt.lines().findFirst().orElse("");
      }
      if (title.isEmpty()
          && event.get("message") instanceof Map<?, ?> message
          && "user".equals(message.get("role"))
          && message.get("text") instanceof String text) {
        title = text.lines().findFirst().orElse("");
      }
      return title.isEmpty() && number < 10;
    }

    @Override
    public void corrupt(long number, String problem) {}
  }
}
