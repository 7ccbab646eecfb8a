package dev.fuse.tool.github.log;

import dev.fuse.tool.github.log.Excerpt.Head;
import dev.fuse.tool.github.log.Excerpt.Size;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a job's log as a stream and keeps what is worth reading, whatever its size. */
public final class LogCut {

  private static final int LONGEST = 4096;
  private static final int BEFORE = 2;
  private static final int WINDOWS = 40;
  private static final int TAIL = 60;
  private static final int HEAD = 80;
  private static final int COMMAND = 60;
  private static final int STAMP = 20;
  private static final int OVERLAP = 60;
  private static final Pattern ANSI =
      Pattern.compile("\u001b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?|.)");

  private final Span span;
  private final byte[] line = new byte[LONGEST];
  private final ArrayDeque<String> before = new ArrayDeque<>();
  private final ArrayDeque<Folded> tail = new ArrayDeque<>();
  private final List<Window> windows = new ArrayList<>();
  private final Map<String, Window> known = new HashMap<>();
  private final List<String> head = new ArrayList<>();
  private List<String> command = new ArrayList<>();
  private boolean inCommand;
  private boolean ended;
  private int inStep;
  private @Nullable Window open;
  private int length;
  private long lines;
  private long bytes;
  private int lastShape;

  private LogCut(Span span) {
    this.span = span;
  }

  /** Cuts the part of a log that a span names; the whole log where its lines have no times. */
  public static Excerpt of(InputStream log, Span span) {
    var cut = new LogCut(span);
    boolean broken = false;
    try {
      cut.read(log);
    } catch (IOException ended) {
      broken = true;
    }
    return cut.excerpt(broken);
  }

  private void read(InputStream log) throws IOException {
    var buffer = new byte[1 << 16];
    for (int n = log.read(buffer); n >= 0; n = log.read(buffer)) {
      bytes += n;
      int from = 0;
      for (int i = 0; i < n; i++) {
        if (buffer[i] == '\n') {
          append(buffer, from, i);
          endLine();
          from = i + 1;
        }
      }
      append(buffer, from, n);
    }
    if (length > 0) {
      endLine();
    }
  }

  private void append(byte[] buffer, int from, int to) {
    int taken = Math.min(to - from, LONGEST - length);
    System.arraycopy(buffer, from, line, length, taken);
    length += taken;
  }

  private void endLine() {
    lines++;
    int from = lines == 1 && length > 2 && (line[0] & 0xff) == 0xef ? 3 : 0;
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    int text = afterStamp(from, end);
    boolean inSpan = span.equals(Span.ALL) || text == from || span.holds(second(from));
    if (lines <= HEAD) {
      head.add(text(text, end));
    }
    if (inSpan) {
      step(text, end);
    } else {
      open = null;
    }
    length = 0;
  }

  /** Where the line begins behind its time. */
  private int afterStamp(int from, int end) {
    if (end - from < STAMP || line[from + 4] != '-' || line[from + 10] != 'T') {
      return from;
    }
    int limit = Math.min(end, from + 34);
    for (int i = from + STAMP - 1; i < limit; i++) {
      if (line[i] == 'Z') {
        return i + 1 < end && line[i + 1] == ' ' ? i + 2 : i + 1;
      }
    }
    return from;
  }

  private String second(int from) {
    return new String(line, from, 19, StandardCharsets.ISO_8859_1);
  }

  private String text(int from, int end) {
    var text = new String(line, from, Math.max(0, end - from), StandardCharsets.UTF_8);
    return text.indexOf('\u001b') < 0 ? text : ANSI.matcher(text).replaceAll("");
  }

  private void step(int from, int end) {
    inStep++;
    int shape = shape(from, end);
    boolean mark = end - from > 3 && line[from] == '#' && line[from + 1] == '#';
    if (ended && !mark) {
      return;
    }
    boolean sign = Keywords.in(line, from, end);
    if (inCommand || mark || sign || open != null) {
      look(text(from, end), shape);
      return;
    }
    fold(from, end, shape);
  }

  /** A line's bytes but for digits; lines of one shape in a row are folded. */
  private int shape(int from, int end) {
    int hash = 7;
    for (int i = from; i < end; i++) {
      byte letter = line[i];
      if (letter < '0' || letter > '9') {
        hash = hash * 31 + letter;
      }
    }
    return hash;
  }

  private void look(String text, int shape) {
    if (text.startsWith("##[group]Run ")) {
      begin();
    }
    if (inCommand) {
      if (command.size() < COMMAND) {
        command.add(text.replace("##[group]", ""));
      }
      inCommand = !text.startsWith("##[endgroup]");
      return;
    }
    if (text.startsWith("##[endgroup]")) {
      return;
    }
    var shown = text.replace("##[group]", "").replace("##[error]", "Error: ");
    var seen = Signs.in(text);
    if (seen.isPresent()) {
      found(text.startsWith("##[error]") ? shown : text, seen.get());
    } else if (open != null && !open.takes(text)) {
      open = null;
    }
    folded(shown, shape);
    ended |= text.startsWith("##[error]Process completed with exit code");
  }

  /** A step begins; what the seconds before it held is of another one. */
  private void begin() {
    command = new ArrayList<>();
    inCommand = true;
    ended = false;
    open = null;
    tail.clear();
    before.clear();
    if (inStep < OVERLAP) {
      windows.clear();
      known.clear();
    }
  }

  private void found(String text, Sign.Seen seen) {
    if (open != null && open.open()) {
      open.also(text, seen);
      return;
    }
    var print = seen.test() + Fingerprint.of(text);
    var same = known.get(print);
    if (same != null) {
      same.again();
      open = null;
      return;
    }
    var window = new Window(lines - before.size(), List.copyOf(before), text, seen);
    open = window;
    known.put(print, window);
    windows.add(window);
    if (windows.size() > WINDOWS) {
      windows.remove(
          windows.stream()
              .min(Comparator.comparingInt(Window::score).thenComparing(w -> -w.first()))
              .orElseThrow());
    }
  }

  private void fold(int from, int end, int shape) {
    if (shape == lastShape && !tail.isEmpty()) {
      var last = tail.removeLast();
      tail.addLast(new Folded(last.text(), last.times() + 1));
      return;
    }
    folded(text(from, end), shape);
  }

  private void folded(String text, int shape) {
    if (shape == lastShape && !tail.isEmpty()) {
      int times = tail.removeLast().times();
      tail.addLast(new Folded(text, times + 1));
    } else {
      tail.addLast(new Folded(text, 1));
    }
    lastShape = shape;
    if (tail.size() > TAIL) {
      tail.removeFirst();
    }
    before.addLast(text);
    if (before.size() > BEFORE) {
      before.removeFirst();
    }
  }

  private Excerpt excerpt(boolean broken) {
    return new Excerpt(
        head(),
        command.stream().filter(it -> !it.startsWith("##[endgroup]")).toList(),
        windows.stream().sorted(Comparator.comparing(Window::first)).toList(),
        List.copyOf(tail),
        new Size(lines, bytes, broken));
  }

  private Head head() {
    var permissions = new ArrayList<String>();
    boolean inPermissions = false;
    for (var text : head) {
      if (text.startsWith("##[endgroup]")) {
        inPermissions = false;
      } else if (inPermissions) {
        permissions.add(text);
      } else if (text.endsWith("GITHUB_TOKEN Permissions")) {
        inPermissions = true;
      }
    }
    return new Head(after("Secret source: "), after("Runner name: ").replace("'", ""), permissions);
  }

  private String after(String words) {
    return head.stream()
        .filter(it -> it.startsWith(words))
        .map(it -> it.substring(words.length()))
        .findFirst()
        .orElse("");
  }
}
