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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * {@code system_environment}: variables, without what looks secret, and which program PATH finds.
 */
public record SystemEnvironment(Place place, List<String> names, List<String> programs) {

  private static final Pattern SECRET =
      Pattern.compile(
          ".*(?:PASS|TOKEN|SECRET|KEY|CREDENTIAL|AUTH|COOKIE|SESSION|PRIVATE|DSN|CONNECTION_STRING|SIGNATURE|JWT|BEARER).*");
  private static final Pattern NOT_SECRET =
      Pattern.compile(
          "SSH_AUTH_SOCK|XAUTHORITY|.*_SESSION_(?:ID|TYPE|CLASS|DESKTOP)|DESKTOP_SESSION|KEYBOARD.*|.*_KEY_FILE|GOOGLE_APPLICATION_CREDENTIALS");
  private static final int WIDTH = 400;

  public static Action prepare(Place place, Arguments arguments) {
    var environment =
        new SystemEnvironment(place, arguments.strings("names"), arguments.strings("programs"));
    return Action.of(
        "environment", Effect.read(Target.of(Machine.MACHINE)), call -> environment.read());
  }

  private ToolResult read() {
    var values = new TreeMap<String, Object>();
    place
        .environment()
        .forEach(
            (name, value) -> {
              if (names.isEmpty() || names.contains(name)) {
                values.put(name, shown(name, value));
              }
            });
    var lines = new ArrayList<String>();
    values.forEach((name, value) -> lines.add(Shown.name(name) + "=" + value));
    names.stream()
        .filter(name -> !values.containsKey(name))
        .forEach(name -> lines.add(Shown.name(name) + " is not set"));
    lines.addAll(path());
    programs.forEach(program -> lines.add(found(program)));
    return ToolResult.ok(String.join("\n", lines) + "\n").structured(Map.copyOf(values));
  }

  /** A value that may be secret is not even given to the masking. */
  public static String shown(String name, String value) {
    var upper = name.toUpperCase(Locale.ROOT);
    return SECRET.matcher(upper).matches()
            && !NOT_SECRET.matcher(upper).matches()
            && !value.isEmpty()
        ? "(set, " + Shown.count(value.length(), "character") + ")"
        : ProxyText.shown(Shown.line(value, WIDTH));
  }

  private List<String> path() {
    var notes = new ArrayList<String>();
    for (var entry : place.environment().getOrDefault("PATH", "").split(":", -1)) {
      if (!entry.startsWith("/")) {
        notes.add("PATH entry '" + Shown.name(entry) + "' is relative");
      } else if (!Files.isDirectory(Path.of(entry))) {
        notes.add("PATH entry " + Shown.name(entry) + " is not there");
      }
    }
    return notes;
  }

  private String found(String program) {
    if (program.contains("/") || program.indexOf('\0') >= 0) {
      return Shown.name(program) + " is not the name of a program";
    }
    var all = new Programs(place).all(program);
    if (all.isEmpty()) {
      return Shown.name(program) + " is not on PATH";
    }
    var shadowed = all.subList(1, all.size()).stream().map(Shown::name).toList();
    return Shown.name(program)
        + " is "
        + Shown.name(all.getFirst())
        + (shadowed.isEmpty() ? "" : ", which shadows " + String.join(", ", shadowed));
  }
}
