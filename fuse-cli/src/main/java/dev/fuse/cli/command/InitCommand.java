package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.home.LocalFacts;
import dev.fuse.cli.home.ProfileFile;
import dev.fuse.cli.init.Init;
import dev.fuse.cli.init.Init.Reach;
import dev.fuse.cli.init.Tools;
import dev.fuse.cli.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code fuse init}: looks around and writes the environment profile. */
final class InitCommand {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private InitCommand() {}

  static Command command() {
    return Command.leaf(
            "init",
            "Look around and write what connects your world: the environment profile",
            "[FOLDER...]",
            InitCommand::run)
        .uses("", Flag.CONTEXT, Flag.NAMESPACE, Flag.PROJECT)
        .examples("", "fuse init", "fuse init ../deploy-manifests");
  }

  private static ExitCode run(Given given, Workbench bench) {
    var file = ProfileFile.of(bench.home());
    var earlier = file.read();
    var init = Init.of(tools(given, bench), reach(given, bench), LIMIT, bench::note);
    var outcome = init.run(earlier, Map.of());
    file.write(outcome.profile());
    if (!outcome.gitops().isEmpty()) {
      ask(outcome, bench)
          .ifPresent(
              answer ->
                  file.write(
                      outcome.profile() + "  gitops-repository: " + Json.write(answer) + "\n"));
    }
    bench.note("");
    bench.note(
        outcome.connections()
            + " workloads are connected; the profile is in "
            + file.path()
            + " ('fuse config profile edit' corrects it)");
    if (given.json()) {
      bench.data(
          Json.writeIndented(
              Map.of("profile", file.path().toString(), "connections", outcome.connections())));
    }
    return ExitCode.DONE;
  }

  private static Optional<String> ask(Init.Outcome outcome, Workbench bench) {
    var question =
        String.join(" and ", outcome.gitops())
            + " runs here; which repository does it deploy from? (Enter leaves it open) ";
    return bench
        .person()
        .flatMap(person -> person.ask(question))
        .map(String::strip)
        .filter(answer -> !answer.isEmpty());
  }

  private static Reach reach(Given given, Workbench bench) {
    var facts = bench.facts();
    var folders = new LinkedHashMap<Path, String>();
    var here = bench.environment().directory();
    folders.put(here, facts.find("git-remote").orElse(""));
    for (var word : given.words()) {
      var folder = bench.environment().path(word);
      if (!Files.isDirectory(folder)) {
        throw new FuseException(
            Kind.USAGE, "'" + word + "' is not a folder", "name folders that hold manifests");
      }
      folders.put(folder, LocalFacts.gitRemote(folder).orElse(""));
    }
    return new Reach(
        facts.find("google-project").orElse(""), facts.find("kube-context").orElse(""), folders);
  }

  private static Tools tools(Given given, Workbench bench) {
    return new Tools() {
      @Override
      public boolean has(String tool) {
        return bench.catalog().find(tool).isPresent();
      }

      @Override
      public Result call(String tool, Map<String, Object> arguments) {
        var record = bench.call(given.flags(), tool, arguments);
        var problem = record.failure().map(failed -> failed.problem()).orElse("");
        boolean refused = problem.isEmpty() && !record.outcome().equals("ok");
        return new Result(record.structured(), refused ? record.text() : problem);
      }
    };
  }
}
