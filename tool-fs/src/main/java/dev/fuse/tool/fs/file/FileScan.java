package dev.fuse.tool.fs.file;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;

/** Searches one file after another through one buffer; of one thread. */
final class FileScan {

  private static final int BUFFER = 1 << 18;

  private static final int SMALL = 8192;

  /** What a file that holds NUL near its start is taken for, as grep does. */
  private static final int HEAD = 8000;

  /**
   * Bytes in which most binaries show it; the rest of the head is looked at where there is a hit.
   */
  private static final int GLANCE = 512;

  /** Takes matching lines. */
  interface Sink {
    /** Takes one; false ends the file. */
    boolean hit(Path file, long line, String text);
  }

  private final Needle needle;
  private final Literals literals;
  private final Matcher matcher;
  private final BooleanSupplier stopped;
  private final byte[] buffer = new byte[BUFFER];

  FileScan(Needle needle, BooleanSupplier stopped) {
    this.needle = needle;
    this.literals = needle.literals();
    this.matcher = needle.pattern().matcher("");
    this.stopped = stopped;
  }

  /** Searches a file; false where it is binary. */
  boolean search(Path file, Sink sink) throws IOException {
    try (var in = open(file)) {
      int kept = 0;
      long line = 1;
      for (boolean first = true; !stopped.getAsBoolean(); first = false) {
        int read = fill(in, kept);
        int end = kept + read;
        if (first && binary(needle.hasLiterals() ? Math.min(GLANCE, end) : end)) {
          return false;
        }
        boolean last = end < BUFFER;
        int whole = last ? end : lastLineEnd(end);
        if (first && needle.hasLiterals() && literals.next(buffer, 0, whole) >= 0 && binary(end)) {
          return false;
        }
        if (!lines(file, line, whole, sink) || last) {
          return true;
        }
        line += newlines(0, whole);
        kept = end - whole;
        System.arraycopy(buffer, whole, buffer, 0, kept);
      }
      return true;
    }
  }

  /** The quick way goes by the name, which tells nothing where its bytes are no text. */
  private static InputStream open(Path file) throws IOException {
    return file.toString().indexOf('\uFFFD') < 0
        ? new FileInputStream(file.toFile())
        : Files.newInputStream(file);
  }

  private int fill(InputStream in, int from) throws IOException {
    int at = from;
    while (at < BUFFER) {
      // Up to 8 kB the JDK reads through the stack, above it allocates: most files are small.
      int read = in.read(buffer, at, at == 0 ? SMALL : BUFFER - at);
      if (read < 0) {
        break;
      }
      at += read;
      if (at < SMALL && from == 0) {
        break;
      }
    }
    return at - from;
  }

  private boolean binary(int end) {
    for (int i = 0; i < Math.min(HEAD, end); i++) {
      if (buffer[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /** A line longer than the buffer is searched in pieces. */
  private int lastLineEnd(int end) {
    for (int i = end - 1; i >= 0; i--) {
      if (buffer[i] == '\n') {
        return i + 1;
      }
    }
    return end;
  }

  private int newlines(int from, int end) {
    int count = 0;
    for (int i = from; i < end; i++) {
      count += buffer[i] == '\n' ? 1 : 0;
    }
    return count;
  }

  private boolean lines(Path file, long firstLine, int end, Sink sink) {
    return needle.hasLiterals()
        ? byLiteral(file, firstLine, end, sink)
        : byLine(file, firstLine, end, sink);
  }

  private boolean byLiteral(Path file, long firstLine, int end, Sink sink) {
    long line = firstLine;
    int counted = 0;
    int at = literals.next(buffer, 0, end);
    while (at >= 0) {
      int start = startOfLine(at);
      int stop = endOfLine(at, end);
      var text = decode(start, stop);
      if (needle.whole() || matches(text)) {
        line += newlines(counted, start);
        counted = start;
        if (!sink.hit(file, line, text)) {
          return false;
        }
      }
      at = stop < end && !stopped.getAsBoolean() ? literals.next(buffer, stop + 1, end) : -1;
    }
    return true;
  }

  private boolean byLine(Path file, long firstLine, int end, Sink sink) {
    var chunk = decode(0, end);
    var watched = new Watched(chunk, stopped);
    matcher.reset(watched);
    long line = firstLine;
    int start = 0;
    while (start < chunk.length()) {
      int newline = chunk.indexOf('\n', start);
      int stop = newline < 0 ? chunk.length() : newline;
      int bare = stop > start && chunk.charAt(stop - 1) == '\r' ? stop - 1 : stop;
      matcher.region(start, bare);
      if (matcher.find() && !sink.hit(file, line, chunk.substring(start, bare))) {
        return false;
      }
      line++;
      start = stop + 1;
    }
    return true;
  }

  private boolean matches(String text) {
    return matcher.reset(new Watched(text, stopped)).find();
  }

  private int startOfLine(int at) {
    int i = at;
    while (i > 0 && buffer[i - 1] != '\n') {
      i--;
    }
    return i;
  }

  private int endOfLine(int at, int end) {
    int i = at;
    while (i < end && buffer[i] != '\n') {
      i++;
    }
    return i;
  }

  private String decode(int start, int stop) {
    int bare = stop > start && stop < buffer.length && buffer[stop - 1] == '\r' ? stop - 1 : stop;
    return new String(buffer, start, bare - start, StandardCharsets.UTF_8);
  }

  /** Thrown out of an expression that would go on for years. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped() {
      super("stopped", null, false, false);
    }
  }

  /** Text that an expression reads only as long as nobody has stopped the search. */
  private static final class Watched implements CharSequence {
    private static final int EVERY = 1 << 16;

    private final String text;
    private final BooleanSupplier stopped;
    private int reads;

    Watched(String text, BooleanSupplier stopped) {
      this.text = text;
      this.stopped = stopped;
    }

    @Override
    public char charAt(int index) {
      if (++reads % EVERY == 0 && stopped.getAsBoolean()) {
        throw new Stopped();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
