package dev.fuse.tool.fs.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A text file's content, with what is needed to write it back byte for byte.
 *
 * @param text without the byte-order mark, line ends as they are
 * @param mark the byte-order mark, one character for each byte; empty where there is none
 */
record FileText(String text, Charset charset, String mark) {

  private static final byte[] UTF_8 = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] UTF_16LE = {(byte) 0xFF, (byte) 0xFE};
  private static final byte[] UTF_16BE = {(byte) 0xFE, (byte) 0xFF};

  /** The text, or empty where the bytes are none. What is not UTF-8 is taken for ISO 8859-1. */
  static Optional<FileText> decode(byte[] bytes) {
    var charset = charset(bytes, bytes.length);
    if (charset.isEmpty()) {
      return Optional.empty();
    }
    var mark = mark(bytes, bytes.length);
    var body = ByteBuffer.wrap(bytes, mark.length, bytes.length - mark.length);
    try {
      var text = charset.get().newDecoder().decode(body).toString();
      return Optional.of(new FileText(text, charset.get(), latin(mark)));
    } catch (CharacterCodingException e) {
      var latin = StandardCharsets.ISO_8859_1;
      var text = new String(bytes, mark.length, bytes.length - mark.length, latin);
      return Optional.of(new FileText(text, latin, latin(mark)));
    }
  }

  /** By the byte-order mark; UTF-8 without one; empty where a NUL shows that it is no text. */
  static Optional<Charset> charset(byte[] head, int length) {
    var mark = mark(head, length);
    if (mark == UTF_16LE) {
      return Optional.of(StandardCharsets.UTF_16LE);
    }
    if (mark == UTF_16BE) {
      return Optional.of(StandardCharsets.UTF_16BE);
    }
    for (int i = 0; i < length; i++) {
      if (head[i] == 0) {
        return Optional.empty();
      }
    }
    return Optional.of(StandardCharsets.UTF_8);
  }

  static byte[] mark(byte[] head, int length) {
    for (var mark : new byte[][] {UTF_8, UTF_16LE, UTF_16BE}) {
      if (length >= mark.length && Arrays.equals(head, 0, mark.length, mark, 0, mark.length)) {
        return mark;
      }
    }
    return new byte[0];
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  boolean windowsLines() {
    return text.contains("\r\n");
  }

  /**
   * Another text as bytes of the same kind.
   *
   * @return empty where this file's charset lacks one of its characters
   */
  Optional<byte[]> encode(String changed) {
    if (!charset.newEncoder().canEncode(changed)) {
      return Optional.empty();
    }
    var body = changed.getBytes(charset);
    var first = mark.getBytes(StandardCharsets.ISO_8859_1);
    var all = Arrays.copyOf(first, first.length + body.length);
    System.arraycopy(body, 0, all, first.length, body.length);
    return Optional.of(all);
  }
}
