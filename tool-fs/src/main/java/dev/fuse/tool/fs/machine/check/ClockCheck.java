package dev.fuse.tool.fs.machine.check;

import dev.fuse.spi.Finding;
import dev.fuse.tool.fs.machine.Programs;
import dev.fuse.tool.fs.place.Shown;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whether the clock can be right: files from the future say that it is, or was, wrong. */
record ClockCheck(Path directory, Programs programs) implements MachineCheck {

  private static final Duration AHEAD = Duration.ofMinutes(2);
  private static final Instant FUSE = Instant.parse("2025-01-01T00:00:00Z");

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public List<Finding> findings() {
    var found = new ArrayList<Finding>();
    var now = Instant.now();
    if (now.isBefore(FUSE)) {
      found.add(
          Finding.error(
              "clock",
              "it is " + now,
              "the clock is not set: certificates and tokens look not yet valid",
              "set it, or start time synchronisation"));
    }
    future(now, found);
    if (Files.exists(Path.of("/run/systemd/system"))) {
      programs
          .ask(Duration.ofMillis(500), "timedatectl", "show", "-p", "NTPSynchronized", "--value")
          .filter(answer -> answer.strip().equals("no"))
          .ifPresent(
              answer ->
                  found.add(
                      Finding.warning(
                              "clock",
                              "timedatectl says that it is not synchronised",
                              "",
                              "timedatectl set-ntp true")
                          .notChecked(
                              "how far it is off: needs another machine, see system_reach")));
    }
    return found;
  }

  private void future(Instant now, List<Finding> found) {
    for (var folder : List.of(directory, directory.resolve(".git"))) {
      try (var entries = Files.newDirectoryStream(folder)) {
        for (var entry : entries) {
          var time = Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS).toInstant();
          if (time.isAfter(now.plus(AHEAD))) {
            found.add(
                Finding.warning(
                    "clock",
                    "it is %s, and %s was changed %s".formatted(now, Shown.name(entry), time),
                    "the clock is behind, or was ahead when the file was written",
                    "compare with 'date' elsewhere; make and incremental builds go wrong"));
            return;
          }
        }
      } catch (IOException | DirectoryIteratorException e) {
        // No repository, or not to be read.
      }
    }
  }
}
