package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;

/** {@code fuse apply}: runs a plan that was written with {@code --plan-out}. */
final class ApplyCommand {

  private ApplyCommand() {}

  static Command command() {
    return Command.leaf(
            "apply", "Run a plan written with --plan-out, asking", "FILE", ApplyCommand::run)
        .calls("", Flag.SHA256)
        .examples(
            "",
            "fuse --plan-out plan.json 'scale checkout to three' && fuse apply plan.json",
            "fuse apply plan.json --sha256 \"$(sha256sum < plan.json | cut -d' ' -f1)\"");
  }

  private static ExitCode run(Given given, Workbench bench) {
    var hash = given.text(Flag.SHA256);
    hash.filter(it -> !it.matches("[0-9a-fA-F]{64}"))
        .ifPresent(
            it -> {
              throw new FuseException(
                  Kind.USAGE,
                  "--sha256 is '" + it + "'; it takes 64 hexadecimal digits",
                  "sha256sum FILE prints them");
            });
    return bench.apply(bench.environment().path(given.word(0)), hash, given.json());
  }
}
