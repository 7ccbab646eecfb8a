package dev.fuse.tool.fs.file;

import dev.fuse.tool.fs.place.Shown;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Lines of a file, in memory that depends on the window and not on the file. */
final class LineWindow implements AutoCloseable {

  private static final int CHUNK = 1 << 16;

  /** Bytes of one line that are kept; of the rest is said how much there was. */
  private static final int LINE = 4000;

  /** Bytes of a file whose lines are counted. */
  private static final long COUNTED = 256L << 20;

  /** Bytes of all lines together. */
  private static final int WINDOW = 1 << 20;

  /**
   * What was read.
   *
   * @param first number of the first line; negative where it is counted from the end
   * @param more whether the file goes on
   * @param windows whether lines end in CR LF
   */
  record Lines(long first, List<String> lines, boolean more, String charset, boolean windows) {}

  private final FileChannel channel;
  private final BooleanSupplier cancelled;
  private final byte[] head;
  private final Optional<Charset> charset;

  LineWindow(Path file, BooleanSupplier cancelled) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.cancelled = cancelled;
    var start = ByteBuffer.allocate(8192);
    while (start.hasRemaining() && channel.read(start) > 0) {}
    head = Arrays.copyOf(start.array(), start.position());
    charset = FileText.charset(head, head.length);
  }

  boolean binary() {
    return charset.isEmpty();
  }

  byte[] head() {
    return head.clone();
  }

  long size() throws IOException {
    return channel.size();
  }

  /** Lines from a number on, 1 being the first. */
  Lines from(long first, int count) throws IOException {
    if (wide()) {
      return wide(first, count);
    }
    return collect(FileText.mark(head, head.length).length, 1, first, count);
  }

  /** The first {@code count} of the last {@code back} lines. */
  Lines last(long back, int count) throws IOException {
    if (wide()) {
      long all = wide(Long.MAX_VALUE, 1).first() - 1;
      return wide(Math.max(1, all - back + 1), count);
    }
    long start = Math.max(startOfLast(back), FileText.mark(head, head.length).length);
    if (channel.size() <= COUNTED) {
      return collect(start, 1 + newlinesBefore(start), 0, count);
    }
    // Reading a file whole to say the number of its last line would take longer than anybody waits.
    var found = collect(start, 0, 0, count);
    return new Lines(
        start == 0 ? 1 : -back, found.lines(), found.more(), found.charset(), found.windows());
  }

  /** Reads from a place that is the start of line {@code number}. */
  private Lines collect(long offset, long number, long first, int count) throws IOException {
    var raw = new ArrayList<byte[]>();
    var line = new ByteArrayOutputStream();
    long length = 0;
    int room = WINDOW;
    long at = number;
    channel.position(offset);
    var buffer = ByteBuffer.allocate(CHUNK);
    while (channel.read(buffer.clear()) > 0) {
      stopIfCancelled();
      var bytes = buffer.array();
      int end = buffer.position();
      int i = 0;
      while (i < end) {
        int newline = newline(bytes, i, end);
        if (at >= first) {
          line.write(bytes, i, Math.clamp(newline - i, 0, LINE - line.size()));
          length += newline - i;
        }
        if (newline < end) {
          if (at >= first) {
            raw.add(finished(line, length));
            room -= line.size();
            line.reset();
            length = 0;
          }
          at++;
          if (raw.size() == count || room < 0) {
            return lines(raw, at - raw.size(), more(newline + 1 < end));
          }
        }
        i = newline + 1;
      }
    }
    if (length > 0) {
      raw.add(finished(line, length));
      at++;
    }
    return lines(raw, at - raw.size(), false);
  }

  private boolean more(boolean inBuffer) throws IOException {
    return inBuffer || channel.position() < channel.size();
  }

  private static byte[] finished(ByteArrayOutputStream line, long length) {
    if (length > line.size()) {
      line.writeBytes(
          (" … " + Shown.size(length - line.size()) + " more").getBytes(StandardCharsets.UTF_8));
    }
    return line.toByteArray();
  }

  private static int newline(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  private Lines lines(List<byte[]> raw, long first, boolean more) {
    boolean windows = !raw.isEmpty() && raw.stream().allMatch(LineWindow::endsInReturn);
    boolean utf = raw.stream().allMatch(LineWindow::isUtf8);
    var set = utf ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    var texts = raw.stream().map(bytes -> withoutReturn(new String(bytes, set))).toList();
    return new Lines(first, texts, more, utf ? "UTF-8" : "not UTF-8, read as ISO-8859-1", windows);
  }

  private static boolean endsInReturn(byte[] line) {
    return line.length > 0 && line[line.length - 1] == '\r';
  }

  private static String withoutReturn(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /** A line that was cut may end within a character, which is no sign of another charset. */
  private static boolean isUtf8(byte[] line) {
    if (line.length >= LINE) {
      return true;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Where the last lines begin, found from the end; a newline at the very end ends a line. */
  private long startOfLast(long back) throws IOException {
    long size = channel.size();
    long left = back;
    var buffer = ByteBuffer.allocate(CHUNK);
    for (long end = size; end > 0; ) {
      stopIfCancelled();
      int length = (int) Math.min(CHUNK, end);
      long start = end - length;
      buffer.clear().limit(length);
      while (buffer.hasRemaining() && channel.read(buffer, start + buffer.position()) > 0) {}
      for (int i = length - 1; i >= 0; i--) {
        boolean between = buffer.get(i) == '\n' && start + i + 1 < size;
        if (between && --left == 0) {
          return start + i + 1;
        }
      }
      end = start;
    }
    return 0;
  }

  private long newlinesBefore(long offset) throws IOException {
    long lines = 0;
    channel.position(0);
    var buffer = ByteBuffer.allocate(CHUNK);
    for (long left = offset; left > 0; ) {
      stopIfCancelled();
      buffer.clear().limit((int) Math.min(CHUNK, left));
      int read = channel.read(buffer);
      if (read <= 0) {
        return lines;
      }
      var bytes = buffer.array();
      for (int i = 0; i < read; i++) {
        lines += bytes[i] == '\n' ? 1 : 0;
      }
      left -= read;
    }
    return lines;
  }

  private boolean wide() {
    return charset.filter(set -> !set.equals(StandardCharsets.UTF_8)).isPresent();
  }

  /** UTF-16 is rare and read by the JDK's own reader. */
  private Lines wide(long first, int count) throws IOException {
    channel.position(2);
    var reader = new BufferedReader(Channels.newReader(channel, charset.orElseThrow()));
    var lines = new ArrayList<String>();
    long at = 1;
    for (var line = reader.readLine(); line != null; line = reader.readLine()) {
      stopIfCancelled();
      if (at >= first && lines.size() == count) {
        return new Lines(first, lines, true, charset.orElseThrow().name(), false);
      }
      if (at >= first) {
        lines.add(line.substring(0, Math.min(line.length(), LINE)));
      }
      at++;
    }
    return new Lines(at - lines.size(), lines, false, charset.orElseThrow().name(), false);
  }

  private void stopIfCancelled() throws IOException {
    if (cancelled.getAsBoolean()) {
      throw new IOException("cancelled");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
