package dev.fuse.tool.fs.machine;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code system_services}: services of systemd or launchd. */
public record SystemServices(Place place, String name, int limit) {

  private static final Duration MOST = Duration.ofSeconds(3);

  public static Action prepare(Place place, Arguments arguments) {
    var services =
        new SystemServices(
            place,
            arguments.string("name", "").toLowerCase(Locale.ROOT),
            arguments.integer("limit", 40));
    return Action.of("services", Effect.read(Target.of(Machine.MACHINE)), call -> services.read());
  }

  private ToolResult read() {
    var output = output();
    if (output.isEmpty()) {
      return ToolResult.ok(
          "this system runs neither systemd nor launchd; look with process_list\n");
    }
    var lines =
        output
            .get()
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .filter(line -> line.toLowerCase(Locale.ROOT).contains(name))
            .toList();
    var failed = lines.stream().filter(line -> line.contains(" failed ")).toList();
    var rest = lines.stream().filter(line -> !line.contains(" failed ")).toList();
    return ToolResult.ok(text(failed, rest)).structured(lines);
  }

  private String text(List<String> failed, List<String> rest) {
    var shown = rest.subList(0, Math.min(limit, rest.size()));
    var text = new StringBuilder(failed.size() + " failed, " + rest.size() + " others");
    text.append(shown.size() < rest.size() ? "; the first " + shown.size() + " shown\n" : "\n");
    failed.forEach(line -> text.append(Shown.line(line, 200)).append('\n'));
    shown.forEach(line -> text.append(Shown.line(line, 200)).append('\n'));
    return text.toString();
  }

  private Optional<String> output() {
    var programs = new Programs(place);
    if (Files.exists(Path.of("/run/systemd/system"))) {
      return programs.ask(
          MOST,
          "systemctl",
          "list-units",
          "--type=service",
          "--all",
          "--plain",
          "--no-legend",
          "--no-pager");
    }
    return programs.ask(MOST, "launchctl", "list");
  }
}
