package dev.fuse.cli.session;

import dev.fuse.cli.home.PrivateFile;
import dev.fuse.cli.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file of a conversation: one JSON object a line, only ever added to. */
final class SessionFile implements AutoCloseable {

  private final FileChannel channel;
  private long end;

  private SessionFile(FileChannel channel, long end) {
    this.channel = channel;
    this.end = end;
  }

  /** Hears of each line of a file; a line that is no JSON object comes as a problem. */
  interface Reader {
    /** Whether to go on. */
    boolean line(long number, Map<String, @Nullable Object> event);

    void corrupt(long number, String problem);
  }

  /** Opens a file for adding to it; a last line that is not whole is dropped. */
  static SessionFile append(Path file) throws IOException {
    dropTornLine(file);
    var channel = PrivateFile.append(file);
    return new SessionFile(channel, channel.size());
  }

  /** Whether nothing has been written to it. */
  boolean empty() {
    return end == 0;
  }

  /** Adds a line, whole or not at all. */
  void add(Map<String, ?> event) throws IOException {
    var line = (Json.write(event) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      PrivateFile.writeAll(channel, line);
      end += line.length;
    } catch (IOException e) {
      // Half a line would join the next one.
      channel.truncate(end);
      throw e;
    }
  }

  /** Waits until all lines are on the disk. */
  void force() throws IOException {
    channel.force(false);
  }

  /** Reads a file from its beginning; a last line without an end is left out. */
  static void read(Path file, Reader reader) throws IOException {
    try (var in =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      boolean whole = endsWithLine(file);
      long number = 0;
      for (var line = in.readLine(); line != null; ) {
        number++;
        var next = in.readLine();
        if ((next != null || whole) && !read(number, line, reader)) {
          return;
        }
        line = next;
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static boolean read(long number, String line, Reader reader) {
    try {
      return reader.line(number, Json.object(line));
    } catch (IOException e) {
      reader.corrupt(number, String.valueOf(e.getMessage()));
      return true;
    }
  }

  private static boolean endsWithLine(Path file) throws IOException {
    try (var channel = FileChannel.open(file)) {
      return channel.size() == 0 || at(channel, channel.size() - 1) == '\n';
    }
  }

  private static void dropTornLine(Path file) throws IOException {
    if (!Files.exists(file) || endsWithLine(file)) {
      return;
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = channel.size();
      while (size > 0 && at(channel, size - 1) != '\n') {
        size--;
      }
      channel.truncate(size);
      channel.force(true);
    }
  }

  private static byte at(FileChannel channel, long position) throws IOException {
    var one = ByteBuffer.allocate(1);
    channel.read(one, position);
    return one.get(0);
  }
}
