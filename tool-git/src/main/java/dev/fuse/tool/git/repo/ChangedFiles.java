package dev.fuse.tool.git.repo;

import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.util.io.NullOutputStream;

/** The files that a commit changed against its first parent. */
public final class ChangedFiles {

  private ChangedFiles() {}

  /** A letter and a path each, as in {@code git log --name-status}. */
  public static List<String> of(Repo repo, RevCommit commit) throws IOException {
    try (var formatter = new DiffFormatter(NullOutputStream.INSTANCE)) {
      formatter.setRepository(repo.git());
      formatter.setDetectRenames(true);
      var before =
          commit.getParentCount() == 0
              ? new EmptyTreeIterator()
              : StatusScan.tree(repo, commit.getParent(0));
      return formatter.scan(before, StatusScan.tree(repo, commit)).stream()
          .map(
              entry -> {
                var from = StatusScan.from(entry);
                return StatusScan.letter(entry)
                    + " "
                    + (from.isEmpty() ? "" : Printable.line(from) + " -> ")
                    + Printable.line(StatusScan.path(entry));
              })
          .toList();
    }
  }
}
