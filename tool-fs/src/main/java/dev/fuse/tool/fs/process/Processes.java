package dev.fuse.tool.fs.process;

import dev.fuse.tool.fs.machine.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Who runs: from {@code /proc}, or else from {@code ps}. */
public record Processes(Programs programs) {

  private static final Path PROC = Path.of("/proc");

  /** Ticks a second that Linux counts processor time in, on every platform that Java runs on. */
  private static final long TICKS = 100;

  private static final Pattern PS =
      Pattern.compile("\\s*(\\d+)\\s+(\\d+)\\s+(\\S+)\\s+(\\d+)\\s+(\\S+)\\s+(\\S+)\\s+(.*)");

  public List<RunningProcess> all() {
    return Files.exists(PROC.resolve("stat")) ? ofProc() : ofPs();
  }

  public Optional<RunningProcess> find(long pid) {
    return Files.exists(PROC.resolve("stat"))
        ? ofProc(PROC.resolve(String.valueOf(pid)), bootTime())
        : ofPs().stream().filter(one -> one.pid() == pid).findFirst();
  }

  private List<RunningProcess> ofProc() {
    var found = new ArrayList<RunningProcess>();
    var boot = bootTime();
    try (var all = Files.newDirectoryStream(PROC, "[0-9]*")) {
      all.forEach(one -> ofProc(one, boot).ifPresent(found::add));
    } catch (IOException | DirectoryIteratorException e) {
      return found;
    }
    return found;
  }

  private static Optional<RunningProcess> ofProc(Path process, Instant boot) {
    try {
      var stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      int close = stat.lastIndexOf(')');
      var program = stat.substring(stat.indexOf('(') + 1, close);
      var fields = stat.substring(close + 2).split(" ", -1);
      var command =
          Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
              .replace('\0', ' ')
              .strip();
      long pages = Long.parseLong(fields[21]);
      return Optional.of(
          new RunningProcess(
              Long.parseLong(process.getFileName().toString()),
              Long.parseLong(fields[1]),
              Files.getOwner(process).getName(),
              program,
              command.isEmpty() ? "[" + program + "]" : command,
              pages * 4096,
              (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 1000 / TICKS,
              boot.plusMillis(Long.parseLong(fields[19]) * 1000 / TICKS)));
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      // It has ended while it was looked at.
      return Optional.empty();
    }
  }

  private static Instant bootTime() {
    try (var lines = Files.lines(PROC.resolve("stat"))) {
      return lines
          .filter(line -> line.startsWith("btime "))
          .findFirst()
          .map(line -> Instant.ofEpochSecond(Long.parseLong(line.substring(6).strip())))
          .orElse(Instant.EPOCH);
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }

  private List<RunningProcess> ofPs() {
    return programs
        .ask(
            Duration.ofSeconds(2),
            "ps",
            "-axww",
            "-o",
            "pid=,ppid=,user=,rss=,time=,etime=,command=")
        .map(Processes::ofPs)
        .orElse(List.of());
  }

  public static List<RunningProcess> ofPs(String output) {
    var found = new ArrayList<RunningProcess>();
    for (var line : output.lines().toList()) {
      var fields = PS.matcher(line);
      if (fields.matches()) {
        var command = fields.group(7);
        var file = command.split(" ", 2)[0];
        found.add(
            new RunningProcess(
                Long.parseLong(fields.group(1)),
                Long.parseLong(fields.group(2)),
                fields.group(3),
                file.substring(file.lastIndexOf('/') + 1),
                command,
                Long.parseLong(fields.group(4)) * 1024,
                (long) (seconds(fields.group(5)) * 1000),
                Instant.now().minusSeconds((long) seconds(fields.group(6)))));
      }
    }
    return found;
  }

  /** {@code 3-02:01:00}, {@code 2:01.50}. */
  private static double seconds(String time) {
    var days = time.split("-", 2);
    double seconds = 0;
    for (var part : days[days.length - 1].split(":", -1)) {
      seconds = seconds * 60 + Double.parseDouble(part);
    }
    return seconds + (days.length > 1 ? Integer.parseInt(days[0]) * 86_400.0 : 0);
  }
}
