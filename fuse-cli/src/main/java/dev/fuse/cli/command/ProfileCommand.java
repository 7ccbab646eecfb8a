package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.home.ProfileFile;
import dev.fuse.cli.json.Json;

/** {@code fuse config profile}: shows or edits the environment profile. */
final class ProfileCommand {

  private ProfileCommand() {}

  static ExitCode run(Given given, Workbench bench) {
    var file = ProfileFile.of(bench.home());
    return switch (given.find(0).orElse("view")) {
      case "view" -> view(file, given, bench);
      case "edit" -> edit(file, bench);
      case String other ->
          throw new FuseException(
              Kind.USAGE,
              "'" + other + "' is neither view nor edit",
              "fuse config profile view, or fuse config profile edit");
    };
  }

  private static ExitCode view(ProfileFile file, Given given, Workbench bench) {
    var text = file.read();
    if (text.isEmpty()) {
      bench.note("there is no environment profile yet; 'fuse init' writes one");
      return ExitCode.DONE;
    }
    bench.data(given.json() ? Json.writeIndented(text) : text.stripTrailing());
    return ExitCode.DONE;
  }

  private static ExitCode edit(ProfileFile file, Workbench bench) {
    var person =
        bench
            .person()
            .orElseThrow(
                () ->
                    new FuseException(
                        Kind.USAGE,
                        "'fuse config profile edit' needs a terminal",
                        "edit '" + file.path() + "' yourself"));
    person.edit(file.path());
    // Reads it and says where it is wrong.
    file.read();
    bench.note("saved: " + file.path());
    return ExitCode.DONE;
  }
}
