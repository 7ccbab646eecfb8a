package dev.fuse.tool.kubernetes.look;

import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A document of YAML or JSON as kubectl reads it, which knows the lines of its fields.
 *
 * @param value what it holds
 * @param lines of each field by its dotted path, from 1
 */
public record Manifest(Json value, Map<String, Integer> lines) {

  private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]{0,17})");
  private static final Pattern OCTAL = Pattern.compile("0o?[0-7]{1,10}");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?([0-9]+\\.[0-9]*|\\.[0-9]+|[0-9]+)([eE][-+]?[0-9]+)?");
  private static final Pattern YES = Pattern.compile("true|True|TRUE|yes|Yes|YES|on|On|ON");
  private static final Pattern NO = Pattern.compile("false|False|FALSE|no|No|NO|off|Off|OFF");

  private static final int MOST_FIELDS = 100_000;
  private static final int DEEPEST_PATH = 2_000;

  /**
   * Reads all documents; a List is its items.
   *
   * @throws ToolFailure with the line, if it is not YAML
   */
  public static List<Manifest> read(String text) {
    var all = new ArrayList<Manifest>();
    try {
      for (var node : new Compose(LoadSettings.builder().build()).composeAllFromString(text)) {
        var lines = new LinkedHashMap<String, Integer>();
        var value = value(node, "", lines);
        if (value != null) { // a document of comments only
          add(all, value, lines, line(node));
        }
      }
    } catch (MarkedYamlEngineException e) {
      var line = e.getProblemMark().map(Mark::getLine).map(at -> " in line " + (at + 1)).orElse("");
      throw ToolFailure.invalid(
          "the manifest is not YAML" + line + ": " + e.getProblem(),
          "correct it; nothing was done");
    } catch (YamlEngineException e) {
      throw ToolFailure.invalid(
          "the manifest is not YAML: " + Problems.root(e), "correct it; nothing was done");
    }
    return all;
  }

  private static void add(List<Manifest> all, Object value, Map<String, Integer> lines, int line) {
    if (!(value instanceof Map)) {
      throw ToolFailure.invalid(
          "the document in line " + line + " is '" + value + "' and no object", "give an object");
    }
    var json = Json.of(value);
    if (!json.kind().endsWith("List") || !json.has("items")) {
      lines.put("", line);
      all.add(new Manifest(json, lines));
      return;
    }
    var items = json.list("items");
    for (int i = 0; i < items.size(); i++) {
      var prefix = "items." + i + ".";
      var own = new LinkedHashMap<String, Integer>();
      lines.forEach(
          (path, at) -> {
            if (path.startsWith(prefix)) {
              own.put(path.substring(prefix.length()), at);
            }
          });
      own.put("", lines.getOrDefault("items." + i, line));
      all.add(new Manifest(items.get(i), own));
    }
  }

  public int line() {
    return lines.getOrDefault("", 1);
  }

  /** A server's words about a field, with the field's line where its name is found. */
  public String located(String problem) {
    var last =
        Pattern.compile("\\.([A-Za-z][A-Za-z0-9]*)[:\\s\"]|\"([A-Za-z.\\[\\]0-9]+)\"")
            .matcher(problem);
    while (last.find()) {
      var name = last.group(1) == null ? last.group(2).replaceAll(".*[.]", "") : last.group(1);
      for (var entry : lines.entrySet()) {
        if (!name.isEmpty()
            && (entry.getKey().equals(name) || entry.getKey().endsWith("." + name))) {
          return "line " + entry.getValue() + ": " + problem;
        }
      }
    }
    return "document in line " + line() + ": " + problem;
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private static @Nullable Object value(Node node, String path, Map<String, Integer> lines) {
    if (lines.size() > MOST_FIELDS || path.length() > DEEPEST_PATH) {
      throw new YamlEngineException("more than " + MOST_FIELDS + " fields, or aliases in a circle");
    }
    return switch (node) {
      case MappingNode mapping -> map(mapping, path, lines);
      case SequenceNode sequence -> list(sequence, path, lines);
      case ScalarNode scalar when scalar.isPlain() -> plain(scalar.getValue());
      case ScalarNode scalar -> scalar.getValue();
      default -> throw new YamlEngineException("an alias that refers to itself");
    };
  }

  private static Map<String, @Nullable Object> map(
      MappingNode mapping, String path, Map<String, Integer> lines) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (var entry : mapping.getValue()) {
      var key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      if (key.equals("<<") && entry.getValueNode() instanceof MappingNode merged) {
        map(merged, path, lines).forEach(map::putIfAbsent);
        continue;
      }
      var at = path.isEmpty() ? key : path + "." + key;
      lines.put(at, line(entry.getKeyNode()));
      if (map.containsKey(key)) {
        throw ToolFailure.invalid(
            "line " + line(entry.getKeyNode()) + ": '" + at + "' is given twice",
            "keep one of them");
      }
      map.put(key, value(entry.getValueNode(), at, lines));
    }
    return map;
  }

  private static List<@Nullable Object> list(
      SequenceNode sequence, String path, Map<String, Integer> lines) {
    var list = new ArrayList<@Nullable Object>();
    for (var item : sequence.getValue()) {
      var at = path + "." + list.size();
      lines.put(at, line(item));
      list.add(value(item, at, lines));
    }
    return list;
  }

  private static @Nullable Object plain(String text) {
    if (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null")) {
      return null;
    }
    if (YES.matcher(text).matches()) {
      return true;
    }
    if (NO.matcher(text).matches()) {
      return false;
    }
    if (INTEGER.matcher(text).matches()) {
      return Long.valueOf(text);
    }
    if (OCTAL.matcher(text).matches()) {
      return Long.valueOf(text.replaceFirst("0o?", ""), 8);
    }
    return DECIMAL.matcher(text).matches() ? (Object) Double.valueOf(text) : text;
  }
}
