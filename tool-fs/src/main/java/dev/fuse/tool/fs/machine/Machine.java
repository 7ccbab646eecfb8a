package dev.fuse.tool.fs.machine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the system tells of itself. On Linux from {@code /proc}: the first answer takes 35 ms where
 * OSHI takes 350 to 500, mostly for JNA, and 4 MB of jars; on macOS from the programs that every
 * Mac has.
 */
public interface Machine {

  /** The system of a target that is this machine. */
  String MACHINE = "machine";

  /** The system of a target that is a host. */
  String NETWORK = "network";

  /** Memory in bytes; {@code available} can be had without swapping. */
  record Memory(long total, long available, long swapTotal, long swapFree) {}

  /** Mean number of waiting processes over one, five and fifteen minutes. */
  record Load(double one, double five, double fifteen) {}

  static Machine of(Programs programs) {
    var proc = Path.of("/proc");
    return Files.exists(proc.resolve("meminfo"))
        ? new LinuxMachine(proc)
        : new MacMachine(programs);
  }

  /** Name and version of the system. */
  String system();

  Optional<Memory> memory();

  Optional<Load> load();

  /** Who listens on TCP, ports ascending. */
  List<Listener> listening();

  /** Processes that were killed for want of memory since the start; empty where it is not told. */
  Optional<Long> killedForMemory();
}
