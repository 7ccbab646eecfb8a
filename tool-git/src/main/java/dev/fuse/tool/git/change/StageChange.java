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
import dev.fuse.tool.git.repo.ConfiguredCode;
import dev.fuse.tool.git.repo.Deadline;
import dev.fuse.tool.git.repo.Differences;
import dev.fuse.tool.git.repo.Index;
import dev.fuse.tool.git.repo.Occasion;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Schemas;
import dev.fuse.tool.git.repo.StatusScan;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.treewalk.FileTreeIterator;

/** {@code git_stage}: changes of the index alone; no file and no commit is touched. */
public record StageChange(Clock clock) implements Change {

  @Override
  public ToolSpec spec() {
    return ToolSpec.of(
            "git_stage",
            "Stage files, or single hunks of one file (numbered as git_diff with that path shows"
                + " them), or unstage them",
            Schemas.ofRepository()
                .required(
                    "action", Schema.choice("put-back is for undo", "add", "unstage", "put-back"))
                .optional("paths", Schemas.paths("files or folders, from the root; . is all"))
                .optional(
                    "hunks", Schema.array("of the one file in 'paths'", Schema.integer("from 1")))
                .optional("kept", Schema.string("for put-back: the index lines")),
            Ceiling.of(Risk.HIGH, false, Set.of(Verb.UPDATE, Verb.EXECUTE), "git"))
        .keywords("add", "stage", "unstage", "index", "hunk");
  }

  @Override
  public Plan plan(Repo repo, Arguments arguments, Call call) throws IOException {
    repo.requireFiles();
    var action = arguments.string("action");
    var paths = repo.pathspecs(arguments.strings("paths"));
    boolean back = action.equals("put-back");
    if (!back && paths.isEmpty()) {
      throw ToolFailure.invalid("'paths' is empty", "name files; '.' is all of them");
    }
    var deadline = Deadline.of(call, clock);
    var patch = patch(repo, arguments, paths, deadline);
    var version = back ? new Versions(repo).index() : version(repo, action, paths, deadline);
    var words =
        switch (action) {
          case "add" -> "stage " + (patch.isEmpty() ? "" : "hunks of ");
          case "unstage" -> "unstage ";
          default -> "put the index back";
        };
    return new Plan(
        words + StatusScan.some(paths, 5),
        effects(repo, paths),
        version,
        now -> shown(now, action, paths, patch, Deadline.of(call, clock)),
        (now, git) -> run(now, git, arguments, paths, patch));
  }

  private static String version(Repo repo, String action, List<String> paths, Deadline deadline)
      throws IOException {
    var versions = new Versions(repo);
    return action.equals("add")
        ? versions.index() + " " + versions.files(Repo.filter(paths), deadline)
        : versions.index() + " " + versions.head();
  }

  private static List<Effect> effects(Repo repo, List<String> paths) throws IOException {
    var effects = new ArrayList<Effect>();
    for (var path : paths.isEmpty() ? List.of("") : paths) {
      effects.add(repo.change(Verb.UPDATE, Risk.LOW, "path", path));
    }
    effects.addAll(new ConfiguredCode(repo).effects(Occasion.INDEX));
    return effects;
  }

  /** The patch of the wanted hunks; empty where whole files are wanted. */
  private static String patch(Repo repo, Arguments arguments, List<String> paths, Deadline deadline)
      throws IOException {
    var wanted = arguments.values().get("hunks");
    if (!(wanted instanceof List<?> numbers) || numbers.isEmpty()) {
      return "";
    }
    if (paths.size() != 1 || !arguments.string("action").equals("add")) {
      throw ToolFailure.invalid("'hunks' belong to one file", "give one path and action add");
    }
    var before = new DirCacheIterator(Index.read(repo));
    try (var differences =
        new Differences(repo, before, new FileTreeIterator(repo.git()), paths, 3, deadline)) {
      if (differences.entries().size() != 1) {
        throw ToolFailure.invalid(
            "'" + Printable.line(paths.getFirst()) + "' is not one changed file", "git_diff it");
      }
      var hunks = Hunks.of(differences.raw(differences.entries().getFirst()));
      return hunks.only(
          numbers.stream().map(number -> Math.toIntExact(((Number) number).longValue())).toList());
    }
  }

  private static Preview shown(
      Repo repo, String action, List<String> paths, String patch, Deadline deadline)
      throws IOException {
    if (!patch.isEmpty()) {
      return Preview.diff(action, Printable.block(Hunks.decoded(patch)));
    }
    var index = new DirCacheIterator(Index.read(repo));
    var before = action.equals("add") ? index : StatusScan.head(repo);
    var after = action.equals("add") ? new FileTreeIterator(repo.git()) : index;
    try (var differences = new Differences(repo, before, after, Repo.filter(paths), 3, deadline)) {
      return Preview.diff(action + " " + differences.sum(), differences.patch());
    }
  }

  private static ToolResult run(
      Repo repo, Git git, Arguments arguments, List<String> paths, String patch)
      throws IOException {
    var before = IndexLines.of(repo);
    switch (arguments.string("action")) {
      case "add" -> {
        if (patch.isEmpty()) {
          git.run(List.of("add", "--all"), paths);
        } else {
          git.run(List.of("apply", "--cached", "--recount", "-"), Hunks.bytes(patch));
        }
      }
      case "unstage" ->
          git.run(
              repo.head().isPresent()
                  ? List.of("reset", "--quiet")
                  : List.of("rm", "--cached", "-r", "--quiet"),
              paths);
      default ->
          git.run(
              List.of("update-index", "-z", "--index-info"),
              git.call().kept(arguments.string("kept")));
    }
    var after = IndexLines.of(repo);
    var changed = before.changed(after);
    if (changed.isEmpty()) {
      return ToolResult.ok("nothing changed: it was so already").structured(List.of());
    }
    var undo =
        new Undoing(repo)
            .call(
                "git_stage",
                "the index as it was for " + StatusScan.some(changed, 5),
                new Versions(repo).index(),
                Map.of("action", "put-back"),
                git.call().keep(before.lines(changed)));
    return ToolResult.ok(arguments.string("action") + ": " + StatusScan.some(changed, 20))
        .structured(changed)
        .undo(undo);
  }
}
