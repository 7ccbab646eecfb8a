package dev.fuse.tool.git.repo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.util.io.NullOutputStream;

/**
 * What differs between HEAD, the index and the work tree.
 *
 * @param changes of tracked files, by path
 * @param conflicts the sides that exist, by path: 1 base, 2 ours, 4 theirs, added up
 * @param untracked files, and folders with nothing tracked in them, with a slash
 * @param complete whether all of the work tree was seen in time
 */
public record StatusScan(
    List<Change> changes,
    Map<String, Integer> conflicts,
    List<String> untracked,
    boolean complete) {

  /**
   * A tracked file that changed, in the letters of {@code git status --short}.
   *
   * @param from the former path of a renamed file, or empty
   */
  public record Change(char index, char work, String path, String from) {

    public boolean staged() {
      return index != ' ';
    }
  }

  boolean clean() {
    return changes.isEmpty() && conflicts.isEmpty() && untracked.isEmpty();
  }

  public long staged() {
    return changes.stream().filter(Change::staged).count();
  }

  public long unstaged() {
    return changes.stream().filter(change -> change.work() != ' ').count();
  }

  /** Looks at everything, until the deadline. */
  public static StatusScan of(Repo repo, Deadline deadline) throws IOException {
    var index = Index.read(repo);
    var conflicts = conflicts(index);
    var staged = staged(repo, index);
    staged.keySet().removeAll(conflicts.keySet());
    var work = WorkTreeScan.of(repo, index, deadline);
    var changes = new TreeMap<String, Change>(staged);
    work.changes()
        .forEach(
            (path, letter) -> {
              if (!conflicts.containsKey(path)) {
                changes.merge(
                    path,
                    new Change(' ', letter, path, ""),
                    (in, on) -> new Change(in.index(), letter, path, in.from()));
              }
            });
    return new StatusScan(
        List.copyOf(changes.values()), conflicts, work.untracked(), work.complete());
  }

  /** The sides of each path that has not been merged. */
  public static Map<String, Integer> conflicts(DirCache index) {
    var conflicts = new TreeMap<String, Integer>();
    for (int i = 0; i < index.getEntryCount(); i++) {
      var entry = index.getEntry(i);
      if (entry.getStage() > 0) {
        conflicts.merge(entry.getPathString(), 1 << (entry.getStage() - 1), Integer::sum);
      }
    }
    return conflicts;
  }

  private static Map<String, Change> staged(Repo repo, DirCache index) throws IOException {
    var staged = new TreeMap<String, Change>();
    try (var formatter = new DiffFormatter(NullOutputStream.INSTANCE)) {
      formatter.setRepository(repo.git());
      formatter.setDetectRenames(true);
      for (var entry : formatter.scan(head(repo), new DirCacheIterator(index))) {
        var path = path(entry);
        staged.put(path, new Change(letter(entry), ' ', path, from(entry)));
      }
    }
    return staged;
  }

  /** The tree of HEAD; an empty one on a branch without commits. */
  public static AbstractTreeIterator head(Repo repo) throws IOException {
    var head = repo.head();
    return head.isPresent() ? tree(repo, head.get()) : new EmptyTreeIterator();
  }

  /** The tree of a commit. */
  public static AbstractTreeIterator tree(Repo repo, ObjectId commit) throws IOException {
    try (var walk = new RevWalk(repo.git());
        var reader = repo.git().newObjectReader()) {
      return new CanonicalTreeParser(null, reader, walk.parseTree(commit));
    }
  }

  public static String path(DiffEntry entry) {
    return entry.getChangeType() == DiffEntry.ChangeType.DELETE
        ? entry.getOldPath()
        : entry.getNewPath();
  }

  public static String from(DiffEntry entry) {
    return switch (entry.getChangeType()) {
      case RENAME, COPY -> entry.getOldPath();
      case ADD, DELETE, MODIFY -> "";
    };
  }

  public static char letter(DiffEntry entry) {
    return switch (entry.getChangeType()) {
      case ADD -> 'A';
      case DELETE -> 'D';
      case RENAME -> 'R';
      case COPY -> 'C';
      case MODIFY -> typeChanged(entry) ? 'T' : 'M';
    };
  }

  /** The letters of {@code git status --short} for a path that has not been merged. */
  public static String conflictLetters(int sides) {
    return List.of("??", "DD", "AU", "UD", "UA", "DU", "AA", "UU").get(sides);
  }

  /** What happened on the two sides, in words. */
  public static String conflictWords(int sides) {
    return List.of(
            "unknown",
            "both deleted",
            "added by us",
            "deleted by them",
            "added by them",
            "deleted by us",
            "both added",
            "both modified")
        .get(sides);
  }

  /** The first paths, as one line. */
  public static String some(List<String> paths, int limit) {
    var shown = new ArrayList<String>();
    paths.stream().limit(limit).map(path -> Printable.line(path, 200)).forEach(shown::add);
    int left = paths.size() - shown.size();
    return String.join(", ", shown) + (left > 0 ? " and " + left + " more" : "");
  }

  private static boolean typeChanged(DiffEntry entry) {
    return entry.getOldMode().getObjectType() != entry.getNewMode().getObjectType()
        || (entry.getOldMode().getBits() & 0170000) != (entry.getNewMode().getBits() & 0170000);
  }
}
