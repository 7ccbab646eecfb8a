package dev.fuse.tool.fs.machine.check;

import dev.fuse.spi.Finding;
import dev.fuse.tool.fs.machine.Disk;
import dev.fuse.tool.fs.machine.Programs;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Whether there is room, in bytes and in inodes. */
public record DiskCheck(Place place, Programs programs) implements MachineCheck {

  private static final long NOTHING = 100L << 20;
  private static final long LITTLE = 2L << 30;

  @Override
  public String name() {
    return "disk and inodes";
  }

  @Override
  public List<Finding> findings() {
    var disks = Disk.of(place, programs);
    return findings(disks, disk -> new DiskFill(place).of(disk));
  }

  public static List<Finding> findings(List<Disk> disks, Function<Disk, String> fill) {
    var found = new ArrayList<Finding>();
    for (var disk : disks) {
      space(disk, fill, found);
      inodes(disk, found);
    }
    return found;
  }

  private static void space(Disk disk, Function<Disk, String> fill, List<Finding> found) {
    var subject = "disk " + Shown.name(disk.below());
    var seen =
        "%s of %s free (%d%% used), %s"
            .formatted(
                Shown.size(disk.usable()), Shown.size(disk.total()), disk.used(), disk.name());
    var next = "see what is large with fs_usage";
    if ((disk.usable() < NOTHING && disk.used() >= 90) || disk.used() >= 99) {
      found.add(Finding.error(subject, seen + filled(fill.apply(disk)), "the disk is full", next));
      return;
    }
    boolean nearly = disk.used() >= 90 && disk.usable() < 5 * LITTLE;
    if (nearly || (disk.used() > 75 && disk.usable() < LITTLE)) {
      found.add(
          Finding.warning(
              subject, seen + filled(fill.apply(disk)), "the disk is nearly full", next));
    }
  }

  private static String filled(String by) {
    return by.isEmpty() ? "" : "; large: " + by;
  }

  private static void inodes(Disk disk, List<Finding> found) {
    int used = disk.usedInodes().orElse(0);
    if (used >= 90) {
      var seen = used + "% of the inodes of " + disk.name() + " are used";
      var finding =
          used >= 99
              ? Finding.error("disk " + disk.below(), seen, "no more files can be made", "")
              : Finding.warning("disk " + disk.below(), seen, "soon no more files can be made", "");
      found.add(
          new Finding(
              finding.severity(),
              finding.subject(),
              seen,
              finding.cause(),
              "find the folder with most files with fs_list",
              List.of()));
    }
  }
}
