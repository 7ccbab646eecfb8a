package dev.fuse.cli.terminal;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jline.terminal.Terminal;

/**
 * What is typed and pasted while Fuse works: shown below what is written, kept for the next prompt,
 * never sent. Escape interrupts.
 */
final class Typing {

  private static final long LOOK_MILLIS = 40;
  private static final int NOTHING = -2;
  private static final int ESCAPE = 27;

  private final Terminal terminal;
  private final Runnable interrupt;
  private final Consumer<String> shown;
  private final StringBuilder text = new StringBuilder();
  private final ReentrantLock hands = new ReentrantLock();
  private boolean pasting;
  private volatile boolean ended;

  /**
   * Reads what is typed.
   *
   * @param interrupt is run when Escape or Ctrl-C is pressed
   * @param shown is given all that has been typed each time that it has changed
   */
  Typing(Terminal terminal, Runnable interrupt, Consumer<String> shown) {
    this.terminal = terminal;
    this.interrupt = interrupt;
    this.shown = shown;
  }

  /** Begins to read on a thread of its own. */
  Thread start() {
    return Thread.ofPlatform().daemon().name("fuse-typing").start(this::run);
  }

  /** Keeps its hands off the terminal until what this gives is closed. */
  TerminalConfirmer.Hands taken() {
    // A lock belongs to a thread: what takes it and what gives it back is the one that asks.
    hands.lock();
    shown.accept("");
    return () -> {
      hands.unlock();
      shown.accept(text());
    };
  }

  /** Takes what was typed for the prompt at another place. */
  synchronized void add(String more) {
    text.append(more);
  }

  synchronized String text() {
    return text.toString();
  }

  void end() {
    ended = true;
  }

  private void run() {
    try {
      while (!ended) {
        hands.lock();
        try {
          int read = terminal.reader().read(LOOK_MILLIS);
          if (read == -1) {
            return;
          }
          if (read != NOTHING) {
            take(read);
          }
        } finally {
          hands.unlock();
        }
        letOthers();
      }
    } catch (IOException _) {
      // The terminal went away; whatever runs finds that out by itself.
      ended = true;
    }
  }

  /** A lock goes to whoever asks first; one that waits for it must get a chance. */
  private void letOthers() {
    while (hands.hasQueuedThreads() && !ended) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private void take(int read) throws IOException {
    if (read == ESCAPE) {
      escape();
    } else {
      key(read);
    }
    shown.accept(text());
  }

  private void escape() throws IOException {
    int next = terminal.reader().read(LOOK_MILLIS);
    if (next == NOTHING || next == -1) {
      interrupt.run();
      return;
    }
    if (next != '[' && next != 'O') {
      return;
    }
    var sequence = new StringBuilder();
    int c;
    do {
      c = terminal.reader().read(LOOK_MILLIS);
      sequence.append(c > 0 ? (char) c : ' ');
    } while (c > 0 && (Character.isDigit(c) || c == ';' || c == '?'));
    if (sequence.toString().equals("200~")) {
      pasting = true;
    } else if (sequence.toString().equals("201~")) {
      pasting = false;
    }
  }

  private synchronized void key(int c) {
    switch (c) {
      case '\r', '\n' -> text.append('\n');
      case '\t' -> text.append(pasting ? '\t' : ' ');
      case 8, 127 -> {
        if (!text.isEmpty()) {
          text.setLength(text.offsetByCodePoints(text.length(), -1));
        }
      }
      case 21 -> text.setLength(0);
      case 3 -> interrupt.run();
      default -> {
        if (c >= ' ') {
          text.append((char) c);
        }
      }
    }
  }
}
