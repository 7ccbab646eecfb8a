package dev.fuse.cli.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files and folders that only their owner may read. */
public final class PrivateFile {

  private PrivateFile() {}

  /** Writes a file whole or not at all, readable by its owner only; links are followed. */
  public static void write(Path file, byte[] content) throws IOException {
    var target = Files.exists(file) ? file.toRealPath() : file;
    var folder = target.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("'" + file + "' is not a file");
    }
    var next = Files.createTempFile(folder, "." + target.getFileName(), ".new", owner("rw-------"));
    try {
      try (var channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
        writeAll(channel, content);
        channel.force(true);
      }
      Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  /** The same for text. */
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Opens a file for appending and reading, made 0600 if it is not there. */
  public static FileChannel append(Path file) throws IOException {
    return open(file, EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  /** Opens a file with these options; one that it makes is 0600. */
  public static FileChannel open(Path file, Set<StandardOpenOption> options) throws IOException {
    return FileChannel.open(file, options, owner("rw-------"));
  }

  /**
   * Makes an empty file.
   *
   * @throws java.nio.file.FileAlreadyExistsException if it is there
   */
  public static void create(Path file) throws IOException {
    Files.createFile(file, owner("rw-------"));
  }

  /** Makes an empty file of a new name in a folder for temporary files. */
  public static Path temporary(Path folder, String prefix) throws IOException {
    return Files.createTempFile(folder, prefix, "", owner("rw-------"));
  }

  /** Makes a folder 0700, and those above it, where they are missing. */
  public static Path folder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, owner("rwx------"));
    }
    return folder;
  }

  /** Writes all the bytes, however many writes that takes. */
  public static void writeAll(FileChannel channel, byte[] content) throws IOException {
    var buffer = ByteBuffer.wrap(content);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static FileAttribute<?> owner(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
