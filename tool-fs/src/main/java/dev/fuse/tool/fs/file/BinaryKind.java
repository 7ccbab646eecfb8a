package dev.fuse.tool.fs.file;

import dev.fuse.tool.fs.place.Shown;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a file is that is no text, by its first bytes. */
public final class BinaryKind {

  private BinaryKind() {}

  static String describe(String name, byte[] head, long size) {
    var first = HexFormat.ofDelimiter(" ").formatHex(head, 0, Math.min(32, head.length));
    return "%s is binary (%s), %s; it begins with %s"
        .formatted(name, of(head), Shown.size(size), first);
  }

  public static String of(byte[] head) {
    if (head.length > 262 && "ustar".equals(latin(head, 257, 5))) {
      return "tar archive";
    }
    var start = latin(head, 0, Math.min(16, head.length));
    return known().entrySet().stream()
        .filter(entry -> start.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("unknown kind");
  }

  private static String latin(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
  }

  private static Map<String, String> known() {
    var kinds = new LinkedHashMap<String, String>();
    kinds.put("\u007fELF", "ELF program or library");
    kinds.put("\u00ca\u00fe\u00ba\u00be", "Java class or Mach-O");
    kinds.put("\u00cf\u00fa\u00ed\u00fe", "Mach-O program or library");
    kinds.put("MZ", "Windows program");
    kinds.put("PK\u0003\u0004", "zip or jar");
    kinds.put("\u001f\u008b", "gzip");
    kinds.put("BZh", "bzip2");
    kinds.put("\u00fd7zXZ", "xz");
    kinds.put("(\u00b5/\u00fd", "zstd");
    kinds.put("%PDF", "PDF");
    kinds.put("\u0089PNG", "PNG image");
    kinds.put("\u00ff\u00d8\u00ff", "JPEG image");
    kinds.put("GIF8", "GIF image");
    kinds.put("SQLite format 3", "SQLite database");
    return kinds;
  }
}
