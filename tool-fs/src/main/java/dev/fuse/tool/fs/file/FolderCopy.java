package dev.fuse.tool.fs.file;

import dev.fuse.tool.fs.place.Shown;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Copies and removes files and folders whole; links stay links. */
public final class FolderCopy {

  private FolderCopy() {}

  public static void copy(Path from, Path to, BooleanSupplier cancelled) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            one(folder);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (cancelled.getAsBoolean()) {
              throw new IOException("cancelled");
            }
            if (attributes.isOther()) {
              throw new IOException("'" + Shown.name(file) + "' is a device, pipe or socket");
            }
            one(file);
            return FileVisitResult.CONTINUE;
          }

          private void one(Path path) throws IOException {
            var target = to.resolve(from.relativize(path).toString());
            Files.copy(
                path,
                path.equals(from) ? to : target,
                StandardCopyOption.COPY_ATTRIBUTES,
                LinkOption.NOFOLLOW_LINKS);
          }
        });
  }

  /** Removes what was made in vain; what cannot be removed stays. */
  public static void delete(Path path) {
    try {
      Files.walkFileTree(
          path,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException trouble)
                throws IOException {
              Files.delete(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      // Nobody misses it, and the next to look sees a name that says what it is.
    }
  }
}
