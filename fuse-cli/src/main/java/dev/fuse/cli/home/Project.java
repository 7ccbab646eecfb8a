package dev.fuse.cli.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The folder that a conversation is about: the root of the Git work tree that Fuse was started in,
 * or else the working directory itself.
 *
 * @param root absolute, links resolved
 */
public record Project(Path root) {

  /** The project of the working directory. */
  public static Project of(Environment environment) {
    return new Project(
        GitFolder.find(environment.directory())
            .map(GitFolder::root)
            .orElse(environment.directory()));
  }

  /** A name for its folder of conversations: readable, and different for every root. */
  public String slug() {
    var checksum = new CRC32C();
    checksum.update(root.toString().getBytes(StandardCharsets.UTF_8));
    var name = root.getFileName() == null ? "root" : root.getFileName().toString();
    var plain = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+", "");
    var start = plain.substring(0, Math.min(40, plain.length()));
    return (start.isEmpty() ? "project" : start)
        + "-"
        + HexFormat.of().toHexDigits((int) checksum.getValue());
  }

  /** Where its own settings, scenarios and skills are, whether they are there or not. */
  public Path fuse() {
    return root.resolve(".fuse");
  }

  /** Whether that folder is the person's own one, as when Fuse is started in the home directory. */
  public boolean isHome(Home home) {
    return home.root().filter(folder -> same(folder, fuse())).isPresent();
  }

  private static boolean same(Path a, Path b) {
    try {
      return a.equals(b) || (Files.exists(a) && Files.exists(b) && Files.isSameFile(a, b));
    } catch (IOException _) {
      return false;
    }
  }
}
