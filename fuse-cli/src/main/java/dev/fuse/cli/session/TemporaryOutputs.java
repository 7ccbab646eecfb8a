package dev.fuse.cli.session;

import dev.fuse.boundary.Outputs;
import dev.fuse.cli.home.PrivateFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whole outputs of a conversation that is not saved: one file without a name, at most 512 MB, gone
 * with the process however that ends.
 */
public final class TemporaryOutputs implements Outputs, AutoCloseable {

  private static final long ROOM = 512L << 20;

  private final Path folder;
  private final List<Span> spans = new ArrayList<>();
  private @Nullable RandomAccessFile file;
  private long end;

  private record Span(long from, long to) {}

  /** Outputs in a folder for temporary files. */
  public TemporaryOutputs(Path folder) {
    this.folder = folder;
  }

  @Override
  public synchronized String keep(String tool, String text) {
    if (end + Math.min(KeptText.LIMIT, text.length()) > ROOM) {
      return "";
    }
    try {
      var out = open();
      out.seek(end);
      long written = KeptText.write(text, stream(out));
      spans.add(new Span(end, end + written));
      end += written;
      return "o" + spans.size();
    } catch (IOException _) {
      // Nothing is promised here: the model is then told what fits and no more.
      return "";
    }
  }

  @Override
  public synchronized Optional<BufferedReader> find(String id) {
    if (file == null || !id.matches("o[1-9]\\d{0,8}")) {
      return Optional.empty();
    }
    int number = Integer.parseInt(id.substring(1));
    if (number > spans.size()) {
      return Optional.empty();
    }
    var in = new Slice(file, spans.get(number - 1));
    return Optional.of(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
  }

  @Override
  public synchronized void close() {
    if (file == null) {
      return;
    }
    try {
      file.close();
    } catch (IOException _) {
      // It has no name: the system frees it in any case.
      return;
    }
  }

  /** Not a channel: a call that is interrupted would close it for all. */
  private RandomAccessFile open() throws IOException {
    if (file != null) {
      return file;
    }
    var name = PrivateFile.temporary(folder, "fuse-outputs");
    try {
      file = new RandomAccessFile(name.toFile(), "rw");
      return file;
    } finally {
      Files.delete(name);
    }
  }

  private static OutputStream stream(RandomAccessFile file) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        file.write(b);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        file.write(bytes, offset, length);
      }
    };
  }

  private final class Slice extends InputStream {
    private final RandomAccessFile source;
    private final long to;
    private long at;

    Slice(RandomAccessFile source, Span span) {
      this.source = source;
      this.at = span.from();
      this.to = span.to();
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (at >= to) {
        return -1;
      }
      synchronized (TemporaryOutputs.this) {
        source.seek(at);
        int got = source.read(bytes, offset, (int) Math.min(length, to - at));
        at += Math.max(0, got);
        return got;
      }
    }
  }
}
