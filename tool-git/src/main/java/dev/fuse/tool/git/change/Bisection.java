package dev.fuse.tool.git.change;

import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.WorkTrees;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Halves a stretch of history until one commit is left. */
record Bisection(List<String> argv, String good, String bad, Duration each, Program program) {

  private static final int CANNOT_TELL = 125;

  /**
   * What was found.
   *
   * @param first the first bad commit; empty where it could not be told, and {@code problem} says
   *     why
   * @param failure the last lines of the check at that commit
   */
  record Answer(Optional<String> first, String problem, List<String> steps, String failure) {}

  private enum Verdict {
    GOOD,
    BAD,
    UNKNOWN
  }

  /** Tries commits in a temporary work tree, which is removed whatever happens. */
  Answer run(Repo repo, Git git) throws IOException {
    var folder = Files.createTempDirectory("fuse-bisect").toRealPath();
    var tree = folder.resolve("tree");
    try {
      git.run("worktree", "add", "--quiet", "--detach", tree.toString(), bad);
      return search(new Git(git.program(), tree, git.call()));
    } finally {
      delete(folder);
      for (var linked : new WorkTrees(repo).all()) {
        if (linked.folder().equals(tree)) {
          linked.administration().ifPresent(Bisection::deleteQuietly);
        }
      }
    }
  }

  private Answer search(Git git) throws IOException {
    var steps = new ArrayList<String>();
    var failure = new String[] {""};
    if (check(git, bad, steps, failure) != Verdict.BAD) {
      return none("the check does not fail at 'bad': there is nothing to find", steps);
    }
    var failed = failure[0];
    if (check(git, good, steps, failure) != Verdict.GOOD) {
      return none("the check does not pass at 'good': give an earlier commit", steps);
    }
    var first = bad;
    Set<String> passed = new HashSet<>(Set.of(good));
    var skipped = new HashSet<String>();
    while (!git.call().cancelled()) {
      var candidates = candidates(git, first, passed);
      var current = first;
      var next =
          candidates.stream()
              .filter(id -> !skipped.contains(id) && !id.equals(current))
              .findFirst();
      if (next.isEmpty()) {
        var left = candidates.stream().filter(id -> !id.equals(current)).toList();
        return left.isEmpty()
            ? new Answer(Optional.of(first), "", steps, failed)
            : none("the first bad commit is " + first + " or one of those that cannot tell", steps);
      }
      switch (check(git, next.get(), steps, failure)) {
        case GOOD -> passed.add(next.get());
        case BAD -> {
          first = next.get();
          failed = failure[0];
        }
        case UNKNOWN -> skipped.add(next.get());
      }
    }
    return none("it was stopped; the first bad commit is " + first + " or before it", steps);
  }

  /** The commits that may be the first bad one, the best to try next first. */
  private static List<String> candidates(Git git, String bad, Set<String> passed)
      throws IOException {
    var command = new ArrayList<>(List.of("rev-list", "--bisect-all", bad));
    passed.forEach(id -> command.add("^" + id));
    return git.run(command).out().lines().map(line -> line.split(" ", 2)[0]).toList();
  }

  private Verdict check(Git git, String commit, List<String> steps, String[] failure)
      throws IOException {
    git.call().progress("trying " + commit.substring(0, 7) + ", step " + (steps.size() + 1));
    git.run("checkout", "--quiet", "--force", "--detach", commit);
    git.run("clean", "--quiet", "-ffdx");
    var outcome = program.run(argv, git.root(), new byte[0], git.call(), each);
    var verdict =
        !outcome.ended() || outcome.code() == CANNOT_TELL
            ? Verdict.UNKNOWN
            : outcome.code() == 0 ? Verdict.GOOD : Verdict.BAD;
    steps.add(
        commit.substring(0, 7)
            + switch (verdict) {
              case GOOD -> " good";
              case BAD -> " bad, exit " + outcome.code();
              case UNKNOWN -> outcome.ended() ? " cannot tell" : " took too long";
            });
    failure[0] = outcome.last(20);
    return verdict;
  }

  private static Answer none(String problem, List<String> steps) {
    return new Answer(Optional.empty(), problem, steps, "");
  }

  private static void deleteQuietly(Path folder) {
    try {
      delete(folder);
    } catch (IOException _) {
      // git worktree prune removes it later
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException trouble)
              throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
