package dev.fuse.tool.git.look;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.git.repo.Commits;
import dev.fuse.tool.git.repo.CredentialFiles;
import dev.fuse.tool.git.repo.Deadline;
import dev.fuse.tool.git.repo.Decorations;
import dev.fuse.tool.git.repo.Differences;
import dev.fuse.tool.git.repo.MaskedPatch;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Revisions;
import dev.fuse.tool.git.repo.Schemas;
import dev.fuse.tool.git.repo.StatusScan;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevBlob;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;

/** {@code git_show}: one commit or tag with its changes, or a file or folder at a revision. */
public record ShowReading(Clock clock) implements Reading {

  @Override
  public ToolSpec spec() {
    return ToolSpec.of(
            "git_show",
            "A commit or tag with message and patch; with 'path', that file or folder as it was at"
                + " the revision",
            Schemas.ofRepository()
                .optional("revision", Schema.string("commit, tag, branch").byDefault("HEAD"))
                .optional("path", Schema.string("from the root"))
                .optional("stat", Schema.bool("counts instead of the patch")),
            Ceiling.readsSecrets("git"))
        .keywords("commit", "patch", "tag", "version", "earlier", "file");
  }

  @Override
  public String summary(Repo repo, Arguments arguments) {
    return "show "
        + Printable.line(arguments.string("revision", "HEAD"))
        + arguments.findString("path").map(path -> ":" + Printable.line(path)).orElse("");
  }

  @Override
  public List<Effect> effects(Repo repo, Arguments arguments) {
    var revision = arguments.string("revision", "HEAD");
    var path =
        arguments
            .findString("path")
            .map(repo::path)
            .orElse(revision.substring(revision.lastIndexOf(':') + 1));
    boolean named = arguments.has("path") || revision.contains(":");
    boolean secret = named ? CredentialFiles.has(path) : isFile(repo, revision);
    var coordinates = new String[] {"ref", revision, "path", named ? path : ""};
    return List.of(secret ? Effect.readSecret(repo.target(coordinates)) : repo.read(coordinates));
  }

  /** Whether a file is named by its id alone, so that nobody knows what it is. */
  private static boolean isFile(Repo repo, String revision) {
    try (var walk = new RevWalk(repo.git())) {
      return walk.peel(walk.parseAny(Revisions.object(repo, revision))) instanceof RevBlob;
    } catch (IOException | ToolFailure _) {
      // it cannot be read either
      return false;
    }
  }

  @Override
  public ToolResult read(Repo repo, Arguments arguments, Call call) throws IOException {
    var revision = arguments.string("revision", "HEAD");
    try (var walk = new RevWalk(repo.git())) {
      var path = arguments.findString("path").map(repo::path).filter(p -> !p.isEmpty());
      if (path.isPresent()) {
        return new FileAt(repo, walk)
            .show(Revisions.commit(walk, repo, revision), path.get(), revision);
      }
      var object = walk.parseAny(Revisions.object(repo, revision));
      return switch (object) {
        case RevCommit commit -> commit(repo, walk, commit, "", arguments, call);
        case RevTag tag -> tag(repo, walk, tag, arguments, call);
        case RevTree tree -> new FileAt(repo, walk).folder(tree);
        case RevBlob blob -> new FileAt(repo, walk).content(blob, revision);
        default ->
            throw ToolFailure.invalid(
                "'" + Printable.line(revision) + "' is of an unknown kind", "name a commit");
      };
    }
  }

  private ToolResult tag(Repo repo, RevWalk walk, RevTag tag, Arguments arguments, Call call)
      throws IOException {
    var head =
        "tag "
            + Printable.line(tag.getTagName())
            + who(" by ", tag.getTaggerIdent())
            + "\n"
            + Printable.block(tag.getFullMessage()).strip()
            + "\n\n";
    if (walk.peel(tag) instanceof RevCommit commit) {
      return commit(repo, walk, commit, head, arguments, call);
    }
    return ToolResult.ok(head + "of " + tag.getObject().name());
  }

  private static String who(String before, @org.jspecify.annotations.Nullable PersonIdent who) {
    return who == null ? "" : before + Commits.name(who) + " " + Commits.time(who);
  }

  private ToolResult commit(
      Repo repo, RevWalk walk, RevCommit commit, String head, Arguments arguments, Call call)
      throws IOException {
    walk.parseBody(commit);
    var text = new StringBuilder(head).append(header(repo, commit));
    text.append('\n').append(Printable.block(commit.getFullMessage()).strip()).append("\n\n");
    var before =
        commit.getParentCount() == 0
            ? new EmptyTreeIterator()
            : StatusScan.tree(repo, commit.getParent(0));
    if (commit.getParentCount() > 1) {
      text.append("merge; changes against its first parent: ");
    }
    try (var differences =
        new Differences(
            repo, before, StatusScan.tree(repo, commit), List.of(), 3, Deadline.of(call, clock))) {
      text.append(differences.sum()).append('\n');
      text.append(
          arguments.bool("stat", false)
              ? String.join("\n", differences.stat())
              : differences.masked(new MaskedPatch(repo, call)).patch());
      var data = new LinkedHashMap<>(Commits.structured(commit, Decorations.of(repo).at(commit)));
      data.put("message", commit.getFullMessage());
      data.put("files", differences.structured());
      return ToolResult.ok(text.toString()).structured(data);
    }
  }

  private static String header(Repo repo, RevCommit commit) throws IOException {
    var author = commit.getAuthorIdent();
    var committer = commit.getCommitterIdent();
    var lines = new ArrayList<String>();
    var refs = Decorations.of(repo).at(commit);
    lines.add(
        "commit "
            + commit.name()
            + (refs.isEmpty() ? "" : " (" + Printable.line(String.join(", ", refs)) + ")"));
    lines.add(
        "author "
            + Commits.name(author)
            + " <"
            + Printable.line(author.getEmailAddress())
            + "> "
            + Commits.time(author));
    if (!author.getName().equals(committer.getName())) {
      lines.add("committer " + Commits.name(committer) + " " + Commits.time(committer));
    }
    return String.join("\n", lines) + "\n";
  }
}
