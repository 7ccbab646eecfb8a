package dev.fuse.tool.github.log;

import java.util.ArrayList;
import java.util.List;

/** Some lines around a sign of trouble. */
public final class Window {

  private static final int MOST = 24;

  private final long first;
  private final List<String> lines = new ArrayList<>();
  private Sign.Seen seen;
  private String line;
  private int room;
  private int times = 1;

  Window(long first, List<String> before, String line, Sign.Seen seen) {
    this.first = first;
    this.lines.addAll(before);
    this.lines.add(line);
    this.line = line;
    this.seen = seen;
    this.room = seen.sign().after();
  }

  /** Takes the next line in, if there is room for it. */
  boolean takes(String next) {
    if (room == 0 || lines.size() >= MOST || next.startsWith("##[")) {
      room = 0;
      return false;
    }
    room--;
    lines.add(next);
    return true;
  }

  /** Another sign inside of this window; the stronger one names it. */
  void also(String next, Sign.Seen other) {
    if (lines.size() < MOST) {
      lines.add(next);
    }
    room = Math.max(room, other.sign().after());
    if (other.sign().score() > score() || (seen.test().isEmpty() && !other.test().isEmpty())) {
      line = next;
      seen =
          new Sign.Seen(
              other.sign().score() >= score() ? other.sign() : seen.sign(),
              other.test().isEmpty() ? seen.test() : other.test());
    }
  }

  boolean open() {
    return room > 0 && lines.size() < MOST;
  }

  void again() {
    times++;
  }

  int score() {
    return seen.sign().score();
  }

  /** The number of its first line in the log. */
  public long first() {
    return first;
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** The line that says it. */
  public String line() {
    return line;
  }

  public Cause cause() {
    return seen.sign().what();
  }

  /** The failing test's name, if a line tells it. */
  public String test() {
    return seen.test();
  }

  /** How often the same was said in the log. */
  public int times() {
    return times;
  }

  /** Whether this is more than a word that may mean trouble. */
  public boolean strong() {
    return score() >= 50;
  }
}
