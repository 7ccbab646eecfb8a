package dev.fuse.tool.fs.file;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.fs.place.Location;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code fs_get}: values of a YAML, JSON, TOML, XML or properties file by their path. */
public record GetValue(Location location, DataPath path) {

  public static Action prepare(Place place, Arguments arguments) {
    var location = place.locate(arguments.string("path"));
    var get = new GetValue(location, DataPath.parse(arguments.string("at", "")));
    return Action.of(location.shown() + " " + get.path.text(), location.reading(), get::read);
  }

  private ToolResult read(Call call) {
    var content = Content.of(location);
    if (!content.exists()) {
      throw ToolFailure.notFound("'" + location.shown() + "' is not there", "");
    }
    var text =
        FileText.decode(content.bytes().orElseThrow())
            .orElseThrow(() -> ToolFailure.invalid("'" + location.shown() + "' is binary", ""));
    var root = root(call, text.text());
    var found = path.find(root);
    if (found.isEmpty()) {
      throw ToolFailure.notFound(
          "'" + path.text() + "' is not in '" + location.shown() + "'", near(root));
    }
    var lines = new StringBuilder();
    found.forEach((at, value) -> print(at, value, lines));
    var secrets =
        location.credential()
            ? CredentialText.secrets(location.real(), lines.toString().lines().toList())
            : new ToolResult.Secret[0];
    return ToolResult.ok(lines.toString()).secrets(secrets).structured(found);
  }

  /** The file as it may be seen, taken apart. */
  private Object root(Call call, String text) {
    var name = location.real().getFileName().toString();
    var masked = call.masked(text, location.target());
    try {
      return DataFile.parse(name, masked);
    } catch (ToolFailure e) {
      // A fault of the file itself is told as such.
      DataFile.parse(name, text);
      throw ToolFailure.invalid(
          "'" + location.shown() + "' cannot be taken apart without the secrets in it",
          "read its lines with fs_read");
    }
  }

  private static void print(String at, Object value, StringBuilder lines) {
    switch (value) {
      case Map<?, ?> map when map.isEmpty() -> lines.append(at).append(": {}\n");
      case List<?> list when list.isEmpty() -> lines.append(at).append(": []\n");
      case Map<?, ?> map ->
          map.forEach(
              (key, below) ->
                  print(at.isEmpty() ? name(key) : at + "." + name(key), or(below), lines));
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          print(at + "[" + i + "]", or(list.get(i)), lines);
        }
      }
      default -> lines.append(at).append(": ").append(scalar(value)).append('\n');
    }
  }

  private static String name(Object key) {
    var text = String.valueOf(key);
    return text.contains(".") ? "[\"" + text + "\"]" : Shown.name(text);
  }

  private static Object or(@Nullable Object value) {
    return value == null ? "null" : value;
  }

  private static String scalar(Object value) {
    var text = String.valueOf(value);
    return text.contains("\n")
        ? "|\n"
            + Shown.line(text.stripTrailing(), 100_000)
                .replace("\\n", "\n")
                .indent(2)
                .stripTrailing()
        : Shown.line(text, 100_000);
  }

  /** The keys as far as the path leads. */
  private String near(Object root) {
    for (int length = path.steps().size() - 1; length >= 0; length--) {
      var found = new DataPath("", path.steps().subList(0, length)).find(root);
      for (var entry : found.entrySet()) {
        if (entry.getValue() instanceof Map<?, ?> map) {
          var keys = map.keySet().stream().limit(20).map(GetValue::name).toList();
          var at = entry.getKey().isEmpty() ? "the file" : "'" + entry.getKey() + "'";
          return at + " has: " + String.join(", ", keys);
        }
        if (entry.getValue() instanceof List<?> list) {
          return "'" + entry.getKey() + "' is a list of " + list.size();
        }
      }
    }
    return "";
  }
}
