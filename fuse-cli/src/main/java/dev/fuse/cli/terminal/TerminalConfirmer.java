package dev.fuse.cli.terminal;

import dev.fuse.gate.Confirmer;
import dev.fuse.run.Cancellation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks on the controlling terminal: single keys, or a key and Enter where the screen is read aloud
 * or dumb. What was typed before the question appeared, or in its first moment, or is pasted, does
 * not answer it.
 */
public final class TerminalConfirmer implements Confirmer {

  private static final Duration DEAF = Duration.ofMillis(300);

  private final Supplier<Optional<Tty>> open;
  private final Screen screen;
  private final Editor editor;
  private final Consumer<String> typedAhead;
  private final Supplier<Hands> taken;
  private final boolean chat;
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
    this(screen, open, editor, typedAhead, () -> () -> {}, false);
  }

  private TerminalConfirmer(
      Screen screen,
      Supplier<Optional<Tty>> open,
      Editor editor,
      Consumer<String> typedAhead,
      Supplier<Hands> taken,
      boolean chat) {
    this.taken = taken;
    this.chat = chat;
    this.screen = screen;
    this.open = open;
    this.editor = editor;
    this.typedAhead = typedAhead;
  }

  /**
   * The same in a chat, which reads the terminal while Fuse works.
   *
   * @param hands takes the terminal from it for the time of a question
   */
  public TerminalConfirmer within(Supplier<Hands> hands) {
    return new TerminalConfirmer(screen, open, editor, typedAhead, hands, true);
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
    try (var hands = taken.get()) {
      var block = new ConfirmationBlock(confirmation, screen.width(), screen.errColors());
      var dialogue = new Dialogue(terminal.get(), cancellation);
      try (var keys = keys(terminal.get(), cancellation)) {
        block.lines().forEach(dialogue::say);
        typedAhead.accept(terminal.get().drain());
        if (dialogue.pause(DEAF)) {
          return new Answer.Stop();
        }
        typedAhead.accept(terminal.get().drain());
        var question = new Question(confirmation, block, dialogue, editor, hands);
        return keys == null
            ? new LineAnswers(question).answer()
            : new KeyAnswers(question, keys, screen.width(), typedAhead).answer();
      }
    }
  }

  /** Single keys; none where lines are read instead. */
  private @Nullable Keys keys(Tty terminal, Cancellation cancellation) {
    return screen.device().accessible() ? null : Keys.of(terminal, cancellation, chat).orElse(null);
  }

  /** What is asked, and with what. */
  record Question(
      Confirmation confirmation,
      ConfirmationBlock block,
      Dialogue dialogue,
      Editor editor,
      Hands hands) {

    /** The changed arguments; empty where they stay as they are. */
    Optional<Map<String, Object>> edited() {
      try {
        return Optional.of(editor.edit(confirmation.arguments()));
      } catch (IllegalArgumentException e) {
        dialogue.say("   " + e.getMessage());
        return Optional.empty();
      }
    }

    boolean remembers() {
      return !confirmation.grants().isEmpty();
    }
  }

  /** Whoever else reads the terminal keeps its hands off it until this is closed. */
  public interface Hands extends AutoCloseable {
    @Override
    void close();
  }

  private synchronized Optional<Tty> tty() {
    if (!opened) {
      opened = true;
      tty = open.get();
    }
    return tty;
  }
}
