package dev.fuse.tool.fs.machine.check;

import dev.fuse.tool.fs.file.FileState;
import dev.fuse.tool.fs.file.TreeWalk;
import dev.fuse.tool.fs.machine.Disk;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Which of the folders that usually fill a disk are large, as far as that is counted in time. */
public record DiskFill(Place place) {

  private static final long MILLIS = 500;

  private record Size(Path folder, long bytes, boolean whole) {}

  /** {@code ~/.cache 12 GB, /var/log at least 3.1 GB}; empty where none is large. */
  public String of(Disk disk) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
    var folders =
        suspects().stream()
            .filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
            .filter(folder -> FileState.device(folder).equals(FileState.device(disk.below())))
            .toList();
    return folders.stream()
        .map(folder -> size(folder, System.nanoTime() + (end - System.nanoTime()) / folders.size()))
        .filter(size -> size.bytes() > disk.total() / 100)
        .sorted(Comparator.comparingLong(Size::bytes).reversed())
        .limit(4)
        .map(
            size ->
                Shown.name(size.folder())
                    + (size.whole() ? " " : " at least ")
                    + Shown.size(size.bytes()))
        .collect(Collectors.joining(", "));
  }

  private List<Path> suspects() {
    var folders = new ArrayList<Path>();
    for (var folder :
        List.of("/var/lib/docker", "/var/lib/containerd", "/var/log", "/var/cache", "/tmp")) {
      folders.add(Path.of(folder));
    }
    place
        .home()
        .ifPresent(
            home -> {
              for (var name :
                  List.of(
                      ".cache",
                      ".m2",
                      ".gradle",
                      ".npm",
                      "Downloads",
                      "Library/Caches",
                      ".local/share")) {
                folders.add(home.resolve(name));
              }
            });
    folders.add(place.directory());
    return folders;
  }

  private static Size size(Path folder, long end) {
    long[] bytes = {0};
    boolean[] late = {false};
    TreeWalk.of(
        folder,
        true,
        () -> late[0] |= System.nanoTime() > end,
        (path, attributes) -> {
          bytes[0] += attributes.isRegularFile() ? attributes.size() : 0;
          return true;
        });
    return new Size(folder, bytes[0], !late[0]);
  }
}
