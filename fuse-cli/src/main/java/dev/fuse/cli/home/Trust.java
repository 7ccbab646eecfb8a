package dev.fuse.cli.home;

import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The projects whose own settings, scenarios, skills and AGENTS.md count: those that the person has
 * trusted, by the real path of their root. A project is trusted once, whatever it holds later; that
 * its files have changed since can be told.
 */
public final class Trust {

  private static final String FILE = "trusted.json";

  private static final List<String> COUNTS = List.of(".fuse", ".agents/skills", "AGENTS.md");

  /** More files, or larger ones, are not looked into to see whether they have changed. */
  private static final int MOST_FILES = 500;

  private static final long LARGEST = 1 << 20;

  private final Home home;

  public Trust(Home home) {
    this.home = home;
  }

  public boolean trusts(Project project) {
    return read().containsKey(project.root().toString());
  }

  /** Whether a project has something that trust is about. */
  public static boolean matters(Project project) {
    return !present(project).isEmpty();
  }

  /** Whether it is trusted, and its files are not those of then. */
  public boolean changedSince(Project project) {
    var then = read().get(project.root().toString());
    return then != null && !then.equals(fingerprint(project));
  }

  /**
   * Trusts a project as it is now, or does so no more.
   *
   * @return whether it was otherwise before
   * @throws FuseException if it cannot be kept
   */
  public boolean set(Project project, boolean trusted) {
    var all = new TreeMap<>(read());
    var root = project.root().toString();
    boolean before = all.containsKey(root);
    if (trusted) {
      all.put(root, fingerprint(project));
    } else {
      all.remove(root);
    }
    if (trusted || before) {
      write(all);
    }
    return before != trusted;
  }

  /** The files that trust is about, by their path in the project, the first few hundred. */
  public List<String> describe(Project project) {
    var names = new ArrayList<String>();
    for (var path : present(project)) {
      try (var files = Files.walk(path)) {
        files
            .filter(Files::isRegularFile)
            .sorted()
            .limit(MOST_FILES)
            .forEach(file -> names.add(project.root().relativize(file).toString()));
      } catch (IOException | UncheckedIOException e) {
        names.add(path + " (cannot be read)");
      }
    }
    return names;
  }

  private static List<Path> present(Project project) {
    return COUNTS.stream().map(name -> project.root().resolve(name)).filter(Files::exists).toList();
  }

  private Map<String, @Nullable Object> read() {
    var file = home.find(FILE).filter(Files::exists);
    if (file.isEmpty()) {
      return Map.of();
    }
    try {
      return Json.object(Json.read(file.get()));
    } catch (IOException e) {
      home.setAside(file.get(), Reason.of(e));
      return Map.of();
    }
  }

  private void write(Map<String, ?> all) {
    var file = home.findFolder("").map(folder -> folder.resolve(FILE));
    try {
      if (file.isPresent()) {
        PrivateFile.write(file.get(), Json.writeIndented(all) + "\n");
        return;
      }
    } catch (IOException e) {
      throw new FuseException(
          Kind.FAILED,
          "'%s' cannot be written (%s)".formatted(file.get(), Reason.of(e)),
          "make it writable or set FUSE_HOME");
    }
    throw new FuseException(Kind.FAILED, "there is no home to keep that in", "set FUSE_HOME");
  }

  private static String fingerprint(Project project) {
    var digest = sha256();
    for (var path : present(project)) {
      try (var files = Files.walk(path)) {
        files
            .filter(Files::isRegularFile)
            .sorted()
            .limit(MOST_FILES)
            .forEach(file -> add(digest, project.root().relativize(file), file));
      } catch (IOException | UncheckedIOException _) {
        digest.update((byte) 0);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, Path name, Path file) {
    try {
      long size = Files.size(file);
      digest.update((name + "\n" + size + "\n").getBytes(StandardCharsets.UTF_8));
      if (size <= LARGEST) {
        digest.update(Files.readAllBytes(file));
      }
    } catch (IOException _) {
      digest.update((byte) 0);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
