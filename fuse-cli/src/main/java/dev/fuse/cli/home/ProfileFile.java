package dev.fuse.cli.home;

import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The environment profile, {@code ~/.fuse/profile.yaml}. */
public record ProfileFile(Path path) {

  private static final int LARGEST = 4_000_000;

  /**
   * That of a home.
   *
   * @throws FuseException if nothing can be kept there
   */
  public static ProfileFile of(Home home) {
    return home.findFolder("")
        .map(folder -> new ProfileFile(folder.resolve("profile.yaml")))
        .orElseThrow(
            () ->
                new FuseException(
                    Kind.FAILED,
                    "the environment profile cannot be kept",
                    "make ~/.fuse writable or set FUSE_HOME"));
  }

  /**
   * Its text; empty where there is none.
   *
   * @throws FuseException of kind INVALID, with file, line and column, if it is not YAML
   */
  public String read() {
    if (!Files.isRegularFile(path)) {
      return "";
    }
    try {
      if (Files.size(path) > LARGEST) {
        throw new FuseException(
            Kind.INVALID, "'" + path + "' is larger than 4 MB", "shorten it, or delete it");
      }
      var text = Files.readString(path);
      ConfigFile.root(path, text);
      return text;
    } catch (IOException e) {
      throw new FuseException(
          Kind.FAILED, "'" + path + "' cannot be read: " + Reason.of(e), "look at its permissions");
    }
  }

  /** Writes it whole, readable by its owner only. */
  public void write(String text) {
    try {
      PrivateFile.write(path, text);
    } catch (IOException e) {
      throw new FuseException(
          Kind.FAILED,
          "'" + path + "' cannot be written: " + Reason.of(e),
          "make its folder writable or set FUSE_HOME");
    }
  }
}
