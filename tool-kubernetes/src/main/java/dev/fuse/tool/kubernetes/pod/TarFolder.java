package dev.fuse.tool.kubernetes.pod;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.kubernetes.change.Blast;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Files as a tar stream, of which nothing leaves the folder it is unpacked to. */
public final class TarFolder {

  private static final long MOST_BYTES = 1L << 30;
  private static final int MOST_FILES = 20_000;

  private TarFolder() {}

  /** What was packed or unpacked, and what was left out. */
  public record Report(int files, long bytes, List<String> left) {

    public Report {
      left = List.copyOf(left);
    }

    String told() {
      var shown = left.stream().limit(10).toList();
      return Blast.counted(files, "file")
          + ", "
          + bytes
          + " bytes"
          + (left.isEmpty() ? "" : "; left out " + left.size() + ": " + String.join(", ", shown));
    }
  }

  /**
   * Unpacks what was asked for under its name to a path; links and devices are left out, since they
   * lead elsewhere.
   *
   * @throws ToolFailure at an entry that is not below that name
   */
  public static Report unpack(InputStream from, String name, Path to) throws IOException {
    int files = 0;
    long bytes = 0;
    var left = new ArrayList<String>();
    var tar = new TarArchiveInputStream(from);
    for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      var target = target(entry.getName(), name, to);
      if (entry.isDirectory()) {
        Files.createDirectories(target);
        continue;
      }
      if (!entry.isFile() || entry.isLink() || entry.isSymbolicLink()) {
        left.add(entry.getName());
        continue;
      }
      bytes += entry.getSize();
      if (++files > MOST_FILES || bytes > MOST_BYTES) {
        throw new ToolFailure(
            ToolResult.Kind.LIMIT,
            "more than " + MOST_FILES + " files or " + MOST_BYTES + " bytes",
            "copy a part of it");
      }
      Files.createDirectories(parent(target));
      try (var out =
          Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        tar.transferTo(out);
      }
    }
    return new Report(files, bytes, left);
  }

  private static Path target(String entry, String name, Path to) {
    var plain = entry.startsWith("./") ? entry.substring(2) : entry;
    var parts = List.of(plain.split("/", -1));
    if (plain.startsWith("/") || parts.contains("..") || !parts.getFirst().equals(name)) {
      throw ToolFailure.invalid(
          "the container's tar holds '" + entry + "', which was not asked for", "do not trust it");
    }
    var target = to;
    for (var part : parts.subList(1, parts.size())) {
      if (!part.isEmpty() && !part.equals(".")) {
        target = target.resolve(part);
      }
    }
    if (!target.normalize().startsWith(to)) {
      throw ToolFailure.invalid("'" + entry + "' leaves the folder", "do not trust it");
    }
    return target;
  }

  private static Path parent(Path path) {
    var parent = path.getParent();
    return parent == null ? path : parent;
  }

  /** Packs a file or folder under that name; links are left out. */
  static Report pack(Path from, String name, OutputStream into) throws IOException {
    int files = 0;
    long bytes = 0;
    var left = new ArrayList<String>();
    try (var tar = new TarArchiveOutputStream(into, 10_240);
        var all = Files.walk(from)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      for (var path : (Iterable<Path>) all::iterator) {
        var below = from.relativize(path).toString();
        var entry = below.isEmpty() ? name : name + "/" + below;
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          tar.putArchiveEntry(new TarArchiveEntry(entry + "/"));
          tar.closeArchiveEntry();
          continue;
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          left.add(below);
          continue;
        }
        var header = new TarArchiveEntry(entry);
        header.setSize(Files.size(path));
        header.setMode(Files.isExecutable(path) ? 0755 : 0644);
        tar.putArchiveEntry(header);
        Files.copy(path, tar);
        tar.closeArchiveEntry();
        files++;
        bytes += header.getSize();
      }
      tar.finish();
    }
    return new Report(files, bytes, left);
  }
}
