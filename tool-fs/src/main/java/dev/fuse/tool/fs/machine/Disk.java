package dev.fuse.tool.fs.machine;

import dev.fuse.tool.fs.place.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file system and how full it is.
 *
 * @param below one folder that lies on it, of those that matter
 * @param usedInodes in percent; empty where it has none or does not tell
 */
public record Disk(String name, Path below, long total, long usable, Optional<Integer> usedInodes) {

  private static final Duration MOST = Duration.ofMillis(500);

  /** Used by what the person may use, in percent. */
  public int used() {
    return total == 0 ? 0 : (int) (100 - 100.0 * usable / total);
  }

  public Map<String, Object> structured() {
    return Map.of("name", name, "path", below.toString(), "total", total, "usable", usable);
  }

  /** Those that this project, the person and the system write to. */
  public static List<Disk> of(Place place, Programs programs) {
    var disks = new LinkedHashMap<String, Disk>();
    for (var folder : folders(place)) {
      try {
        var store = Files.getFileStore(folder);
        var disk =
            new Disk(
                store.name(),
                folder,
                store.getTotalSpace(),
                store.getUsableSpace(),
                Optional.empty());
        if (disk.total > 0) {
          disks.putIfAbsent(store.name() + "," + disk.total, disk);
        }
      } catch (IOException e) {
        // Not there, or not to be entered: nothing of ours is written there.
      }
    }
    return withInodes(List.copyOf(disks.values()), programs);
  }

  private static List<Path> folders(Place place) {
    var folders = new ArrayList<Path>(List.of(place.directory()));
    place.home().ifPresent(folders::add);
    folders.add(Path.of(place.environment().getOrDefault("TMPDIR", "/tmp")));
    for (var path : List.of("/", "/var", "/var/lib/docker", "/home")) {
      folders.add(Path.of(path));
    }
    return folders;
  }

  /** The JDK tells no inodes. */
  private static List<Disk> withInodes(List<Disk> disks, Programs programs) {
    var arguments = new ArrayList<>(List.of("-iP", "--"));
    disks.forEach(disk -> arguments.add(disk.below.toString()));
    var lines =
        programs
            .ask(MOST, "df", arguments.toArray(String[]::new))
            .orElse("")
            .lines()
            .skip(1)
            .toList();
    if (lines.size() != disks.size()) {
      return disks;
    }
    var all = new ArrayList<Disk>();
    for (int i = 0; i < disks.size(); i++) {
      var disk = disks.get(i);
      all.add(new Disk(disk.name, disk.below, disk.total, disk.usable, percent(lines.get(i))));
    }
    return all;
  }

  private static Optional<Integer> percent(String line) {
    for (var word : line.split("\\s+", -1)) {
      if (word.matches("\\d+%")) {
        return Optional.of(Integer.parseInt(word.substring(0, word.length() - 1)));
      }
    }
    return Optional.empty();
  }
}
