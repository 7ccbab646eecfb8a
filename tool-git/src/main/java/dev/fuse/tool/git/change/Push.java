package dev.fuse.tool.git.change;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.tool.git.repo.CommitList;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Revisions;
import dev.fuse.tool.git.repo.Unpushed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * One reference to be pushed.
 *
 * @param source what is pushed; empty where something is deleted
 * @param to the short name there
 * @param there what the remote had when it was last fetched or pushed to
 */
record Push(
    Repo repo,
    RemoteTarget remote,
    Optional<ObjectId> source,
    String from,
    String to,
    boolean tag,
    boolean force,
    boolean delete,
    boolean track,
    Optional<ObjectId> there) {

  static Push of(Repo repo, RemoteTarget remote, Arguments arguments) throws IOException {
    return new Parser(repo, remote).parse(arguments);
  }

  /** Reads the arguments of a push. */
  record Parser(Repo repo, RemoteTarget remote) {

    Push parse(Arguments arguments) throws IOException {
      boolean delete = arguments.bool("delete", false);
      boolean force = arguments.bool("force", false);
      var tag = arguments.findString("tag");
      if (tag.isPresent()) {
        var name = BranchChange.name(tag.get(), false);
        var id = Revisions.findTag(repo, name);
        if (!delete && id.isEmpty()) {
          throw ToolFailure.notFound("there is no tag '" + name + "'", "git_tag creates one");
        }
        var source = delete ? Optional.<ObjectId>empty() : id;
        var full = Constants.R_TAGS + name;
        return new Push(
            repo, remote, source, full, name, true, force, delete, false, Optional.empty());
      }
      var branch = arguments.findString("branch").or(() -> current(arguments));
      var to = BranchChange.name(to(arguments, branch), false);
      var source = delete ? Optional.<ObjectId>empty() : Optional.of(commit(branch.orElse(to)));
      return new Push(
          repo,
          remote,
          source,
          local(branch.orElse(to), source),
          to,
          false,
          force,
          delete,
          arguments.bool("set_upstream", false),
          remote.last(to));
    }

    private Optional<String> current(Arguments arguments) {
      try {
        return arguments.has("to") && arguments.bool("delete", false)
            ? arguments.findString("to")
            : repo.branch();
      } catch (IOException _) {
        return Optional.empty();
      }
    }

    private static String to(Arguments arguments, Optional<String> branch) {
      return arguments
          .findString("to")
          .or(() -> branch)
          .orElseThrow(() -> ToolFailure.invalid("HEAD is detached", "give 'branch' and 'to'"));
    }

    private ObjectId commit(String name) throws IOException {
      try (var walk = new RevWalk(repo.git())) {
        return Revisions.commit(walk, repo, name).copy();
      }
    }

    /** The branch by its full name, so that it is pushed as a branch; else the commit. */
    private String local(String name, Optional<ObjectId> source) throws IOException {
      boolean branch = repo.git().exactRef(Constants.R_HEADS + name) != null;
      return branch ? Constants.R_HEADS + name : source.map(ObjectId::name).orElse("");
    }
  }

  /**
   * Goes on where the remote, as last fetched, would take it.
   *
   * @throws ToolFailure where it has commits that would be lost, and that is not asked for
   */
  void requireForwards() throws IOException {
    if (force || delete || tag || there.isEmpty() || source.isEmpty()) {
      return;
    }
    var lost = Unpushed.between(repo, there.get(), source).lost();
    if (lost > 0) {
      throw new ToolFailure(
          Kind.CONFLICT,
          "'%s' of '%s' has %d commits that are not in what would be pushed"
              .formatted(to, remote.name(), lost),
          "git_pull first; force=true would throw them away");
    }
  }

  List<String> command() {
    var command =
        new ArrayList<>(
            List.of("push", "--porcelain", "--no-recurse-submodules", "--no-follow-tags"));
    var full = (tag ? Constants.R_TAGS : Constants.R_HEADS) + to;
    if (force && tag) {
      command.add("--force");
    } else if (!tag && (force || (delete && there.isPresent()))) {
      command.add("--force-with-lease=" + full + ":" + there.map(ObjectId::name).orElse(""));
    }
    if (track) {
      command.add("--set-upstream");
    }
    command.add(remote.name());
    command.add((delete ? "" : from) + ":" + full);
    return command;
  }

  String summary() {
    var what = (tag ? "tag " : "") + Printable.line(to);
    var address = " of " + remote.name() + " (" + Printable.line(remote.remote().push()) + ")";
    if (delete) {
      return "delete " + what + address;
    }
    return (force ? "FORCE push " : "push ")
        + source.map(id -> id.abbreviate(7).name()).orElse("")
        + " to "
        + what
        + address
        + there.map(id -> ", there at " + id.abbreviate(7).name()).orElse("");
  }

  /** What the remote gets, and what it loses. */
  String shown(Repo now) throws IOException {
    if (tag) {
      return summary();
    }
    var gets =
        source.isEmpty()
            ? ""
            : CommitList.between(now, source.get(), there.map(ObjectId::name), 30);
    var loses =
        there.isEmpty() ? "" : CommitList.between(now, there.get(), source.map(ObjectId::name), 30);
    return (gets.isEmpty() ? "no new commit" : "new there:\n" + gets)
        + (loses.isEmpty() ? "" : "\n\nLOST there:\n" + loses);
  }

  String version() {
    return "%s %s %s %s"
        .formatted(
            remote.remote().push(),
            source.map(ObjectId::name).orElse("none"),
            to,
            there.map(ObjectId::name).orElse("none"));
  }
}
