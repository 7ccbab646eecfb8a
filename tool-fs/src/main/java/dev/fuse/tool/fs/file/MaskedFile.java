package dev.fuse.tool.fs.file;

import dev.fuse.spi.Call;
import dev.fuse.spi.Target;
import dev.fuse.tool.fs.place.Location;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The lines of a file as they may be seen. The whole is masked before anything is matched or cut,
 * as a part alone does not show what in it is a secret.
 */
final class MaskedFile {

  /** Bytes that are masked together; of larger files one such piece after another. */
  private static final int PIECE = 8 << 20;

  /** Takes a line; false ends the file. */
  interface Sink {
    boolean line(long number, String text);
  }

  private MaskedFile() {}

  static void lines(Path file, Call call, Sink sink) throws IOException {
    var origin = Target.of(Location.FILES, "path", file.toString());
    try (var in = open(file)) {
      var rest = new byte[0];
      long number = 1;
      while (!call.cancelled()) {
        var read = in.readNBytes(PIECE);
        if (read.length == 0 && rest.length == 0) {
          return;
        }
        var bytes = Arrays.copyOf(rest, rest.length + read.length);
        System.arraycopy(read, 0, bytes, rest.length, read.length);
        boolean last = read.length < PIECE;
        int end = last ? bytes.length : wholeLines(bytes);
        rest = Arrays.copyOfRange(bytes, end, bytes.length);
        var masked = call.masked(new String(bytes, 0, end, StandardCharsets.UTF_8), origin);
        for (var line : masked.split("\n", -1)) {
          if (!sink.line(
              number++, line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)) {
            return;
          }
        }
        if (last) {
          return;
        }
        number--;
      }
    }
  }

  /** The quick way goes by the name, which tells nothing where its bytes are no text. */
  private static InputStream open(Path file) throws IOException {
    return file.toString().indexOf('\uFFFD') < 0
        ? new FileInputStream(file.toFile())
        : Files.newInputStream(file);
  }

  private static int wholeLines(byte[] bytes) {
    for (int i = bytes.length - 1; i >= 0; i--) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return bytes.length;
  }
}
