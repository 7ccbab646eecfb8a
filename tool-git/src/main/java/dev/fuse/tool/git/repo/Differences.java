package dev.fuse.tool.git.repo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.patch.FileHeader;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;

/** What differs between two trees, as git writes it; runs neither external diffs nor textconv. */
public final class Differences implements AutoCloseable {

  private static final int COUNTED = 500;
  private static final int LONGEST_PATCH = 1_000_000;
  private static final int LARGEST_TEXT = 10_000_000;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final DiffFormatter formatter = new DiffFormatter(out);
  private final List<DiffEntry> entries;
  private final List<String> named;
  private final Deadline deadline;

  /**
   * Compares.
   *
   * @param named paths to keep to, and whose content was asked for; all where it is empty
   */
  public Differences(
      Repo repo,
      AbstractTreeIterator before,
      AbstractTreeIterator after,
      List<String> named,
      int context,
      Deadline deadline)
      throws IOException {
    this.named = named;
    this.deadline = deadline;
    formatter.setRepository(repo.git());
    formatter.setDetectRenames(true);
    formatter.setContext(context);
    formatter.setBinaryFileThreshold(LARGEST_TEXT);
    if (!named.isEmpty()) {
      formatter.setPathFilter(PathFilterGroup.createFromStrings(named));
    }
    entries = List.copyOf(formatter.scan(before, after));
  }

  public List<DiffEntry> entries() {
    return entries;
  }

  /** What each file gained and lost, with a sum, as {@code git diff --stat} has it. */
  public List<String> stat() throws IOException {
    return counted().stream().map(Counted::line).toList();
  }

  /** The counts of each file for programs. */
  public List<Map<String, Object>> structured() throws IOException {
    var files = new ArrayList<Map<String, Object>>();
    for (var count : counted()) {
      files.add(
          Map.of(
              "path", StatusScan.path(count.entry()),
              "from", StatusScan.from(count.entry()),
              "change", String.valueOf(StatusScan.letter(count.entry())),
              "added", (long) count.added(),
              "removed", (long) count.removed(),
              "binary", count.binary()));
    }
    return files;
  }

  /** {@code 3 files, +10 -2}. */
  public String sum() throws IOException {
    int added = counted().stream().mapToInt(Counted::added).sum();
    int removed = counted().stream().mapToInt(Counted::removed).sum();
    boolean all = counted().size() == entries.size();
    return entries.size()
        + (entries.size() == 1 ? " file, +" : " files, +")
        + added
        + " -"
        + removed
        + (all ? "" : " in the first " + counted().size());
  }

  /** The unified diff; what may hold credentials is left out unless it was named. */
  public String patch() throws IOException {
    return patch(entries);
  }

  /** The same of some of the files. */
  public String patch(List<DiffEntry> some) throws IOException {
    var patch = new StringBuilder();
    int left = some.size();
    for (var entry : some) {
      if (patch.length() > LONGEST_PATCH || deadline.passed()) {
        patch.append("… ").append(left).append(" more files; narrow it with 'paths'\n");
        break;
      }
      left--;
      patch.append(withheld(entry) ? withheldNote(entry) : text(entry));
    }
    return patch.toString();
  }

  /** Whether the file may hold credentials and was not asked for by name. */
  private boolean withheld(DiffEntry entry) {
    return (CredentialFiles.has(entry.getOldPath()) && !named.contains(entry.getOldPath()))
        || (CredentialFiles.has(entry.getNewPath()) && !named.contains(entry.getNewPath()));
  }

  private static String withheldNote(DiffEntry entry) {
    return "diff of '"
        + Printable.line(StatusScan.path(entry))
        + "' is not shown: it may hold credentials; name it in 'paths' to ask for it\n";
  }

  /** The diff of one file as bytes. */
  public byte[] raw(DiffEntry entry) throws IOException {
    out.reset();
    formatter.format(entry);
    formatter.flush();
    return out.toByteArray();
  }

  private String text(DiffEntry entry) throws IOException {
    var text = Printable.block(new String(raw(entry), StandardCharsets.UTF_8));
    return text.length() <= LONGEST_PATCH
        ? text
        : text.substring(0, LONGEST_PATCH) + "\n… the rest of this file is left out\n";
  }

  private List<Counted> counted = List.of();

  private List<Counted> counted() throws IOException {
    if (!counted.isEmpty() || entries.isEmpty()) {
      return counted;
    }
    var counts = new ArrayList<Counted>();
    for (var entry : entries) {
      if (counts.size() >= COUNTED || (deadline.passed() && !counts.isEmpty())) {
        break;
      }
      counts.add(Counted.of(entry, formatter.toFileHeader(entry)));
    }
    counted = counts;
    return counts;
  }

  @Override
  public void close() {
    formatter.close();
  }

  private record Counted(DiffEntry entry, int added, int removed, boolean binary) {

    static Counted of(DiffEntry entry, FileHeader header) {
      int added = 0;
      int removed = 0;
      for (var edit : header.toEditList()) {
        added += edit.getLengthB();
        removed += edit.getLengthA();
      }
      boolean binary = header.getPatchType() != FileHeader.PatchType.UNIFIED;
      return new Counted(entry, added, removed, binary);
    }

    String line() {
      var from = StatusScan.from(entry);
      return StatusScan.letter(entry)
          + " "
          + (from.isEmpty() ? "" : Printable.line(from) + " -> ")
          + Printable.line(StatusScan.path(entry))
          + (binary ? " binary" : " +" + added + " -" + removed);
    }
  }
}
