package dev.fuse.cli.chat;

import dev.fuse.cli.command.Workbench.Person;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.home.Environment;
import dev.fuse.cli.terminal.Picker;
import dev.fuse.cli.terminal.Screen;
import dev.fuse.cli.terminal.Tty;
import dev.fuse.run.Cancellation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The person at the controlling terminal. */
public record PersonAtTerminal(
    Tty tty, Environment environment, Cancellation cancellation, Screen screen) implements Person {

  @Override
  public Optional<String> ask(String question) {
    return tty.ask(question, cancellation);
  }

  @Override
  public OptionalInt pick(String title, List<String> choices) {
    return screen.device().accessible()
        ? Person.super.pick(title, choices)
        : Picker.pick(tty, cancellation, title, choices, screen.width());
  }

  @Override
  public void tell(String line) {
    tty.out().println(Screen.printable(line));
  }

  @Override
  public void edit(Path file) {
    try {
      new TextEditor(environment).open(file);
    } catch (IllegalArgumentException e) {
      throw new FuseException(
          Kind.FAILED, String.valueOf(e.getMessage()), "set EDITOR to one that is installed");
    }
  }
}
