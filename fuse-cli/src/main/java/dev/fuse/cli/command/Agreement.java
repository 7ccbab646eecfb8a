package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;

/** Asks whether something of Fuse's own is to be done; {@code --yes} answers beforehand. */
final class Agreement {

  private Agreement() {}

  /**
   * Whether the person agrees.
   *
   * @param what what needs the answer, for the message where nobody can be asked
   * @throws FuseException of kind UNCONFIRMED where there is no terminal to ask on
   */
  static boolean given(String question, String what, Given given, Workbench bench) {
    if (given.flags().look().yes()) {
      return true;
    }
    return bench
        .person()
        .orElseThrow(
            () ->
                new FuseException(
                    Kind.UNCONFIRMED,
                    "needs confirmation to " + what + ", and there is no terminal to ask on",
                    "add --yes"))
        .agrees(question);
  }
}
