package dev.fuse.tool.fs.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** What tells that a file or folder is still the one that was looked at, without reading it. */
public final class FileState {

  private FileState() {}

  public static String of(Path path) {
    try {
      return Content.attributes(path)
          .map(
              found ->
                  found.isDirectory()
                      ? "folder " + found.fileKey()
                      : found.size() + " " + found.lastModifiedTime() + " " + found.fileKey())
          .orElse(Content.ABSENT);
    } catch (IOException e) {
      return "unreadable";
    }
  }

  /** The file system that a path lies on, to be compared; every one that is not told is another. */
  public static Object device(Path path) {
    try {
      return Files.getAttribute(path, "unix:dev", LinkOption.NOFOLLOW_LINKS);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return path;
    }
  }
}
