package dev.fuse.tool.fs.file;

import dev.fuse.spi.ToolFailure;
import java.util.ArrayList;
import java.util.stream.Collectors;

/**
 * Replaces text that stands exactly once.
 *
 * @param old with any line ends; those of the file count
 */
record TextEdit(String old, String replacement) {

  TextEdit {
    if (old.isEmpty()) {
      throw ToolFailure.invalid("'old' is empty", "give the text that is to be replaced");
    }
    if (old.equals(replacement)) {
      throw ToolFailure.invalid("'old' and 'new' are the same", "nothing is to be done");
    }
  }

  /**
   * The file's bytes after the edit.
   *
   * @throws ToolFailure if the text is not there, stands more than once, or cannot be encoded
   */
  byte[] apply(FileText file, String name) {
    boolean windows = file.windowsLines() && !old.contains("\r\n");
    var wanted = windows ? old.replace("\n", "\r\n") : old;
    var put = windows ? replacement.replace("\r\n", "\n").replace("\n", "\r\n") : replacement;
    var text = file.text();
    int at = unique(text, wanted, name);
    return file.encode(text.substring(0, at) + put + text.substring(at + wanted.length()))
        .orElseThrow(
            () ->
                ToolFailure.invalid(
                    "'new' has characters that '%s' cannot hold: it is %s"
                        .formatted(name, file.charset()),
                    "use characters of that charset, or rewrite the file with fs_write"));
  }

  private int unique(String text, String wanted, String name) {
    int first = text.indexOf(wanted);
    if (first < 0) {
      throw ToolFailure.invalid(
          "'old' does not stand in '" + name + "'", NearestLines.of(text, old));
    }
    if (text.indexOf(wanted, first + 1) < 0) {
      return first;
    }
    var lines = new ArrayList<Integer>();
    for (int at = first; at >= 0; at = text.indexOf(wanted, at + 1)) {
      lines.add(NearestLines.line(text, at));
    }
    throw ToolFailure.invalid(
        "'old' stands %,d times in '%s': lines %s"
            .formatted(
                lines.size(),
                name,
                lines.stream().limit(10).map(String::valueOf).collect(Collectors.joining(", "))),
        "take lines around it along, so that it stands once");
  }
}
