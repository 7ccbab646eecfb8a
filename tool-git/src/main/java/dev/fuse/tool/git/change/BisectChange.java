package dev.fuse.tool.git.change;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.git.repo.ChangedFiles;
import dev.fuse.tool.git.repo.Commits;
import dev.fuse.tool.git.repo.ConfiguredCode;
import dev.fuse.tool.git.repo.Occasion;
import dev.fuse.tool.git.repo.Place;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Revisions;
import dev.fuse.tool.git.repo.Schemas;
import dev.fuse.tool.git.repo.Unpushed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * {@code git_bisect}: the first commit for which a check fails, tried in a work tree of its own.
 */
public record BisectChange(Place place) implements Change {

  @Override
  public ToolSpec spec() {
    return ToolSpec.of(
            "git_bisect",
            "Find the first bad commit: runs a program in a temporary work tree at commits between"
                + " 'good' and 'bad'; exit 0 is good, 125 cannot tell, anything else is bad",
            Schemas.ofRepository()
                .required("good", Schema.string("commit where it worked"))
                .required(
                    "argv", Schema.array("program and arguments, no shell", Schema.string("word")))
                .optional("bad", Schema.string("commit where it fails").byDefault("HEAD"))
                .optional("seconds", Schema.integer("for one run").byDefault(120L).range(1, 3600)),
            Ceiling.of(Risk.HIGH, true, Set.of(Verb.EXECUTE), "git", "process"))
        .keywords("bisect", "first bad commit", "regression", "since when", "broke");
  }

  @Override
  public Plan plan(Repo repo, Arguments arguments, Call call) throws IOException {
    var argv = List.copyOf(arguments.strings("argv"));
    if (argv.isEmpty() || argv.getFirst().isBlank()) {
      throw ToolFailure.invalid("'argv' is empty", "give a program and its arguments");
    }
    var program = program(argv.getFirst());
    try (var walk = new RevWalk(repo.git())) {
      var good = Revisions.commit(walk, repo, arguments.string("good"));
      var bad = Revisions.commit(walk, repo, arguments.string("bad", "HEAD"));
      if (good.equals(bad) || !walk.isMergedInto(good, bad)) {
        throw ToolFailure.invalid(
            "'good' is not before 'bad'", "give a commit that 'bad' descends from");
      }
      int count = Unpushed.between(repo, bad, Optional.of(good)).lost();
      var summary =
          "find the first of %s%d commits for which '%s' fails"
              .formatted(
                  count >= 1000 ? "over " : "", count, Printable.line(String.join(" ", argv), 120));
      var bisection =
          new Bisection(
              argv,
              good.name(),
              bad.name(),
              Duration.ofSeconds(arguments.integer("seconds", 120)),
              new Program(place.environment(), place.clock()));
      return new Plan(
          summary,
          effects(repo, program),
          good.name() + " " + bad.name(),
          now ->
              new Preview(
                  Preview.Kind.CODE,
                  "runs at about %d commits".formatted(2 + log2(count)),
                  Printable.block(String.join(" ", argv))),
          (now, git) -> told(now, bisection.run(now, git)));
    }
  }

  /** The program as the host shows it; one with a slash is of the history that is tried. */
  private String program(String name) {
    if (name.contains("/")) {
      return name;
    }
    return GitProgram.find(place, name)
        .map(Path::toString)
        .orElseThrow(
            () ->
                ToolFailure.notFound(
                    "there is no program '" + Printable.line(name) + "' on PATH",
                    "name one, or a script of the repository such as './test.sh'"));
  }

  private static List<Effect> effects(Repo repo, String program) throws IOException {
    var effects = new ArrayList<Effect>();
    effects.add(
        Effect.remote(
            Verb.EXECUTE,
            Target.of("process", "program", program, "path", repo.root().toString()),
            Risk.HIGH));
    effects.addAll(new ConfiguredCode(repo).effects(Occasion.FILES));
    return effects;
  }

  private static int log2(int count) {
    return 32 - Integer.numberOfLeadingZeros(count);
  }

  private static ToolResult told(Repo repo, Bisection.Answer answer) throws IOException {
    var steps = String.join("\n", answer.steps());
    if (answer.first().isEmpty()) {
      return ToolResult.failed(ToolResult.Kind.CONFLICT, answer.problem() + "\n" + steps, "");
    }
    try (var walk = new RevWalk(repo.git())) {
      var first = walk.parseCommit(ObjectId.fromString(answer.first().get()));
      var id = Commits.shortId(walk.getObjectReader(), first);
      return ToolResult.ok(
              "first bad: "
                  + Commits.line(id, first, List.of())
                  + "\n"
                  + String.join("\n", ChangedFiles.of(repo, first))
                  + "\n\nsteps:\n"
                  + steps
                  + "\n\nit fails with:\n"
                  + answer.failure())
          .structured(Map.of("commit", first.name(), "steps", answer.steps()));
    }
  }
}
