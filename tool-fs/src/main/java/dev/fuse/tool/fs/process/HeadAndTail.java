package dev.fuse.tool.fs.process;

import dev.fuse.tool.fs.place.Shown;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the beginning and the end of what is written, and counts all of it. */
final class HeadAndTail extends OutputStream {

  private static final int HEAD = 1 << 20;
  private static final int TAIL = 1 << 20;

  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final byte[] ring = new byte[TAIL];
  private long after;

  @Override
  public synchronized void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) {
    int first = Math.clamp(length, 0, HEAD - head.size());
    head.write(bytes, from, first);
    for (int i = from + first; i < from + length; ) {
      int at = (int) (after % TAIL);
      int part = Math.min(TAIL - at, from + length - i);
      System.arraycopy(bytes, i, ring, at, part);
      after += part;
      i += part;
    }
  }

  synchronized long size() {
    return head.size() + after;
  }

  synchronized String text() {
    var beginning = head.toString(StandardCharsets.UTF_8);
    if (after == 0) {
      return beginning;
    }
    int length = (int) Math.min(after, TAIL);
    var end = new byte[length];
    for (int i = 0; i < length; i++) {
      end[i] = ring[(int) ((after - length + i) % TAIL)];
    }
    var left = after - length;
    return beginning
        + (left == 0 ? "" : "\n… " + Shown.size(left) + " left out …\n")
        + new String(end, StandardCharsets.UTF_8);
  }
}
