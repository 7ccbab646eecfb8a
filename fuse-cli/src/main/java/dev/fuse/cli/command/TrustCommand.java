package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.home.Project;

/** {@code fuse trust}: lets this folder's own settings, scenarios and instructions count. */
final class TrustCommand {

  private TrustCommand() {}

  static Command command() {
    var command =
        Command.leaf(
            "trust", "Let this project's .fuse, skills and AGENTS.md count", "", TrustCommand::run);
    command.spec().addOption(FlagSpecs.flag("Let them count no more", "--revoke"));
    return command;
  }

  private static ExitCode run(Given given, Workbench bench) {
    var project = Project.of(bench.environment());
    boolean revoke = given.parsed().matchedOptionValue("--revoke", false);
    boolean changed = bench.trust().set(project, !revoke);
    var state = revoke ? "is not trusted" : "is trusted";
    bench.note(project.root() + (changed ? " " : " already ") + state);
    return ExitCode.DONE;
  }
}
