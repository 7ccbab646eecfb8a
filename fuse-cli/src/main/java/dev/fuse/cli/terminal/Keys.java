package dev.fuse.cli.terminal;

import dev.fuse.run.Cancellation;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Single keys of the controlling terminal, which gives them as they are pressed and echoes nothing
 * until this is closed. A paste is told from keys.
 */
final class Keys implements AutoCloseable {

  static final String PASTE = "\u001b[200~";
  static final String PASTED = "\u001b[201~";
  static final String PASTE_ON = "\u001b[?2004h";
  static final String PASTE_OFF = "\u001b[?2004l";

  private static final Pattern PART =
      Pattern.compile(
          "\u001b\\[200~(?<paste>.*?)(?:\u001b\\[201~|$)|\u001b(?:\\[[0-9;?]*[A-Za-z~]|O[A-Za-z])?"
              + "|[\\x00-\\x1f\\x7f]|[^\\x00-\\x1f\\x7f]+",
          Pattern.DOTALL);

  /** What a person did. */
  sealed interface Press {
    /** One character, by its name where it has one: Enter, Escape, Left and so on. */
    record Key(String name) implements Press {}

    /** A text that came at once; marked where the terminal says that it was pasted. */
    record Pasted(String text, boolean marked) implements Press {}

    /** Nothing more will come: cancelled, or the terminal went away. */
    record Gone() implements Press {}
  }

  private final Tty tty;
  private final Cancellation cancellation;
  private final String before;
  private final boolean pasteStaysOn;
  private final List<Press> waiting = new ArrayList<>();

  private Keys(Tty tty, Cancellation cancellation, String before, boolean pasteStaysOn) {
    this.tty = tty;
    this.cancellation = cancellation;
    this.before = before;
    this.pasteStaysOn = pasteStaysOn;
  }

  /**
   * Takes the keys of a terminal; empty where it cannot give them singly.
   *
   * @param pasteStaysOn whether somebody else wants pastes marked afterwards
   */
  static Optional<Keys> of(Tty tty, Cancellation cancellation, boolean pasteStaysOn) {
    var before = stty("-g");
    if (before.isEmpty() || stty("-icanon", "-echo", "min", "1").isEmpty()) {
      return Optional.empty();
    }
    tty.out().print(PASTE_ON);
    tty.out().flush();
    return Optional.of(new Keys(tty, cancellation, before.get(), pasteStaysOn));
  }

  /** The next thing that a person does. */
  Press next() {
    while (waiting.isEmpty()) {
      var burst = tty.burst(cancellation);
      if (burst.isEmpty() || burst.get().isEmpty()) {
        return new Press.Gone();
      }
      waiting.addAll(parsed(burst.get()));
    }
    return waiting.removeFirst();
  }

  /** What has been typed and not been read. */
  String drain() {
    return tty.drain();
  }

  /**
   * What a burst of characters means: a paste between its marks, keys that have a name, one
   * character as a key, and several of them as a text that came at once. A key and Enter is that
   * key.
   */
  static List<Press> parsed(String burst) {
    var all = new ArrayList<Press>();
    var matcher = PART.matcher(burst);
    while (matcher.find()) {
      var part = matcher.group();
      if (matcher.group("paste") != null) {
        all.add(new Press.Pasted(matcher.group("paste"), true));
      } else if (part.startsWith("\u001b")) {
        all.add(new Press.Key(sequence(part)));
      } else if (part.codePointCount(0, part.length()) == 1) {
        all.add(new Press.Key(named(part)));
      } else {
        all.add(new Press.Pasted(part, false));
      }
    }
    boolean answered = all.size() == 2 && all.getLast().equals(new Press.Key("Enter"));
    return answered && all.getFirst() instanceof Press.Key ? List.of(all.getFirst()) : all;
  }

  private static String named(String key) {
    return switch (key.charAt(0)) {
      case '\r', '\n' -> "Enter";
      case 1 -> "Home";
      case 3 -> "Interrupt";
      case 4 -> "End of input";
      case 5 -> "End";
      case 8, 127 -> "Backspace";
      case 11 -> "Cut";
      case 21 -> "Clear";
      case 23 -> "Word";
      case 14 -> "Down";
      case 16 -> "Up";
      default -> key;
    };
  }

  private static String sequence(String text) {
    return switch (text) {
      case "\u001b" -> "Escape";
      case "\u001b[A", "\u001bOA" -> "Up";
      case "\u001b[B", "\u001bOB" -> "Down";
      case "\u001b[C", "\u001bOC" -> "Right";
      case "\u001b[D", "\u001bOD" -> "Left";
      case "\u001b[H", "\u001bOH", "\u001b[1~" -> "Home";
      case "\u001b[F", "\u001bOF", "\u001b[4~" -> "End";
      case "\u001b[3~" -> "Delete";
      default -> "Other";
    };
  }

  /** What stty printed; empty if it failed. */
  private static Optional<String> stty(String... words) {
    try {
      var command = new ArrayList<>(List.of("stty"));
      command.addAll(List.of(words));
      var process =
          new ProcessBuilder(command)
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean done = process.waitFor(2, TimeUnit.SECONDS) && process.exitValue() == 0;
      return done ? Optional.of(text.strip()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  Tty tty() {
    return tty;
  }

  @Override
  public void close() {
    if (!pasteStaysOn) {
      tty.out().print(PASTE_OFF);
      tty.out().flush();
    }
    stty(before);
  }
}
