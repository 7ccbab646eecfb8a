package dev.fuse.tool.fs.file;

import dev.fuse.tool.fs.place.Shown;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/**
 * What changes between two contents of a file.
 *
 * @param added lines
 * @param removed lines
 */
record UnifiedDiff(String text, int added, int removed) {

  /** Bytes of either side; more is nothing that a person reads before saying yes. */
  private static final int MOST = 4 << 20;

  static UnifiedDiff of(String name, Content before, Content after) {
    var old = text(before.bytes());
    var now = text(after.bytes());
    if (old.isEmpty() || now.isEmpty() || old.get().length > MOST || now.get().length > MOST) {
      return new UnifiedDiff(
          "%s: %s → %s, not text or too large for a diff%n"
              .formatted(name, size(before), size(after)),
          0,
          0);
    }
    var left = new RawText(old.get());
    var right = new RawText(now.get());
    var edits =
        DiffAlgorithm.getAlgorithm(DiffAlgorithm.SupportedAlgorithm.HISTOGRAM)
            .diff(RawTextComparator.DEFAULT, left, right);
    var head =
        "--- %s\n+++ %s\n"
            .formatted(
                before.exists() ? "a/" + name : "/dev/null",
                after.exists() ? "b/" + name : "/dev/null");
    return new UnifiedDiff(
        head + hunks(edits, left, right),
        edits.stream().mapToInt(edit -> edit.getLengthB()).sum(),
        edits.stream().mapToInt(edit -> edit.getLengthA()).sum());
  }

  /** {@code +3 −1 lines}. */
  String summary() {
    return "+" + added + " −" + removed + " lines";
  }

  private static String hunks(EditList edits, RawText left, RawText right) {
    var out = new ByteArrayOutputStream();
    try (var formatter = new DiffFormatter(out)) {
      formatter.format(edits, left, right);
      formatter.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String size(Content content) {
    return content.bytes().map(bytes -> Shown.size(bytes.length)).orElse("not there");
  }

  private static Optional<byte[]> text(Optional<byte[]> bytes) {
    return FileText.decode(bytes.orElse(new byte[0]))
        .map(text -> text.text().getBytes(StandardCharsets.UTF_8));
  }
}
