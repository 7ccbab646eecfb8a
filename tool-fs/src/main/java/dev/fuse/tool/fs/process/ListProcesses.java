package dev.fuse.tool.fs.process;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.fs.machine.Listener;
import dev.fuse.tool.fs.machine.Machine;
import dev.fuse.tool.fs.machine.Programs;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code process_list}: who runs, and what it takes. */
public record ListProcesses(Place place, Arguments arguments) {

  /** Over which processor time is measured. */
  private static final long SAMPLE_MILLIS = 250;

  private static final int WIDTH = 160;

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)(?:^|\\s)--?([\\w-]*(?:passw|token|secret|api[-_]?key|credential)[\\w-]*)(?:=|\\s+)(\\S+)");

  public static Action prepare(Place place, Arguments arguments) {
    var list = new ListProcesses(place, arguments);
    var pid = arguments.has("pid") ? String.valueOf(arguments.integer("pid")) : "";
    return Action.of(
        "processes", Effect.read(Target.of(RunningProcess.PROCESS, "pid", pid)), list::run);
  }

  private ToolResult run(Call call) throws InterruptedException {
    var programs = new Programs(place);
    var processes = new Processes(programs);
    var all = processes.all();
    var load = new HashMap<Long, Double>();
    if (arguments.string("sort", "memory").equals("cpu")) {
      load.putAll(load(all, processes));
    }
    var chosen = chosen(all, Machine.of(programs), load);
    if (chosen.isEmpty()) {
      throw ToolFailure.notFound(
          "no process fits", "leave out 'name', 'port' and 'pid' to see all");
    }
    return answer(chosen, all.size(), load);
  }

  private List<RunningProcess> chosen(
      List<RunningProcess> all, Machine machine, Map<Long, Double> load) {
    var name = arguments.string("name", "").toLowerCase(Locale.ROOT);
    int port = arguments.integer("port", 0);
    var holders =
        port == 0
            ? List.<Long>of()
            : machine.listening().stream()
                .filter(one -> one.port() == port)
                .map(Listener::pid)
                .toList();
    if (port != 0 && holders.contains(0L)) {
      throw new ToolFailure(
          ToolResult.Kind.FORBIDDEN,
          "port " + port + " is held by a process of another user, which is not to be seen",
          "ask the person to run: sudo lsof -i :" + port);
    }
    return all.stream()
        .filter(one -> !arguments.has("pid") || one.pid() == arguments.integer("pid"))
        .filter(one -> port == 0 || holders.contains(one.pid()))
        .filter(
            one -> (one.program() + " " + one.command()).toLowerCase(Locale.ROOT).contains(name))
        .sorted(order(load))
        .toList();
  }

  private Comparator<RunningProcess> order(Map<Long, Double> load) {
    Comparator<RunningProcess> order =
        switch (arguments.string("sort", "memory")) {
          case "cpu" -> Comparator.comparingDouble(one -> load.getOrDefault(one.pid(), 0.0));
          case "newest" -> Comparator.comparing(RunningProcess::started);
          default -> Comparator.comparingLong(RunningProcess::memory);
        };
    return order.reversed().thenComparing(RunningProcess::pid);
  }

  /** Percent of one processor, now and not since the start. */
  private static Map<Long, Double> load(List<RunningProcess> before, Processes processes)
      throws InterruptedException {
    long start = System.nanoTime();
    new CountDownLatch(1).await(SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
    var used = new HashMap<Long, Long>();
    before.forEach(one -> used.put(one.pid(), one.cpuMillis()));
    var after = processes.all();
    double millis = Math.max(1, (System.nanoTime() - start) / 1e6);
    var load = new HashMap<Long, Double>();
    for (var one : after) {
      long then = used.getOrDefault(one.pid(), one.cpuMillis());
      load.put(one.pid(), 100 * (one.cpuMillis() - then) / millis);
    }
    return load;
  }

  private ToolResult answer(List<RunningProcess> chosen, int all, Map<Long, Double> load) {
    var shown = chosen.subList(0, Math.min(chosen.size(), arguments.integer("limit", 20)));
    var lines = new ArrayList<String>();
    lines.add(
        Shown.count(chosen.size(), "process").replace("processs", "processes")
            + " of "
            + all
            + (shown.size() < chosen.size() ? "; the first " + shown.size() + " shown" : ""));
    var secrets = new ArrayList<ToolResult.Secret>();
    for (var one : shown) {
      lines.add(line(one, Optional.ofNullable(load.get(one.pid()))));
      var matcher = SECRET.matcher(one.command());
      while (matcher.find()) {
        secrets.add(
            new ToolResult.Secret(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2)));
      }
    }
    if (arguments.has("pid")) {
      lines.addAll(detail(shown.getFirst()));
    }
    return ToolResult.ok(String.join("\n", lines) + "\n")
        .structured(shown.stream().map(RunningProcess::structured).toList())
        .secrets(secrets.toArray(ToolResult.Secret[]::new));
  }

  private String line(RunningProcess one, Optional<Double> load) {
    var cpu =
        load.map(percent -> String.format(Locale.ROOT, "  %.0f%% cpu", percent))
            .orElse("  cpu " + time(Duration.ofMillis(one.cpuMillis())));
    return "pid %d (of %d)  %s  %s%s  up %s  %s"
        .formatted(
            one.pid(),
            one.parent(),
            one.user(),
            Shown.size(one.memory()),
            cpu,
            time(Duration.between(one.started(), Instant.now())),
            Shown.line(withoutSecrets(one.command()), arguments.has("pid") ? 4000 : WIDTH));
  }

  /** Masked before it is cut: of a secret that is cut, the rest would not be known any more. */
  private static String withoutSecrets(String command) {
    return SECRET
        .matcher(command)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    command.substring(match.start(), match.start(2)) + "(secret)"));
  }

  private static List<String> detail(RunningProcess one) {
    var lines = new ArrayList<String>();
    var process = Path.of("/proc", String.valueOf(one.pid()));
    try (var files = Files.newDirectoryStream(process.resolve("fd"))) {
      int count = 0;
      for (var unused : files) {
        count += unused.getNameCount() > 0 ? 1 : 0;
      }
      lines.add("open files: " + count + limit(process));
      lines.add("directory: " + Shown.name(Files.readSymbolicLink(process.resolve("cwd"))));
      lines.add("program: " + Shown.name(Files.readSymbolicLink(process.resolve("exe"))));
    } catch (IOException | DirectoryIteratorException e) {
      lines.add("open files and directory: not to be seen");
    }
    return lines;
  }

  private static String limit(Path process) throws IOException {
    return Files.readAllLines(process.resolve("limits")).stream()
        .filter(line -> line.startsWith("Max open files"))
        .findFirst()
        .map(line -> " of " + line.substring("Max open files".length()).strip().split("\\s+", 2)[0])
        .orElse("");
  }

  private static String time(Duration time) {
    if (time.toDays() > 0) {
      return time.toDays() + "d" + time.toHoursPart() + "h";
    }
    if (time.toHours() > 0) {
      return time.toHours() + "h" + time.toMinutesPart() + "m";
    }
    return time.toMinutes() > 0
        ? time.toMinutes() + "m" + time.toSecondsPart() + "s"
        : time.toSeconds() + "s";
  }
}
