package dev.fuse.tool.fs.machine;

import dev.fuse.tool.fs.place.Shown;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the kernel says of processes that it killed for want of memory, where that may be read. */
public record KernelLog(Programs programs) {

  private static final Duration MOST = Duration.ofMillis(600);
  private static final Pattern KILLED =
      Pattern.compile("(?:Killed process|oom-kill:.*task=)\\s*(\\d+)?\\s*\\(?([\\w./:-]+)\\)?.*");

  /** The lines, oldest first, at most five; empty where the log may not be read. */
  public Optional<List<String>> kills() {
    return programs
        .ask(MOST, "dmesg")
        .or(() -> programs.ask(MOST, "journalctl", "-k", "-q", "--no-pager", "-n", "5000"))
        .map(log -> kills(log));
  }

  public static List<String> kills(String log) {
    var found =
        log.lines()
            .filter(line -> KILLED.matcher(line).find() && line.contains("Killed process"))
            .map(line -> Shown.line(line.strip(), 200))
            .toList();
    return found.subList(Math.max(0, found.size() - 5), found.size());
  }
}
