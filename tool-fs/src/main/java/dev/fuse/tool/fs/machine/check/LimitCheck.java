package dev.fuse.tool.fs.machine.check;

import dev.fuse.spi.Finding;
import dev.fuse.tool.fs.place.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the kernel limits, for questions about it: open files, watches, processes, memory maps. */
record LimitCheck(String question) implements MachineCheck {

  /** A value that is too small below {@code enough}, for messages that match. */
  private record Limit(String words, String file, long enough, String cause) {}

  private static final List<Limit> LIMITS =
      List.of(
          new Limit(
              "ENOSPC|inotify|watch",
              "sys/fs/inotify/max_user_watches",
              100_000,
              "each watched file takes one of these: a file watcher fails with 'no space left' or"
                  + " 'limit reached'"),
          new Limit(
              "EMFILE|inotify|watch",
              "sys/fs/inotify/max_user_instances",
              512,
              "each watching program takes one: inotify_init fails with 'too many open files'"),
          new Limit(
              "max_map_count|elasticsearch|opensearch|virtual memory areas",
              "sys/vm/max_map_count",
              262_144,
              "Elasticsearch and its like refuse to start below"),
          new Limit(
              "ENFILE|too many open files in system",
              "sys/fs/file-max",
              100_000,
              "all open files of the machine together"),
          new Limit(
              "fork|pid_max|cannot allocate|resource temporarily",
              "sys/kernel/pid_max",
              32_768,
              "all processes and threads of the machine together"),
          new Limit(
              "somaxconn|backlog|connection (reset|dropped)",
              "sys/net/core/somaxconn",
              1024,
              "connections that wait to be accepted"));

  @Override
  public String name() {
    return "limits of the kernel";
  }

  @Override
  public List<Finding> findings() {
    var found = new ArrayList<Finding>();
    for (var limit : LIMITS) {
      if (asked(limit.words)) {
        number(Path.of("/proc", limit.file))
            .ifPresent(
                value -> {
                  var key = limit.file.substring("sys/".length()).replace('/', '.');
                  found.add(
                      value < limit.enough
                          ? Finding.error(
                              key,
                              key + " is " + value,
                              limit.cause,
                              "sysctl -w " + key + "=" + Math.max(limit.enough, 524_288))
                          : Finding.info(key, key + " is " + value));
                });
      }
    }
    if (asked("EMFILE|too many open files|ulimit|nofile")) {
      process("Max open files", "open files of one process (ulimit -n)", 4096, found);
    }
    if (asked("fork|EAGAIN|resource temporarily|ulimit|nproc|unable to create.*thread")) {
      process("Max processes", "processes and threads of one user (ulimit -u)", 4096, found);
      control("pids.max", "pids.current", found);
    }
    if (asked("memory|OOM|killed|cgroup")) {
      control("memory.max", "memory.current", found);
    }
    return found;
  }

  private boolean asked(String words) {
    return Pattern.compile("(?i)" + words).matcher(question).find();
  }

  private static void process(String name, String what, long enough, List<Finding> found) {
    try {
      for (var line : Files.readAllLines(Path.of("/proc/self/limits"))) {
        if (line.startsWith(name)) {
          var parts = line.substring(26).strip().split("\\s+", -1);
          boolean low = parts[0].matches("\\d+") && Long.parseLong(parts[0]) < enough;
          var seen = what + ": " + parts[0] + " (at most " + parts[1] + ")";
          found.add(
              low
                  ? Finding.error(
                      "limit",
                      seen,
                      "the soft limit of this shell is low",
                      "raise it with ulimit, or LimitNOFILE= of the service")
                  : Finding.info("limit", seen));
        }
      }
    } catch (IOException e) {
      // No such table here.
    }
  }

  private static void control(String limit, String current, List<Finding> found) {
    var folder = Path.of("/sys/fs/cgroup");
    var most = number(folder.resolve(limit));
    var used = number(folder.resolve(current));
    if (most.isPresent() && used.isPresent() && used.get() > most.get() / 10 * 9) {
      found.add(
          Finding.error(
              "control group",
              "%s is %s and %s is %s"
                  .formatted(
                      limit,
                      limit.startsWith("memory") ? Shown.size(most.get()) : most.get(),
                      current,
                      limit.startsWith("memory") ? Shown.size(used.get()) : used.get()),
              "this container or service is at its limit",
              "raise the limit, or end what uses it"));
    }
  }

  private static java.util.Optional<Long> number(Path file) {
    try {
      return java.util.Optional.of(Long.parseLong(Files.readString(file).strip()));
    } catch (IOException | NumberFormatException e) {
      return java.util.Optional.empty();
    }
  }
}
