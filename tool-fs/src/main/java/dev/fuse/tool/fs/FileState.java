package dev.fuse.tool.fs;

import java.io.IOException;
import java.nio.file.Path;

/** What tells that a file or folder is still the one that was looked at, without reading it. */
final class FileState {

  private FileState() {}

  static String of(Path path) {
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
}
