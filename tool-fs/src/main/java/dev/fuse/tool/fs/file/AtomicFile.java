package dev.fuse.tool.fs.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Writes a file so that it is there whole or as it was, whenever the power fails. */
public final class AtomicFile {

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  private AtomicFile() {}

  /**
   * Replaces or creates a file; one that is there keeps its mode, group and, where that is allowed,
   * its owner.
   *
   * @throws FileAlreadyExistsException if it was to be created and has appeared meanwhile
   */
  public static void write(Path file, byte[] content, boolean create, Optional<String> mode)
      throws IOException {
    var temporary =
        file.resolveSibling(
            ".fuse-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
    try {
      fill(temporary, content, create ? Optional.empty() : Optional.of(file));
      if (mode.isPresent()) {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(mode.get()));
      }
      place(temporary, file, create);
      flushFolder(file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Makes missing folders, and tells which, outermost first. */
  public static List<Path> folders(Path folder) throws IOException {
    var missing = new ArrayList<Path>();
    for (var at = folder; at != null && !Files.exists(at); at = at.getParent()) {
      missing.addFirst(at);
    }
    Files.createDirectories(folder);
    return missing;
  }

  public static Optional<String> mode(Path file) {
    try {
      return Optional.of(
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void fill(Path temporary, byte[] content, Optional<Path> like) throws IOException {
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel =
        like.isPresent()
            ? FileChannel.open(temporary, options, PosixFilePermissions.asFileAttribute(OWNER))
            : FileChannel.open(temporary, options)) {
      var buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      if (like.isPresent()) {
        copyOwnerAndMode(like.get(), temporary);
      }
      channel.force(true);
    }
  }

  private static void copyOwnerAndMode(Path from, Path to) throws IOException {
    var wanted = Files.readAttributes(from, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    var view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    var own = view.readAttributes();
    if (!own.group().equals(wanted.group())) {
      permitted(() -> view.setGroup(wanted.group()));
    }
    if (!own.owner().equals(wanted.owner())) {
      permitted(() -> view.setOwner(wanted.owner()));
    }
    view.setPermissions(wanted.permissions());
  }

  /**
   * Only an administrator may give files away; for others the file becomes theirs, as in editors.
   */
  private static void permitted(Change change) throws IOException {
    try {
      change.make();
    } catch (FileSystemException e) {
      var reason = String.valueOf(e.getReason());
      if (!reason.contains("not permitted")) {
        throw e;
      }
    }
  }

  /** A link, unlike a move, does not replace what somebody else has put there meanwhile. */
  private static void place(Path temporary, Path file, boolean create) throws IOException {
    if (create) {
      try {
        Files.createLink(file, temporary);
        return;
      } catch (FileAlreadyExistsException e) {
        throw e;
      } catch (UnsupportedOperationException | FileSystemException e) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
          throw new FileAlreadyExistsException(file.toString());
        }
      }
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void flushFolder(Path file) {
    var folder = file.getParent();
    if (folder == null) {
      return;
    }
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The change is made; on file systems without this call it is only less sure to outlive a
      // crash.
    }
  }

  private interface Change {
    void make() throws IOException;
  }
}
