package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.home.Project;
import dev.fuse.cli.json.Json;
import java.util.LinkedHashMap;
import java.util.List;

/** {@code fuse trust}: whether this project's own settings and instructions are used. */
final class TrustCommand {

  private TrustCommand() {}

  static Command command() {
    return Command.leaf(
            "trust", "Use this project's .fuse, skills and AGENTS.md", "", TrustCommand::run)
        .uses("", Flag.REVOKE)
        .examples("", "fuse trust", "fuse trust --revoke");
  }

  private static ExitCode run(Given given, Workbench bench) {
    var project = Project.of(bench.environment());
    boolean revoke = given.is(Flag.REVOKE);
    var files = bench.trust().describe(project);
    if (!revoke && !given.flags().look().quiet()) {
      show(files, bench);
    }
    boolean changed = bench.trust().set(project, !revoke);
    if (given.json()) {
      var data = new LinkedHashMap<String, Object>();
      data.put("project", project.root().toString());
      data.put("trusted", !revoke);
      data.put("changed", changed);
      data.put("files", files);
      bench.data(Json.writeIndented(data));
      return ExitCode.DONE;
    }
    var state = revoke ? "is not trusted" : "is trusted";
    bench.note(project.root() + (changed ? " " : " already ") + state);
    return ExitCode.DONE;
  }

  private static void show(List<String> files, Workbench bench) {
    bench.note(
        files.isEmpty()
            ? "this project has no .fuse, skills or AGENTS.md yet"
            : "used from now on:");
    files.forEach(file -> bench.note("  " + file));
  }
}
