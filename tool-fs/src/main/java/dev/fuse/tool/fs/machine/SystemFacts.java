package dev.fuse.tool.fs.machine;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** {@code system_facts}: what there is, without judging it. */
public record SystemFacts(Place place, List<String> names) {

  public static Action prepare(Place place, Arguments arguments) {
    var asked = arguments.strings("programs");
    var facts = new SystemFacts(place, asked.isEmpty() ? ProgramVersions.USUAL : asked);
    return Action.of("this machine", Effect.read(Target.of(Machine.MACHINE)), call -> facts.read());
  }

  private ToolResult read() throws InterruptedException {
    var programs = new Programs(place);
    var machine = Machine.of(programs);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var versions = new LinkedHashMap<String, Future<Optional<String>>>();
      var finder = new ProgramVersions(programs);
      for (var name : names) {
        versions.put(
            name,
            threads.submit(
                () -> isName(name) ? version(finder, programs, name) : Optional.empty()));
      }
      var listening = threads.submit(machine::listening);
      var disks = threads.submit(() -> Disk.of(place, programs));
      return answer(machine, ready(disks), ready(listening), versions);
    }
  }

  private static boolean isName(String text) {
    return text.matches("[\\w.+-]{1,64}");
  }

  private static Optional<String> version(ProgramVersions finder, Programs programs, String name) {
    return programs
        .find(name)
        .map(program -> finder.of(name, program).orElse("version not told") + " " + program);
  }

  private ToolResult answer(
      Machine machine,
      List<Disk> disks,
      List<Listener> listening,
      Map<String, Future<Optional<String>>> versions)
      throws InterruptedException {
    var lines = new ArrayList<String>();
    var structured = new LinkedHashMap<String, Object>();
    int processors = Runtime.getRuntime().availableProcessors();
    lines.add("system: " + machine.system() + ", " + Shown.count(processors, "processor"));
    structured.put("system", machine.system());
    machine.memory().ifPresent(memory -> memory(memory, lines, structured));
    machine.load().ifPresent(load -> load(load, lines, structured));
    disks.forEach(disk -> lines.add(line(disk)));
    structured.put("disks", disks.stream().map(Disk::structured).toList());
    lines.add(listening.isEmpty() ? "listening on TCP: nobody" : "listening on TCP:");
    listening.forEach(
        one -> lines.add("  " + one.address() + ":" + one.port() + "  " + one.holder()));
    structured.put("listening", listening.stream().map(Listener::structured).toList());
    programs(versions, lines, structured);
    return ToolResult.ok(String.join("\n", lines) + "\n").structured(structured);
  }

  private static void memory(Machine.Memory memory, List<String> lines, Map<String, Object> all) {
    var swap =
        memory.swapTotal() == 0
            ? "no swap"
            : "swap "
                + Shown.size(memory.swapFree())
                + " of "
                + Shown.size(memory.swapTotal())
                + " free";
    lines.add(
        "memory: %s of %s available, %s"
            .formatted(Shown.size(memory.available()), Shown.size(memory.total()), swap));
    all.put("memory", Map.of("total", memory.total(), "available", memory.available()));
  }

  private static void load(Machine.Load load, List<String> lines, Map<String, Object> all) {
    lines.add(
        String.format(
            Locale.ROOT, "load: %.2f %.2f %.2f", load.one(), load.five(), load.fifteen()));
    all.put("load", List.of(load.one(), load.five(), load.fifteen()));
  }

  private static String line(Disk disk) {
    return "disk %s: %s of %s free, %d%% used%s (%s)"
        .formatted(
            Shown.name(disk.below()),
            Shown.size(disk.usable()),
            Shown.size(disk.total()),
            disk.used(),
            disk.usedInodes().map(used -> ", inodes " + used + "% used").orElse(""),
            Shown.name(disk.name()));
  }

  private static void programs(
      Map<String, Future<Optional<String>>> versions, List<String> lines, Map<String, Object> all)
      throws InterruptedException {
    var found = new LinkedHashMap<String, Object>();
    var missing = new ArrayList<String>();
    for (var entry : versions.entrySet()) {
      var version = ready(entry.getValue());
      if (version.isEmpty()) {
        missing.add(Shown.name(entry.getKey()));
        continue;
      }
      found.put(entry.getKey(), version.get());
      lines.add(entry.getKey() + " " + version.get());
    }
    if (!missing.isEmpty()) {
      lines.add("not on PATH: " + String.join(", ", missing));
    }
    all.put("programs", found);
  }

  private static <T> T ready(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
