package dev.fuse.cli.terminal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.Widget;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * The terminal of a chat: it is this one's from the first moment to the last, so that nothing that
 * is typed or pasted is ever sent or run without a press of Enter at a prompt.
 */
public final class ChatConsole implements AutoCloseable {

  /** So long what arrived before the first prompt may go on arriving. */
  private static final long EARLY_MILLIS = 60;

  private final Terminal terminal;
  private final LineReader reader;
  private final Attributes before;
  private final Screen screen;
  private Optional<Typing> typing = Optional.empty();
  private String ahead = "";
  private boolean pastedStart;

  /** Completes the last word of a line: those that begin with it. */
  @FunctionalInterface
  public interface Completion {
    List<String> of(String line, String word);
  }

  /**
   * A prompt of the person.
   *
   * @param byHand whether its first character was typed at the prompt
   */
  public record Line(String text, boolean byHand) {}

  private ChatConsole(Terminal terminal, LineReader reader, Attributes before, Screen screen) {
    this.terminal = terminal;
    this.reader = reader;
    this.before = before;
    this.screen = screen;
  }

  /**
   * How lines are edited.
   *
   * @param history the file that lines are kept in; empty where nothing is kept
   * @param masker takes the secrets out of a line before it is kept
   * @param vi whether vi keys are used
   */
  public record Editing(
      Optional<Path> history, UnaryOperator<String> masker, boolean vi, Completion completion) {}

  /** Opens the terminal. */
  public static ChatConsole open(Editing editing, Screen screen) throws IOException {
    var terminal = TerminalBuilder.builder().name("fuse").system(true).dumb(true).build();
    // From here on nothing is echoed, and a line is only a line at a prompt.
    var before = terminal.enterRawMode();
    var console = new ChatConsole(terminal, reader(terminal, editing), before, screen);
    console.bind(editing.vi());
    console.paste(true);
    screen.measuredBy(terminal::getWidth);
    console.ahead = console.early();
    return console;
  }

  private static LineReader reader(Terminal terminal, Editing editing) {
    var parser = new DefaultParser().quoteChars(new char[0]);
    parser.setEscapeChars(new char[] {'\\'});
    parser.setEofOnEscapedNewLine(true);
    var builder =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("fuse")
            .parser(parser)
            .history(new MaskedHistory(editing.masker()))
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            // It would switch it off between prompts.
            .option(LineReader.Option.BRACKETED_PASTE, false)
            .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "… ")
            .completer(
                (_, line, candidates) ->
                    editing
                        .completion()
                        .of(line.line().substring(0, line.cursor()), line.word())
                        .forEach(word -> candidates.add(new Candidate(word))));
    editing.history().ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
    return builder.build();
  }

  private void bind(boolean vi) {
    if (vi) {
      reader.setKeyMap(LineReader.VIINS);
    }
    var newLine = new Reference(LineReader.SELF_INSERT_UNMETA);
    for (var keys : List.of(LineReader.EMACS, LineReader.VIINS)) {
      keyMap(keys).bind(newLine, "\u001b\r", "\u001b\n");
    }
    var begin = Objects.requireNonNull(reader.getWidgets().get(LineReader.BEGIN_PASTE));
    reader.getWidgets().put(LineReader.BEGIN_PASTE, () -> pasted(begin));
  }

  private KeyMap<Binding> keyMap(String name) {
    return Objects.requireNonNull(reader.getKeyMaps().get(name));
  }

  /** A paste at the start of a line makes the line one that was not typed by hand. */
  private boolean pasted(Widget paste) {
    pastedStart |= reader.getBuffer().cursor() == 0;
    return paste.apply();
  }

  /** What is kept of a line on the disk and for Ctrl-R holds no secret. */
  private static final class MaskedHistory extends DefaultHistory {
    private final UnaryOperator<String> masker;

    MaskedHistory(UnaryOperator<String> masker) {
      this.masker = masker;
    }

    @Override
    public void add(Instant time, String line) {
      super.add(time, masker.apply(line));
    }
  }

  /** Kept for the next prompt. */
  public void typedAhead(String text) {
    typing.ifPresentOrElse(it -> it.add(unmarked(text)), () -> ahead += unmarked(text));
  }

  /** What was typed and pasted before there was a prompt. */
  private String early() throws IOException {
    var text = new StringBuilder();
    int c = terminal.reader().read(1);
    while (c >= 0) {
      text.append((char) c);
      c = terminal.reader().read(EARLY_MILLIS);
    }
    return unmarked(text.toString());
  }

  private static String unmarked(String text) {
    return text.replaceAll("\u001b\\[20[01]~", "").replace('\r', '\n').replace("\u001b", "");
  }

  private void paste(boolean on) {
    if (!screen.device().accessible() || !terminal.getType().equals(Terminal.TYPE_DUMB)) {
      terminal.writer().print(on ? Keys.PASTE_ON : Keys.PASTE_OFF);
      terminal.flush();
    }
  }

  /** A prompt of the person; empty when the chat is to end. */
  public Optional<Line> readLine(String prompt) {
    boolean warned = false;
    while (true) {
      var start = ahead.stripTrailing();
      ahead = "";
      pastedStart = !start.isEmpty();
      try {
        var text = reader.readLine(prompt, null, (Character) null, start.isEmpty() ? null : start);
        return Optional.of(new Line(text, !pastedStart));
      } catch (UserInterruptException e) {
        if (e.getPartialLine().isBlank()) {
          if (warned) {
            return Optional.empty();
          }
          screen.note("  press Ctrl-C again to exit");
          warned = true;
        } else {
          warned = false;
        }
      } catch (EndOfFileException e) {
        return Optional.empty();
      }
    }
  }

  /** Does something while Escape or Ctrl-C cancels it; what is typed meanwhile is kept. */
  public <T> T whileWorking(Runnable cancel, Callable<T> work) throws Exception {
    var typed = new Typing(terminal, cancel, screen::typed);
    typing = Optional.of(typed);
    var handler = terminal.handle(Terminal.Signal.INT, _ -> cancel.run());
    var resized = terminal.handle(Terminal.Signal.WINCH, _ -> screen.typed(typed.text()));
    var thread = typed.start();
    try {
      return work.call();
    } finally {
      typed.end();
      thread.join();
      screen.typed("");
      terminal.handle(Terminal.Signal.INT, handler);
      terminal.handle(Terminal.Signal.WINCH, resized);
      typing = Optional.empty();
      ahead += typed.text();
    }
  }

  /** Takes the terminal for a question. */
  public TerminalConfirmer.Hands hands() {
    return typing.map(Typing::taken).orElse(() -> {});
  }

  /** Gives the terminal to another program for the time of this. */
  public void outside(Runnable work) {
    var raw = terminal.getAttributes();
    terminal.setAttributes(before);
    paste(false);
    try {
      work.run();
    } finally {
      terminal.setAttributes(raw);
      paste(true);
    }
  }

  /** Shows a text in the line that is read next. */
  public void propose(String text) {
    ahead += text;
  }

  public int width() {
    return terminal.getWidth();
  }

  @Override
  public void close() throws IOException {
    paste(false);
    terminal.setAttributes(before);
    terminal.close();
  }
}
