package dev.fuse.cli.terminal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The line editor of a chat. */
public final class ChatConsole implements AutoCloseable {

  private final Terminal terminal;
  private final LineReader reader;
  private String ahead = "";

  /** Completes the last word of a line: those that begin with it. */
  @FunctionalInterface
  public interface Completion {
    List<String> of(String line, String word);
  }

  private ChatConsole(Terminal terminal, LineReader reader) {
    this.terminal = terminal;
    this.reader = reader;
  }

  /**
   * Opens the terminal.
   *
   * @param history the file that lines are kept in; empty where nothing is kept
   * @param masker takes the secrets out of a line before it is kept
   * @param vi whether vi keys are used
   */
  public static ChatConsole open(
      Optional<Path> history, UnaryOperator<String> masker, boolean vi, Completion completion)
      throws IOException {
    var terminal = TerminalBuilder.builder().name("fuse").system(true).dumb(true).build();
    var parser = new DefaultParser().quoteChars(new char[0]);
    parser.setEscapeChars(new char[] {'\\'});
    parser.setEofOnEscapedNewLine(true);
    var builder =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("fuse")
            .parser(parser)
            .history(new MaskedHistory(masker))
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.BRACKETED_PASTE, true)
            .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "… ")
            .completer(
                (_, line, candidates) ->
                    completion
                        .of(line.line().substring(0, line.cursor()), line.word())
                        .forEach(word -> candidates.add(candidate(word))));
    history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
    var reader = builder.build();
    if (vi) {
      reader.setKeyMap(LineReader.VIINS);
    }
    var newLine = new Reference(LineReader.SELF_INSERT_UNMETA);
    for (var keys : List.of(LineReader.EMACS, LineReader.VIINS)) {
      Objects.requireNonNull(reader.getKeyMaps().get(keys)).bind(newLine, "\u001b\r", "\u001b\n");
    }
    return new ChatConsole(terminal, reader);
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
    ahead += text;
  }

  /** A prompt of the person; empty when the chat is to end. */
  public Optional<String> readLine(String prompt) {
    while (true) {
      var start = ahead.stripTrailing();
      ahead = "";
      try {
        return Optional.of(
            reader.readLine(prompt, null, (Character) null, start.isEmpty() ? null : start));
      } catch (UserInterruptException e) {
        if (e.getPartialLine().isBlank()) {
          return Optional.empty();
        }
      } catch (EndOfFileException e) {
        return Optional.empty();
      }
    }
  }

  /** Does something while Ctrl-C cancels it instead of ending the chat. */
  public <T> T whileWorking(Runnable cancel, Callable<T> work) throws Exception {
    var before = terminal.handle(Terminal.Signal.INT, _ -> cancel.run());
    try {
      return work.call();
    } finally {
      terminal.handle(Terminal.Signal.INT, before);
    }
  }

  public int width() {
    return terminal.getWidth();
  }

  @Override
  public void close() throws IOException {
    terminal.close();
  }

  private static Candidate candidate(String word) {
    return new Candidate(word);
  }
}
