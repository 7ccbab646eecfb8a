package dev.fuse.tool.git.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.git.repo.Repo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Lock files that a git which died may have left behind. */
record Locks(Repo repo, Instant now, Supplier<List<Long>> gits) {

  private static final Duration FRESH = Duration.ofSeconds(30);
  private static final int MOST = 20;

  List<Finding> findings() throws IOException {
    var findings = new ArrayList<Finding>();
    for (var lock : locks()) {
      findings.add(finding(lock));
    }
    return findings;
  }

  private List<Path> locks() throws IOException {
    var locks = new ArrayList<Path>();
    for (var folder : List.of(repo.own(), repo.common())) {
      try (var files = Files.newDirectoryStream(folder, "*.lock")) {
        files.forEach(locks::add);
      }
    }
    var heads = repo.common().resolve("refs");
    if (Files.isDirectory(heads)) {
      try (Stream<Path> refs =
          Files.find(heads, 10, (path, _) -> path.toString().endsWith(".lock"))) {
        refs.limit(MOST).forEach(locks::add);
      }
    }
    return locks.stream().distinct().sorted().limit(MOST).toList();
  }

  private Finding finding(Path lock) throws IOException {
    var age = Duration.between(Files.getLastModifiedTime(lock).toInstant(), now);
    var running = gits.get();
    var seen =
        "'%s', %d bytes, made %s ago; %s"
            .formatted(
                lock,
                Files.size(lock),
                words(age),
                running.isEmpty() ? "no git runs on this machine" : "git runs as " + running);
    if (!running.isEmpty() || age.compareTo(FRESH) < 0) {
      return new Finding(
          Finding.Severity.INFO,
          subject(lock),
          seen,
          "another git may be at work",
          "wait",
          List.of());
    }
    return Finding.error(
            subject(lock),
            seen,
            "a git that was killed left it behind: every change of it fails",
            "remove that file, if no git on another machine uses this folder")
        .notChecked("processes of other people and machines");
  }

  private static String subject(Path lock) {
    return "lock " + lock.getFileName();
  }

  /** The process ids of the gits that can be seen to run. */
  static List<Long> running() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().command().map(Locks::isGit).orElse(false))
        .map(ProcessHandle::pid)
        .toList();
  }

  private static boolean isGit(String command) {
    return command.matches("(.*/)?git(-[a-z-]+)?");
  }

  static String words(Duration age) {
    if (age.toDays() > 1) {
      return age.toDays() + " days";
    }
    if (age.toHours() > 1) {
      return age.toHours() + " hours";
    }
    return age.toMinutes() > 1 ? age.toMinutes() + " minutes" : age.toSeconds() + " s";
  }
}
