package dev.fuse.cli.terminal;

import dev.fuse.gate.Confirmer;
import dev.fuse.rule.Rule;
import dev.fuse.run.Cancellation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asks on the controlling terminal, a key and Enter. What was typed before the question appeared,
 * or in its first moment, does not answer it.
 */
public final class TerminalConfirmer implements Confirmer {

  private static final Duration DEAF = Duration.ofMillis(300);

  private final Supplier<Optional<Tty>> open;
  private final Screen screen;
  private final Editor editor;
  private final Consumer<String> typedAhead;
  private boolean opened;
  private Optional<Tty> tty = Optional.empty();

  /** Lets a person change a call's arguments. */
  @FunctionalInterface
  public interface Editor {
    /**
     * The changed arguments.
     *
     * @throws IllegalArgumentException with a sentence if what came back is no call
     */
    Map<String, Object> edit(Map<String, Object> arguments);
  }

  /**
   * A confirmer.
   *
   * @param open the terminal, opened when the first question comes; empty where nobody may be asked
   * @param typedAhead is given what was typed for the prompt
   */
  public TerminalConfirmer(
      Screen screen, Supplier<Optional<Tty>> open, Editor editor, Consumer<String> typedAhead) {
    this.screen = screen;
    this.open = open;
    this.editor = editor;
    this.typedAhead = typedAhead;
  }

  @Override
  public boolean present() {
    return tty().isPresent();
  }

  @Override
  public Answer ask(Confirmation confirmation, Cancellation cancellation) {
    var terminal = tty();
    if (terminal.isEmpty()) {
      return new Answer.No("");
    }
    screen.clearStatus();
    var block = new ConfirmationBlock(confirmation, screen.width(), screen.errColors());
    var dialogue = new Dialogue(terminal.get(), cancellation);
    block.lines().forEach(dialogue::say);
    typedAhead.accept(terminal.get().drain());
    if (dialogue.pause(DEAF)) {
      return new Answer.Stop();
    }
    typedAhead.accept(terminal.get().drain());
    return confirmation.typed().isPresent()
        ? typed(confirmation, block, dialogue)
        : keyed(confirmation, block, dialogue);
  }

  private Answer typed(Confirmation confirmation, ConfirmationBlock block, Dialogue dialogue) {
    while (true) {
      var line = dialogue.ask("   type the name to go on, Enter for no, q to stop: ");
      if (line.isEmpty() || line.get().equals("q")) {
        return new Answer.Stop();
      }
      if (line.get().equals("d")) {
        block.details().forEach(dialogue::say);
        continue;
      }
      return line.get().equals(confirmation.typed().orElseThrow())
          ? new Answer.Once(line.get())
          : new Answer.No("");
    }
  }

  private Answer keyed(Confirmation confirmation, ConfirmationBlock block, Dialogue dialogue) {
    while (true) {
      var line = dialogue.ask("   " + block.keys() + "  (n) ");
      if (line.isEmpty()) {
        return new Answer.Stop();
      }
      boolean remembers = !confirmation.grants().isEmpty();
      switch (line.get()) {
        case "y", "yes" -> {
          return new Answer.Once("");
        }
        case "", "n", "no" -> {
          return new Answer.No("");
        }
        case "q" -> {
          return new Answer.Stop();
        }
        case "d" -> block.details().forEach(dialogue::say);
        case "s" -> {
          if (remembers) {
            return new Answer.Session(confirmation.grants());
          }
          dialogue.say("   nothing may be remembered here");
        }
        case "a" -> {
          var rules =
              remembers ? rules(confirmation.grants(), dialogue) : Optional.<List<Rule>>empty();
          if (rules.isPresent()) {
            return new Answer.Always(rules.get());
          }
          dialogue.say("   nothing is remembered");
        }
        case "e" -> {
          var edited = edited(confirmation, dialogue);
          if (edited.isPresent()) {
            return new Answer.Edit(edited.get());
          }
        }
        case "i" -> {
          var reason = dialogue.ask("   instead: ").filter(text -> !text.isBlank());
          if (reason.isPresent()) {
            return new Answer.No(reason.get());
          }
        }
        default -> dialogue.say("   '" + Screen.printable(line.get()) + "' is none of the keys");
      }
    }
  }

  private static Optional<List<Rule>> rules(List<Rule> grants, Dialogue dialogue) {
    var rules = new java.util.ArrayList<Rule>();
    for (var grant : grants) {
      dialogue.say("   the rule: " + grant);
      var line = dialogue.ask("   Enter keeps it, or write another one: ");
      if (line.isEmpty()) {
        return Optional.empty();
      }
      try {
        rules.add(line.get().isBlank() ? grant : Rule.parse(line.get()));
      } catch (IllegalArgumentException e) {
        dialogue.say("   " + e.getMessage());
        return Optional.empty();
      }
    }
    return Optional.of(rules);
  }

  private Optional<Map<String, Object>> edited(Confirmation confirmation, Dialogue dialogue) {
    try {
      return Optional.of(editor.edit(confirmation.arguments()));
    } catch (IllegalArgumentException e) {
      dialogue.say("   " + e.getMessage());
      return Optional.empty();
    }
  }

  private synchronized Optional<Tty> tty() {
    if (!opened) {
      opened = true;
      tty = open.get();
    }
    return tty;
  }
}
