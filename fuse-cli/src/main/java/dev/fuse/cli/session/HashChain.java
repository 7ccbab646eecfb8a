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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A file of JSON lines that several processes add to, each line holding the SHA-256 of itself and
 * of the line before: one that was changed, left out or put in is found. Lines cut off at the end
 * are not.
 */
record HashChain(Path file) {

  private static final String HASH = ",\"hash\":\"";
  private static final String FIRST = "0".repeat(64);

  /** Hears of each line. */
  interface Reader {
    void line(long number, String text);
  }

  /**
   * Adds a line; the file's folder must be there.
   *
   * @param force whether to wait until it is on the disk
   */
  void add(Map<String, Object> line, boolean force) throws IOException {
    var lockFile = file.resolveSibling(file.getFileName() + ".lock");
    try (var lock = open(lockFile, StandardOpenOption.WRITE)) {
      lock.lock();
      try (var channel = open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        add(channel, line);
        if (force) {
          channel.force(false);
        }
      }
    }
  }

  /** Reads the lines from the first on; none where there is no file. */
  void read(Reader reader) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (var in =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      long number = 0;
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        reader.line(++number, line);
      }
    }
  }

  /** Compares every line with its hash and with the line before. */
  Audit.Check verify() throws IOException {
    var links = new Links();
    read(links);
    return new Audit.Check(links.lines, links.problems);
  }

  private static void add(FileChannel channel, Map<String, Object> line) throws IOException {
    var tail = tail(channel);
    line.put("prev", hashIn(tail));
    var text = Json.write(line);
    var body = text.substring(0, text.length() - 1);
    // After a crash in the middle of a line the next one begins on a line of its own.
    var start = tail.isEmpty() || tail.endsWith("\n") ? "" : "\n";
    var whole = start + body + HASH + hash(body) + "\"}\n";
    channel.position(channel.size());
    PrivateFile.writeAll(channel, whole.getBytes(StandardCharsets.UTF_8));
  }

  private static FileChannel open(Path file, StandardOpenOption... options) throws IOException {
    var all = new HashSet<>(Set.of(options));
    all.add(StandardOpenOption.CREATE);
    return PrivateFile.open(file, all);
  }

  /** The end of the file with its last hash in it; all of it where there is none. */
  private static String tail(FileChannel channel) throws IOException {
    for (long size = 256; ; size *= 16) {
      long from = Math.max(0, channel.size() - size);
      var bytes = ByteBuffer.allocate((int) (channel.size() - from));
      while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {}
      var text = new String(bytes.array(), StandardCharsets.UTF_8);
      if (from == 0 || !hashIn(text).equals(FIRST)) {
        return text;
      }
    }
  }

  private static String hashIn(String text) {
    int at = text.lastIndexOf(HASH);
    int from = at + HASH.length();
    return at < 0 || text.length() < from + 64 ? FIRST : text.substring(from, from + 64);
  }

  private static String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Follows the lines from the first to the last. */
  private static final class Links implements Reader {
    private final List<String> problems = new ArrayList<>();
    private String previous = FIRST;
    private long lines;

    @Override
    public void line(long number, String text) {
      lines = number;
      int end = text.lastIndexOf(HASH);
      if (end < 0) {
        problems.add("line " + number + " is not whole");
        return;
      }
      var body = text.substring(0, end);
      var hash = hashIn(text);
      if (!hash(body).equals(hash)) {
        problems.add("line " + number + " was changed");
      }
      if (!body.endsWith(",\"prev\":\"" + previous + "\"")) {
        problems.add("line " + number + " does not follow the line before it");
      }
      previous = hash;
    }
  }
}
