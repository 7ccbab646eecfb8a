package dev.fuse.tool.git.change;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.git.repo.BranchState;
import dev.fuse.tool.git.repo.CommitList;
import dev.fuse.tool.git.repo.ConfiguredCode;
import dev.fuse.tool.git.repo.Occasion;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Revisions;
import dev.fuse.tool.git.repo.Schemas;
import dev.fuse.tool.git.repo.Unpushed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/** {@code git_branch}: creates, switches, renames and deletes branches of this repository. */
public record BranchChange() implements Change {

  @Override
  public ToolSpec spec() {
    return ToolSpec.of(
            "git_branch",
            "Create a branch, switch to one (or to a commit, detached), rename or delete one;"
                + " switching stops where it would lose changes",
            Schemas.ofRepository()
                .required("action", Schema.choice("what", "create", "switch", "rename", "delete"))
                .required("name", Schema.string("the branch"))
                .optional("start", Schema.string("commit to create it at").byDefault("HEAD"))
                .optional("switch", Schema.bool("switch to what is created"))
                .optional("to", Schema.string("the new name"))
                .optional("upstream", Schema.string("of what is created: origin/main")),
            Ceiling.of(
                Risk.HIGH,
                false,
                Set.of(Verb.CREATE, Verb.UPDATE, Verb.DELETE, Verb.EXECUTE),
                "git"))
        .keywords("branch", "checkout", "switch", "create branch", "delete branch");
  }

  @Override
  public Plan plan(Repo repo, Arguments arguments, Call call) throws IOException {
    var name = name(arguments.string("name"), arguments.string("action").equals("switch"));
    return switch (arguments.string("action")) {
      case "create" -> create(repo, name, arguments);
      case "switch" -> switchTo(repo, name);
      case "rename" -> rename(repo, name, name(arguments.string("to"), false));
      default -> delete(repo, name);
    };
  }

  /** A name that git would take for a branch, and never for an option. */
  public static String name(String name, boolean orRevision) {
    boolean fits =
        Repository.isValidRefName(Constants.R_HEADS + name)
            && !name.startsWith("-")
            && !name.matches("(refs/|\\+).*");
    boolean revision =
        orRevision && !name.startsWith("-") && name.chars().noneMatch(Character::isISOControl);
    if (!fits && !revision) {
      throw ToolFailure.invalid(
          "'" + Printable.line(name) + "' is no name for a branch",
          "letters, digits, '-', '/', beginning with a letter or digit");
    }
    return name;
  }

  private static ObjectId existing(Repo repo, String name) throws IOException {
    var ref = repo.git().exactRef(Constants.R_HEADS + name);
    if (ref == null || ref.getObjectId() == null) {
      throw ToolFailure.notFound(
          "there is no branch '" + Printable.line(name) + "'", "git_branches lists them");
    }
    return ref.getObjectId();
  }

  private static Plan create(Repo repo, String name, Arguments arguments) throws IOException {
    if (repo.git().exactRef(Constants.R_HEADS + name) != null) {
      throw ToolFailure.invalid(
          "there is a branch '" + Printable.line(name) + "' already", "switch to it, or rename it");
    }
    boolean move = arguments.bool("switch", false);
    if (move) {
      repo.requireFiles();
    }
    try (var walk = new RevWalk(repo.git())) {
      var start = Revisions.commit(walk, repo, arguments.string("start", "HEAD")).name();
      var upstream = arguments.findString("upstream").map(text -> name(text, false));
      var effects = new ArrayList<Effect>();
      effects.add(repo.change(Verb.CREATE, Risk.LOW, "branch", name));
      effects.addAll(code(repo, move));
      var summary =
          "create branch %s at %s%s"
              .formatted(name, start.substring(0, 7), move ? " and switch to it" : "");
      return new Plan(
          summary,
          effects,
          version(repo, name) + " " + start,
          now -> Preview.text("like: git branch " + name + " " + start.substring(0, 7), summary),
          (now, git) -> created(now, git, name, start, upstream, move));
    }
  }

  private static String version(Repo repo, String name) throws IOException {
    var versions = new Versions(repo);
    return versions.ref(Constants.R_HEADS + name) + " " + versions.head();
  }

  private static ToolResult created(
      Repo repo, Git git, String name, String start, Optional<String> upstream, boolean move)
      throws IOException {
    var before = repo.branch().or(() -> headId(repo));
    git.run("branch", "--no-track", name, start);
    if (upstream.isPresent()) {
      git.run("branch", "--quiet", "--set-upstream-to=" + upstream.get(), name);
    }
    if (move) {
      git.run("switch", "--quiet", name);
    }
    var undo =
        move && before.isPresent()
            ? call(repo, "back to " + before.get(), before.get(), "switch", before.get())
            : call(repo, "delete branch " + name, name, "delete", name);
    return ToolResult.ok("created " + name + (move ? " and switched to it" : "")).undo(undo);
  }

  private static Optional<String> headId(Repo repo) {
    try {
      return repo.head().map(ObjectId::name);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static dev.fuse.spi.Undo call(
      Repo repo, String summary, String name, String action, String target) throws IOException {
    return new Undoing(repo)
        .call("git_branch", summary, version(repo, name), Map.of("action", action, "name", target));
  }

  private static Plan switchTo(Repo repo, String name) throws IOException {
    repo.requireFiles();
    boolean local = repo.git().exactRef(Constants.R_HEADS + name) != null;
    var remote = repo.git().getRefDatabase().getRefsByPrefix(Constants.R_REMOTES);
    boolean tracked = !local && remote.stream().anyMatch(ref -> ref.getName().endsWith("/" + name));
    var command = new ArrayList<>(List.of("switch", "--quiet"));
    var detached = "";
    if (!local && !tracked) {
      try (var walk = new RevWalk(repo.git())) {
        detached = Revisions.commit(walk, repo, name).name();
      }
      command.add("--detach");
    }
    command.add(detached.isEmpty() ? name : detached);
    var effects = new ArrayList<Effect>();
    effects.add(repo.change(Verb.UPDATE, Risk.LOW, "ref", name));
    effects.addAll(code(repo, true));
    var summary =
        "switch from %s to %s%s"
            .formatted(
                repo.branch().orElse("detached HEAD"),
                Printable.line(name),
                tracked ? ", tracking its remote branch" : detached.isEmpty() ? "" : ", detached");
    return new Plan(
        summary,
        effects,
        version(repo, name),
        now -> Preview.text("like: git switch " + Printable.line(name), summary),
        (now, git) -> switched(now, git, command));
  }

  private static ToolResult switched(Repo repo, Git git, List<String> command) throws IOException {
    var before = repo.branch().or(() -> headId(repo));
    git.run(command);
    var result = ToolResult.ok("on " + BranchState.of(repo).line().substring(3));
    return before.isEmpty()
        ? result
        : result.undo(call(repo, "back to " + before.get(), before.get(), "switch", before.get()));
  }

  private static Plan rename(Repo repo, String name, String to) throws IOException {
    existing(repo, name);
    if (repo.git().exactRef(Constants.R_HEADS + to) != null) {
      throw ToolFailure.invalid("there is a branch '" + to + "' already", "choose another name");
    }
    var effects = new ArrayList<Effect>();
    effects.add(repo.change(Verb.UPDATE, Risk.LOW, "branch", name, "to", to));
    effects.addAll(code(repo, false));
    var summary = "rename branch " + name + " to " + to;
    return new Plan(
        summary,
        effects,
        version(repo, name),
        now -> Preview.text("like: git branch -m " + name + " " + to, summary),
        (now, git) -> {
          git.run("branch", "-m", name, to);
          return ToolResult.ok("renamed " + name + " to " + to)
              .undo(
                  new Undoing(now)
                      .call(
                          "git_branch",
                          "the name " + name + " again",
                          version(now, to),
                          Map.of("action", "rename", "name", to, "to", name)));
        });
  }

  private static Plan delete(Repo repo, String name) throws IOException {
    var id = existing(repo, name);
    int only = Unpushed.onlyIn(repo, Constants.R_HEADS + name, id);
    var effects = new ArrayList<Effect>();
    effects.add(repo.change(Verb.DELETE, only > 0 ? Risk.HIGH : Risk.LOW, "branch", name));
    effects.addAll(code(repo, false));
    var summary =
        "delete branch %s at %s%s"
            .formatted(
                name,
                id.abbreviate(7).name(),
                only == 0 ? "" : "; " + only + " commits are on no other branch");
    return new Plan(
        summary,
        effects,
        version(repo, name),
        now ->
            Preview.text(
                summary, only == 0 ? "" : CommitList.between(now, id, Optional.empty(), 20)),
        (now, git) -> deleted(now, git, name, id.name()));
  }

  private static ToolResult deleted(Repo repo, Git git, String name, String id) throws IOException {
    var upstream = BranchState.upstream(repo.git(), name);
    git.run("branch", "--quiet", "-D", name);
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("action", "create");
    arguments.put("name", name);
    arguments.put("start", id);
    upstream.ifPresent(up -> arguments.put("upstream", up));
    return ToolResult.ok("deleted " + name + ", which was at " + id.substring(0, 7))
        .undo(
            new Undoing(repo)
                .call(
                    "git_branch",
                    "branch " + name + " again",
                    version(repo, name) + " " + id,
                    arguments));
  }

  private static List<Effect> code(Repo repo, boolean files) throws IOException {
    var code = new ConfiguredCode(repo);
    return files ? code.effects(Occasion.FILES, Occasion.REFS) : code.effects(Occasion.REFS);
  }
}
