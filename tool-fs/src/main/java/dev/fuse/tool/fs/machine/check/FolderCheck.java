package dev.fuse.tool.fs.machine.check;

import dev.fuse.spi.Finding;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Whether there is somewhere to write, and where programs are looked for. */
record FolderCheck(Place place) implements MachineCheck {

  @Override
  public String name() {
    return "folders to write to, PATH";
  }

  @Override
  public List<Finding> findings() {
    var found = new ArrayList<Finding>();
    var temporary = Path.of(place.environment().getOrDefault("TMPDIR", "/tmp"));
    if (!Files.isDirectory(temporary) || !Files.isWritable(temporary)) {
      found.add(
          Finding.error(
              "temporary folder",
              "'" + Shown.name(temporary) + "' is not there or may not be written to",
              "compilers, installers and editors fail",
              "make it, or correct TMPDIR"));
    }
    if (!Files.isWritable(place.directory())) {
      found.add(
          Finding.warning(
              "working directory",
              "'" + Shown.name(place.directory()) + "' may not be written to",
              "it belongs to somebody else or is mounted read-only",
              "see fs_stat"));
    }
    path(found);
    return found;
  }

  private void path(List<Finding> found) {
    var seen = new HashSet<String>();
    for (var entry : place.environment().getOrDefault("PATH", "").split(":", -1)) {
      if (!seen.add(entry)) {
        continue;
      }
      if (!entry.startsWith("/")) {
        found.add(
            Finding.warning(
                "PATH",
                "PATH has the relative entry '" + Shown.name(entry) + "'",
                "a program of whatever folder one is in may run in place of the system's",
                "take it out"));
      } else if (othersMayWrite(Path.of(entry))) {
        found.add(
            Finding.warning(
                "PATH",
                "everybody may write to '" + Shown.name(entry) + "', which is on PATH",
                "anybody can put a program there",
                "chmod o-w it, or take it out"));
      }
    }
  }

  private static boolean othersMayWrite(Path folder) {
    try {
      return Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE)
          && !Files.isSymbolicLink(folder)
          && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      return false;
    }
  }
}
