package dev.fuse.tool.git.repo;

import dev.fuse.spi.ToolFailure;
import dev.fuse.text.Spelling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Finds what a revision names. */
public final class Revisions {

  private Revisions() {}

  /**
   * The commit of a revision.
   *
   * @throws ToolFailure if it names none
   */
  public static RevCommit commit(RevWalk walk, Repo repo, String revision) throws IOException {
    var id = object(repo, revision);
    try {
      return walk.parseCommit(id);
    } catch (IncorrectObjectTypeException _) {
      throw ToolFailure.invalid(
          "'" + Printable.line(revision) + "' is no commit", "give a commit, branch or tag");
    }
  }

  /**
   * The object of any kind that a revision names.
   *
   * @throws ToolFailure if it names none, or several
   */
  public static ObjectId object(Repo repo, String revision) throws IOException {
    var shown = "'" + Printable.line(revision) + "'";
    if (revision.isBlank()
        || revision.startsWith("-")
        || revision.chars().anyMatch(Character::isISOControl)) {
      throw ToolFailure.invalid(
          shown + " is no revision", "give a commit, branch or tag, such as 'HEAD~1'");
    }
    try {
      var id = repo.git().resolve(revision);
      if (id != null) {
        return id;
      }
    } catch (AmbiguousObjectException e) {
      throw ToolFailure.invalid(
          shown + " fits several objects: " + e.getCandidates(), "give more of its digits");
    } catch (RevisionSyntaxException _) {
      throw ToolFailure.invalid(shown + " is no revision", "give a commit, branch or tag");
    }
    throw unknown(repo, revision, shown);
  }

  /** What a tag of this name points to, unpeeled. */
  public static Optional<ObjectId> findTag(Repo repo, String name) throws IOException {
    return Optional.ofNullable(repo.git().exactRef(Constants.R_TAGS + name))
        .flatMap(ref -> Optional.ofNullable(ref.getObjectId()));
  }

  private static ToolFailure unknown(Repo repo, String revision, String shown) throws IOException {
    if (revision.startsWith(Constants.HEAD) && repo.head().isEmpty()) {
      return ToolFailure.notFound(
          "branch '" + repo.branch().orElse("?") + "' has no commit yet",
          "git_status shows what would be its first");
    }
    return ToolFailure.notFound(
        shown
            + " names nothing in '"
            + repo.root()
            + "'"
            + Spelling.didYouMean(revision, names(repo.git())),
        "git_branches lists the branches");
  }

  private static List<String> names(Repository git) throws IOException {
    var names = new ArrayList<String>();
    for (var prefix : List.of(Constants.R_HEADS, Constants.R_REMOTES, Constants.R_TAGS)) {
      for (var ref : git.getRefDatabase().getRefsByPrefix(prefix)) {
        names.add(Repository.shortenRefName(ref.getName()));
        if (names.size() > 5_000) {
          return names;
        }
      }
    }
    return names;
  }
}
