package dev.fuse.tool.fs.file;

import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.fs.place.Location;
import dev.fuse.tool.fs.place.Shown;
import dev.fuse.tool.fs.place.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What stands in a file at one moment.
 *
 * @param bytes empty where there is no file
 */
public record Content(Optional<byte[]> bytes) {

  /** Bytes; what is larger is not replaced whole, so that it can be kept for undo. */
  public static final long MOST = 64L << 20;

  static final String ABSENT = "absent";

  /**
   * Reads a file that is to be changed.
   *
   * @throws ToolFailure if it is no regular file, too large, or may not be read
   */
  public static Content of(Location location) {
    try {
      var attributes = attributes(location.real());
      if (attributes.isEmpty()) {
        return new Content(Optional.empty());
      }
      requireRegular(location, attributes.get());
      if (attributes.get().size() > MOST) {
        throw ToolFailure.invalid(
            "'" + location.shown() + "' is " + Shown.size(attributes.get().size()) + " large",
            "files above " + Shown.size(MOST) + " are not changed, as that could not be undone");
      }
      return new Content(Optional.of(Files.readAllBytes(location.real())));
    } catch (IOException e) {
      throw Trouble.of(e, location.asked());
    }
  }

  public static Content none() {
    return new Content(Optional.empty());
  }

  public static Content of(byte[] bytes) {
    return new Content(Optional.of(bytes));
  }

  /** FIFOs and devices would block, or do something when opened. */
  public static void requireRegular(Location location, BasicFileAttributes attributes) {
    if (attributes.isDirectory()) {
      throw ToolFailure.invalid("'" + location.shown() + "' is a folder", "list it with fs_list");
    }
    if (!attributes.isRegularFile()) {
      throw ToolFailure.invalid(
          "'" + location.shown() + "' is a device, pipe or socket, not a file", "");
    }
  }

  public static Optional<BasicFileAttributes> attributes(Path path) throws IOException {
    try {
      return Optional.of(
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  public boolean exists() {
    return bytes.isPresent();
  }

  /** The hash of the content, which is what a person approves a change of. */
  public String version() {
    return bytes.map(Content::hash).orElse(ABSENT);
  }

  public static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
