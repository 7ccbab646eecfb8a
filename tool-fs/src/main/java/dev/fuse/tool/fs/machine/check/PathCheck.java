package dev.fuse.tool.fs.machine.check;

import dev.fuse.spi.Finding;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The paths that a question names: room, deleted files held open, mount, rights, first line. */
record PathCheck(Place place, String question) implements MachineCheck {

  private static final Pattern WORD = Pattern.compile("[~.]?[\\w@+/.-]*[\\w@+-]/?");
  private static final Pattern ROOM =
      Pattern.compile(
          "(?i)no space|disk|full|space left|ENOSPC|\\bdu\\b|\\bdf\\b|room|quota|inode");
  private static final Pattern RIGHTS =
      Pattern.compile(
          "(?i)permission|denied|EACCES|EROFS|read-only|bad interpreter|not found|exec format"
              + "|cannot execute|no such file|not permitted");

  private record Mount(Path point, String type, String options) {}

  private record Held(String process, String file, long bytes) {}

  @Override
  public String name() {
    return "paths that the question names";
  }

  @Override
  public List<Finding> findings() {
    var found = new ArrayList<Finding>();
    boolean room = ROOM.matcher(question).find();
    boolean rights = RIGHTS.matcher(question).find();
    if (!room && !rights) {
      return found;
    }
    var paths = paths();
    for (var path : paths) {
      if (rights) {
        rights(path, found);
      }
    }
    if (room) {
      if (paths.isEmpty()) {
        paths.add(place.directory());
      }
      paths.forEach(path -> room(path, found));
    }
    return found.stream().distinct().toList();
  }

  private Set<Path> paths() {
    var paths = new LinkedHashSet<Path>();
    WORD.matcher(question)
        .results()
        .map(word -> word.group())
        .filter(word -> word.length() > 1 && (word.contains("/") || word.contains(".")))
        .limit(20)
        .forEach(
            word -> {
              try {
                var path = place.directory().resolve(place.expand(word)).normalize();
                if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                  paths.add(path);
                }
              } catch (InvalidPathException e) {
                // A word that is no path.
              }
            });
    return paths;
  }

  private void room(Path path, List<Finding> found) {
    try {
      var store = Files.getFileStore(path);
      long total = store.getTotalSpace();
      long usable = store.getUsableSpace();
      var held = held(path);
      long bytes = held.stream().mapToLong(Held::bytes).sum();
      var shown = Shown.name(path);
      boolean full = total > 0 && usable < Math.max(16L << 20, total / 50);
      if (!held.isEmpty() && (full || bytes > 1 << 20)) {
        var first = held.getFirst();
        found.add(
            Finding.error(
                "file system of " + shown,
                "%s of %s free; %s holds the deleted file %s (%s) open%s"
                    .formatted(
                        Shown.size(usable),
                        Shown.size(total),
                        first.process,
                        first.file,
                        Shown.size(first.bytes),
                        held.size() > 1 ? " and " + (held.size() - 1) + " more are held" : ""),
                "a deleted file takes its room until the process that has it open closes it, so du"
                    + " does not find it",
                "restart that process, or empty the file through /proc/PID/fd (truncate -s 0)"));
      } else if (full) {
        found.add(
            Finding.error(
                "file system of " + shown,
                "%s of %s free on %s (%s)"
                    .formatted(Shown.size(usable), Shown.size(total), store.name(), store.type()),
                "that file system is full; no deleted file is held open there by a process that"
                    + " can be seen",
                "see what is large there with fs_usage"));
      } else {
        found.add(
            Finding.info(
                "file system of " + shown,
                Shown.size(usable) + " of " + Shown.size(total) + " free on " + store.name()));
      }
      readOnly(path, found);
    } catch (IOException e) {
      // Not there any more.
    }
  }

  private void readOnly(Path path, List<Finding> found) {
    var mount = mount(path);
    if (mount.point != null && List.of(mount.options.split(",", -1)).contains("ro")) {
      found.add(
          Finding.error(
              Shown.name(path),
              "the file system at %s is mounted read-only (%s)"
                  .formatted(mount.point, mount.options),
              "nothing can be written there",
              "mount -o remount,rw " + mount.point + ", or write elsewhere"));
    }
  }

  private void rights(Path path, List<Finding> found) {
    readOnly(path, found);
    var shown = Shown.name(path);
    if (!Files.isRegularFile(path)) {
      return;
    }
    var mount = mount(path);
    boolean noexec = List.of(mount.options.split(",", -1)).contains("noexec");
    boolean script = path.startsWith(place.directory()) && script(path, shown, found);
    if (noexec) {
      found.add(
          Finding.error(
              shown,
              "the file system at %s is mounted noexec (%s)".formatted(mount.point, mount.options),
              "no program on it can be started, whatever its mode",
              "run it with its interpreter, or move it elsewhere"));
    }
    if (!Files.isExecutable(path) && (script || question.contains("./"))) {
      found.add(
          Finding.error(
              shown,
              "'" + shown + "' is not executable",
              "its mode has no x for you",
              "chmod +x " + shown));
    }
    if (!Files.isReadable(path)) {
      found.add(Finding.error(shown, "'" + shown + "' may not be read by you", "", "see ls -l"));
    }
  }

  private static boolean script(Path path, String shown, List<Finding> found) {
    byte[] start;
    try (var in = Files.newInputStream(path)) {
      start = in.readNBytes(300);
    } catch (IOException e) {
      return false;
    }
    if (start.length > 20 && start[0] == 0x7f && start[1] == 'E') {
      machine(start, shown, found);
      return true;
    }
    var text = new String(start, StandardCharsets.ISO_8859_1);
    if (!text.startsWith("#!")) {
      return false;
    }
    var line = text.split("\n", 2)[0];
    if (line.endsWith("\r")) {
      found.add(
          Finding.error(
              shown,
              "line 1 of '" + shown + "' ends in CRLF (Windows line endings): " + line.strip(),
              "the system looks for an interpreter whose name ends in a carriage return (^M)",
              "sed -i 's/\\r$//' " + shown + ", or dos2unix"));
    } else {
      var program = line.substring(2).strip().split("\\s+", -1)[0];
      if (program.startsWith("/") && !Files.exists(Path.of(program))) {
        found.add(
            Finding.error(
                shown,
                "line 1 of '" + shown + "' is " + Shown.line(line, 120),
                "its interpreter " + program + " does not exist on this machine",
                "correct line 1 (#!/usr/bin/env …) or install it"));
      }
    }
    return true;
  }

  private static void machine(byte[] start, String shown, List<Finding> found) {
    var names = Map.of(0x3e, "x86_64", 0xb7, "aarch64", 0x03, "i386", 0x28, "arm", 0xf3, "riscv64");
    var built = names.getOrDefault(start[18] & 0xff, "another machine");
    var here = Runtime.version() == null ? "" : here();
    if (!built.equals(here) && !here.isEmpty()) {
      found.add(
          Finding.error(
              shown,
              "'" + shown + "' is built for " + built + ", and this machine is " + here,
              "exec format error: a program of another architecture",
              "get the one for " + here));
    }
  }

  private static String here() {
    try (var in = Files.newInputStream(Path.of("/proc/self/exe"))) {
      var own = in.readNBytes(20);
      return switch (own[18] & 0xff) {
        case 0x3e -> "x86_64";
        case 0xb7 -> "aarch64";
        default -> "";
      };
    } catch (IOException e) {
      return "";
    }
  }

  /** The mount that a path lies on; without a point where that is not told. */
  private static Mount mount(Path path) {
    var best = new Mount(Path.of("/"), "", "");
    try {
      var real = path.toRealPath();
      for (var line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
        var parts = line.split(" ", -1);
        if (parts.length > 3 && real.startsWith(parts[1].replace("\\040", " "))) {
          var point = Path.of(parts[1].replace("\\040", " "));
          if (point.getNameCount() >= best.point.getNameCount()) {
            best = new Mount(point, parts[2], parts[3]);
          }
        }
      }
    } catch (IOException e) {
      return best;
    }
    return best;
  }

  /** Files that are deleted and still open on the file system of a path, largest first. */
  private static List<Held> held(Path path) {
    var held = new LinkedHashMap<String, Held>();
    var point = mount(path).point;
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      var store = Files.getAttribute(path, "unix:dev");
      for (var process : processes) {
        try (var open = Files.newDirectoryStream(process.resolve("fd"))) {
          for (var one : open) {
            var to = Files.readSymbolicLink(one).toString();
            if (to.endsWith(" (deleted)") && to.startsWith(point.toString())) {
              var attributes = Files.readAttributes(one, "unix:dev,ino");
              if (String.valueOf(store).equals(String.valueOf(attributes.get("dev")))) {
                var name = Files.readString(process.resolve("comm")).strip();
                var file = to.substring(0, to.length() - " (deleted)".length());
                held.put(
                    String.valueOf(attributes.get("ino")),
                    new Held(
                        "process " + name + " (pid " + process.getFileName() + ")",
                        file,
                        Files.size(one)));
              }
            }
          }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
          // Another user's process, or one that has ended.
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    return held.values().stream()
        .sorted(java.util.Comparator.comparingLong(Held::bytes).reversed())
        .toList();
  }
}
