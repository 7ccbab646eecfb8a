package dev.fuse.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Keeps the tables of worlds in a folder of the person's, one file for each, for them alone. */
record NameFiles(Optional<Path> home) {

  /** The table of a world; one that is damaged or foreign is set aside. */
  Optional<NameTable> find(World world) {
    if (home.isEmpty()) {
      return Optional.empty();
    }
    var file = home.get().resolve(world.file());
    try {
      if (Files.size(file) > NameTable.LARGEST * 2L) {
        throw new IOException("it is larger than any inventory");
      }
      return Optional.of(NameTable.read(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      setAside(file);
      return Optional.empty();
    }
  }

  /** Keeps a table; where that is not possible it is only not kept. */
  void keep(World world, NameTable table) {
    if (home.isEmpty()) {
      return;
    }
    var folder = home.get();
    var file = folder.resolve(world.file());
    var half = folder.resolve(world.file() + "." + ProcessHandle.current().pid());
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      var only = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      try (var out =
          Files.newByteChannel(
              half, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), only)) {
        out.write(java.nio.ByteBuffer.wrap(table.bytes()));
      }
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | UnsupportedOperationException e) {
      forget(half);
    }
  }

  private static void setAside(Path file) {
    try {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".damaged"),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      forget(file);
    }
  }

  private static void forget(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It stays, and is read as damaged again.
    }
  }
}
