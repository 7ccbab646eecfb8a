package dev.fuse.cli.session;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The part of a text that is kept: its first 64 MB. */
final class KeptText {

  static final long LIMIT = 64L << 20;

  private static final int PIECE = 1 << 20;

  private KeptText() {}

  /** Writes it in pieces, so that a large text is not in memory twice. */
  static long write(String text, OutputStream out) throws IOException {
    long written = 0;
    for (int from = 0; from < text.length(); ) {
      int to = Math.min(text.length(), from + PIECE);
      if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
        to--;
      }
      var piece = text.substring(from, to).getBytes(StandardCharsets.UTF_8);
      if (written + piece.length > LIMIT) {
        var end = "\n[the first %d MB are kept]".formatted(written >> 20);
        out.write(end.getBytes(StandardCharsets.UTF_8));
        return written + end.length();
      }
      out.write(piece);
      written += piece.length;
      from = to;
    }
    return written;
  }
}
