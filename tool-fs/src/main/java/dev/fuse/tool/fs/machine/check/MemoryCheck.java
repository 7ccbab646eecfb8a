package dev.fuse.tool.fs.machine.check;

import dev.fuse.spi.Finding;
import dev.fuse.tool.fs.machine.KernelLog;
import dev.fuse.tool.fs.machine.Machine;
import dev.fuse.tool.fs.place.Shown;
import java.util.ArrayList;
import java.util.List;

/** Whether memory is short and the processors are busy. */
public record MemoryCheck(Machine machine, KernelLog log) implements MachineCheck {

  @Override
  public String name() {
    return "memory and load";
  }

  @Override
  public List<Finding> findings() {
    var found = new ArrayList<Finding>();
    machine.memory().ifPresent(memory -> memory(memory, found));
    machine.load().ifPresent(load -> load(load, found));
    machine
        .killedForMemory()
        .filter(killed -> killed > 0)
        .ifPresent(killed -> killed(killed, found));
    return found;
  }

  private static void memory(Machine.Memory memory, List<Finding> found) {
    double free = (double) memory.available() / memory.total();
    var seen =
        "%s of %s available".formatted(Shown.size(memory.available()), Shown.size(memory.total()));
    if (free < 0.03) {
      found.add(Finding.error("memory", seen, "memory is used up", "end what uses most"));
    } else if (free < 0.08) {
      found.add(Finding.warning("memory", seen, "memory is short", "end what uses most"));
    }
    if (memory.swapTotal() > 0 && memory.swapFree() < memory.swapTotal() / 20) {
      found.add(
          Finding.warning(
              "swap",
              Shown.size(memory.swapFree()) + " of " + Shown.size(memory.swapTotal()) + " free",
              "memory is short",
              ""));
    }
  }

  private static void load(Machine.Load load, List<Finding> found) {
    int processors = Runtime.getRuntime().availableProcessors();
    if (load.five() > 2.0 * processors && load.one() > 1.5 * processors) {
      found.add(
          Finding.warning(
              "load",
              "%.1f over five minutes on %s"
                  .formatted(load.five(), Shown.count(processors, "processor")),
              "more work than processors, or processes that wait for a disk",
              ""));
    }
  }

  private void killed(long killed, List<Finding> found) {
    var lines = log.kills();
    var last =
        lines.filter(all -> !all.isEmpty()).map(all -> "; last: " + all.getLast()).orElse("");
    var finding =
        Finding.warning(
            "memory",
            Shown.count(killed, "time")
                + " since its start the kernel killed a process for want of memory"
                + last,
            "memory ran out, of the machine or of a container's limit",
            "see which in 'dmesg' or 'journalctl -k': \"Killed process\"");
    found.add(
        lines.isPresent()
            ? finding
            : finding.notChecked("which: the kernel's log may not be read"));
  }
}
