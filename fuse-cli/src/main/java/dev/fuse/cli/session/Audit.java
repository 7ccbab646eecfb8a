package dev.fuse.cli.session;

import dev.fuse.agent.AgentEvent.CallRecord;
import dev.fuse.cli.home.Home;
import dev.fuse.cli.home.Json;
import dev.fuse.cli.home.PrivateFile;
import dev.fuse.cli.home.Reason;
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
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What Fuse did and who allowed it: {@code ~/.fuse/audit.jsonl}, only ever added to. Each line
 * holds the SHA-256 of itself and of the line before, so that a line that was changed, left out or
 * put in is found. Lines cut off at the end are not.
 */
public final class Audit {

  private static final String FILE = "audit.jsonl";
  private static final String HASH = ",\"hash\":\"";
  private static final String FIRST = "0".repeat(64);

  /** Longer strings in arguments are cut: a file's whole content is no business of the audit. */
  private static final int LONGEST = 500;

  private final Home home;
  private final Clock clock;
  private final AtomicBoolean complained = new AtomicBoolean();

  /**
   * What a check of the whole file gave.
   *
   * @param problems one sentence for each line that is not as it was written
   */
  public record Check(long lines, List<String> problems) {
    public Check {
      problems = List.copyOf(problems);
    }
  }

  public Audit(Home home, Clock clock) {
    this.home = home;
    this.clock = clock;
  }

  /** Notes that a change has begun, so that one whose end was not seen leaves a trace. */
  void begun(String conversation, String call, String tool, Map<String, Object> arguments) {
    var line = line(conversation, call, tool, arguments);
    line.put("outcome", "begun");
    add(line, false);
  }

  /** Notes a call that has ended, or was not run. */
  void ended(String conversation, CallRecord call) {
    var line = line(conversation, call.call(), call.tool(), call.arguments());
    line.put("effects", call.effects().stream().map(EventJson::of).toList());
    line.put("verdict", EventJson.verdict(call.ruling()));
    line.put("rule", call.ruling().rule());
    line.put("outcome", call.outcome());
    line.put("millis", call.millis());
    add(line, call.effects().stream().anyMatch(effect -> !effect.verb().reads()));
  }

  /** The last lines, the oldest of them first. */
  public List<Map<String, @Nullable Object>> last(int count) {
    var lines = new ArrayDeque<Map<String, @Nullable Object>>();
    eachLine(
        (_, text) -> {
          try {
            lines.add(Json.object(text));
          } catch (IOException _) {
            // 'audit verify' names it.
            return;
          }
          if (lines.size() > count) {
            lines.removeFirst();
          }
        });
    return List.copyOf(lines);
  }

  /** Checks every line against its hash and the line before. */
  public Check verify() {
    var check = new Chain();
    eachLine(check::line);
    return new Check(check.number, check.problems);
  }

  private Map<String, Object> line(
      String conversation, String call, String tool, Map<String, Object> arguments) {
    return EventJson.object(
        "time",
        clock.instant().toString(),
        "conversation",
        conversation,
        "call",
        call,
        "tool",
        tool,
        "arguments",
        cut(arguments));
  }

  private synchronized void add(Map<String, Object> line, boolean force) {
    var folder = home.findFolder("");
    if (folder.isEmpty()) {
      return;
    }
    try (var lock = lock(folder.get())) {
      lock.lock();
      append(folder.get().resolve(FILE), line, force);
    } catch (IOException e) {
      if (complained.compareAndSet(false, true)) {
        home.note("the audit log cannot be written: " + Reason.of(e));
      }
    }
  }

  private static void append(Path file, Map<String, Object> line, boolean force)
      throws IOException {
    var options =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try (var channel = PrivateFile.open(file, options)) {
      var tail = tail(channel);
      line.put("prev", hashIn(tail));
      var text = Json.write(line);
      var body = text.substring(0, text.length() - 1);
      var whole =
          (tail.isEmpty() || tail.endsWith("\n") ? "" : "\n") + body + HASH + hash(body) + "\"}\n";
      channel.position(channel.size());
      PrivateFile.writeAll(channel, whole.getBytes(StandardCharsets.UTF_8));
      if (force) {
        channel.force(false);
      }
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    return PrivateFile.open(
        folder.resolve("audit.lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }

  /** The end of the file from the last hash on; all of it where there is none. */
  private static String tail(FileChannel channel) throws IOException {
    for (long size = 256; ; size *= 16) {
      long from = Math.max(0, channel.size() - size);
      var bytes = ByteBuffer.allocate((int) (channel.size() - from));
      while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {}
      var text = new String(bytes.array(), StandardCharsets.UTF_8);
      if (from == 0 || text.contains(HASH)) {
        return text;
      }
    }
  }

  private static String hashIn(String text) {
    int at = text.lastIndexOf(HASH);
    int from = at + HASH.length();
    return at < 0 || text.length() < from + 64 ? FIRST : text.substring(from, from + 64);
  }

  private interface EachLine {
    void line(long number, String text);
  }

  private void eachLine(EachLine each) {
    var file = home.find(FILE);
    if (file.isEmpty() || !Files.exists(file.get())) {
      return;
    }
    try (var in =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file.get()), StandardCharsets.UTF_8))) {
      long number = 0;
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        each.line(++number, line);
      }
    } catch (IOException e) {
      home.note("'%s' cannot be read: %s".formatted(file.get(), Reason.of(e)));
    }
  }

  /** Follows the lines from the first to the last. */
  private static final class Chain {
    private final List<String> problems = new ArrayList<>();
    private String previous = FIRST;
    private long number;

    void line(long at, String text) {
      number = at;
      int end = text.lastIndexOf(HASH);
      if (end < 0) {
        problems.add("line " + at + " is not whole");
        return;
      }
      var body = text.substring(0, end);
      var hash = hashIn(text);
      if (!hash(body).equals(hash)) {
        problems.add("line " + at + " was changed");
      }
      if (!body.endsWith(",\"prev\":\"" + previous + "\"")) {
        problems.add("line " + at + " does not follow the line before it");
      }
      previous = hash;
    }
  }

  private static String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static Object cut(Object value) {
    return switch (value) {
      case String text when text.length() > LONGEST ->
          text.substring(0, LONGEST) + "… (" + text.length() + " characters)";
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((key, item) -> copy.put(String.valueOf(key), cut(item)));
        yield copy;
      }
      case List<?> list -> list.stream().map(Audit::cut).toList();
      default -> value;
    };
  }
}
