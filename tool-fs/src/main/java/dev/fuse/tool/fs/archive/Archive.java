package dev.fuse.tool.fs.archive;

import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.fs.file.BinaryKind;
import dev.fuse.tool.fs.place.Shown;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Reads tar, zip and compressed files, which it knows by their first bytes and not by their name.
 */
final class Archive {

  /** What the entry of an archive is. */
  enum Kind {
    FILE,
    FOLDER,
    LINK,
    HARD_LINK,
    OTHER
  }

  /**
   * An entry.
   *
   * @param size negative where it is not told before it is read
   * @param mode permission bits; 0 where they are not told
   * @param target of a link
   */
  record Entry(String name, long size, int mode, Kind kind, String target) {}

  /** Takes entries. */
  @FunctionalInterface
  interface Visitor {
    /** Takes one, whose content may be read until this returns; false ends the archive. */
    boolean visit(Entry entry, InputStream content) throws IOException;
  }

  private static final int TAR_HEAD = 512;
  private static final int LZMA_KILOBYTES = 256 << 10;

  private Archive() {}

  /**
   * Visits every entry.
   *
   * @throws ToolFailure if the file is no archive that is known
   */
  static void read(Path file, String shown, Visitor visitor) throws IOException {
    byte[] head;
    try (var in = Files.newInputStream(file)) {
      head = in.readNBytes(TAR_HEAD);
    }
    var kind = BinaryKind.of(head);
    if (kind.startsWith("zip")) {
      zip(file, visitor);
      return;
    }
    try (var raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        var in = new BufferedInputStream(decompressed(kind, raw), 1 << 16)) {
      in.mark(TAR_HEAD);
      var start = in.readNBytes(TAR_HEAD);
      in.reset();
      if (BinaryKind.of(start).equals("tar archive")) {
        tar(in, visitor);
        return;
      }
      if (!compressed(kind)) {
        throw ToolFailure.invalid(
            "'" + shown + "' is no archive that is known: " + kind,
            "tar, zip, gz, bz2 and xz are known");
      }
      visitor.visit(new Entry(withoutEnding(file), -1, 0, Kind.FILE, ""), in);
    }
  }

  private static boolean compressed(String kind) {
    return kind.equals("gzip") || kind.equals("bzip2") || kind.equals("xz");
  }

  private static InputStream decompressed(String kind, InputStream in) throws IOException {
    return switch (kind) {
      case "gzip" ->
          GzipCompressorInputStream.builder()
              .setInputStream(in)
              .setDecompressConcatenated(true)
              .get();
      case "bzip2" -> new BZip2CompressorInputStream(in, true);
      case "xz" ->
          XZCompressorInputStream.builder()
              .setInputStream(in)
              .setDecompressConcatenated(true)
              .setMemoryLimitKiB(LZMA_KILOBYTES)
              .get();
      default -> in;
    };
  }

  private static void tar(InputStream in, Visitor visitor) throws IOException {
    try (var tar = new TarArchiveInputStream(in)) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        var found =
            new Entry(
                entry.getName(),
                entry.getSize(),
                entry.getMode() & 0777,
                kind(entry),
                Optional.ofNullable(entry.getLinkName()).orElse(""));
        if (!visitor.visit(found, tar)) {
          return;
        }
      }
    }
  }

  private static Kind kind(TarArchiveEntry entry) {
    if (entry.isSymbolicLink()) {
      return Kind.LINK;
    }
    if (entry.isLink()) {
      return Kind.HARD_LINK;
    }
    if (entry.isDirectory()) {
      return Kind.FOLDER;
    }
    return entry.isFile() ? Kind.FILE : Kind.OTHER;
  }

  private static void zip(Path file, Visitor visitor) throws IOException {
    try (var zip = ZipFile.builder().setPath(file).get()) {
      for (var entries = zip.getEntries(); entries.hasMoreElements(); ) {
        var entry = entries.nextElement();
        if (!zip.canReadEntryData(entry)) {
          throw new IOException(
              "'"
                  + Shown.name(entry.getName())
                  + "' is encrypted or compressed in a way that is not known");
        }
        try (var content = zip.getInputStream(entry)) {
          if (!visitor.visit(entry(zip, entry), content)) {
            return;
          }
        }
      }
    }
  }

  private static Entry entry(ZipFile zip, ZipArchiveEntry entry) throws IOException {
    boolean link = entry.isUnixSymlink();
    return new Entry(
        entry.getName(),
        entry.getSize(),
        entry.getUnixMode() & 0777,
        link ? Kind.LINK : entry.isDirectory() ? Kind.FOLDER : Kind.FILE,
        link ? Optional.ofNullable(zip.getUnixSymlink(entry)).orElse("") : "");
  }

  private static String withoutEnding(Path file) {
    var name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name + ".out";
  }
}
