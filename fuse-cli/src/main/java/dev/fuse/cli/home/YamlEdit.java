package dev.fuse.cli.home;

import dev.fuse.cli.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Changes one value in the text of a settings file and leaves everything else as it stands. */
final class YamlEdit {

  private final String text;
  private final Optional<MappingNode> root;

  YamlEdit(Path file, String text) {
    this.text = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    this.root = ConfigFile.root(file, text);
  }

  /** The text in which the dotted key has this value: one, or a list. */
  String set(String key, List<String> values, boolean several) {
    var value = several ? flow(values) : scalar(values.getFirst());
    return root.map(mapping -> set(mapping, key, value))
        .orElseGet(() -> text + block(key, value, 0));
  }

  /** The text in which the list of that key has one more entry. */
  String add(String key, List<String> before, String entry) {
    var list = root.flatMap(mapping -> find(mapping, key));
    if (list.isPresent() && list.get() instanceof SequenceNode items && inBlock(items)) {
      var dash = " ".repeat(items.getStartMark().getColumn());
      return insertLine(endOf(items), dash + "- " + scalar(entry));
    }
    var all = new ArrayList<>(before);
    all.add(entry);
    return set(key, all, true);
  }

  /** The text in which the list of that key lacks this entry. */
  String remove(String key, List<String> before, String entry) {
    int index = before.indexOf(entry);
    var list = root.flatMap(mapping -> find(mapping, key));
    if (before.size() > 1
        && list.isPresent()
        && list.get() instanceof SequenceNode items
        && inBlock(items)) {
      var item = items.getValue().get(index);
      int from = text.lastIndexOf('\n', offset(item.getStartMark())) + 1;
      return text.substring(0, from) + text.substring(lineEnd(endOf(item)) + 1);
    }
    var all = new ArrayList<>(before);
    all.remove(index);
    return set(key, all, true);
  }

  /** The text without that key; a group that held nothing else stays, as an empty one. */
  String unset(String key) {
    return root.flatMap(mapping -> findEntry(mapping, key)).map(this::without).orElse(text);
  }

  private String without(NodeTuple entry) {
    int start = offset(entry.getKeyNode().getStartMark());
    int line = text.lastIndexOf('\n', start - 1) + 1;
    boolean alone = text.substring(line, start).isBlank();
    int end = Math.max(endOf(entry.getValueNode()), offset(entry.getKeyNode().getEndMark()));
    if (alone) {
      return text.substring(0, line) + text.substring(Math.min(text.length(), lineEnd(end) + 1));
    }
    // In a flow mapping the comma before or behind goes too.
    var before = text.substring(0, start).stripTrailing();
    var after = text.substring(end);
    if (before.endsWith(",")) {
      return before.substring(0, before.length() - 1) + after;
    }
    return text.substring(0, start) + after.replaceFirst("^\\s*,\\s*", "");
  }

  private static Optional<NodeTuple> findEntry(MappingNode mapping, String key) {
    for (var tuple : mapping.getValue()) {
      var name = name(tuple);
      if (name.equals(key)) {
        return Optional.of(tuple);
      }
      if (key.startsWith(name + ".") && tuple.getValueNode() instanceof MappingNode inner) {
        return findEntry(inner, key.substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }

  private String set(MappingNode mapping, String key, String value) {
    for (var tuple : mapping.getValue()) {
      var name = name(tuple);
      if (name.equals(key)) {
        return replace(tuple.getValueNode(), value);
      }
      if (key.startsWith(name + ".")) {
        return below(tuple, key.substring(name.length() + 1), value);
      }
    }
    if (mapping.getValue().isEmpty() || !inBlock(mapping)) {
      int end = offset(mapping.getEndMark()) - 1;
      var comma = mapping.getValue().isEmpty() ? "" : ", ";
      return text.substring(0, end) + comma + key + ": " + value + text.substring(end);
    }
    int indent = mapping.getValue().getFirst().getKeyNode().getStartMark().getColumn();
    return insertLine(endOf(mapping), block(key, value, indent).stripTrailing());
  }

  private String below(NodeTuple tuple, String rest, String value) {
    if (tuple.getValueNode() instanceof MappingNode mapping) {
      return set(mapping, rest, value);
    }
    int indent = tuple.getKeyNode().getStartMark().getColumn() + 2;
    int after = offset(tuple.getKeyNode().getEndMark());
    return insertLine(after, block(rest, value, indent).stripTrailing());
  }

  private static Optional<Node> find(MappingNode mapping, String key) {
    for (var tuple : mapping.getValue()) {
      var name = name(tuple);
      if (name.equals(key)) {
        return Optional.of(tuple.getValueNode());
      }
      if (key.startsWith(name + ".") && tuple.getValueNode() instanceof MappingNode inner) {
        return find(inner, key.substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }

  private String replace(Node node, String value) {
    int from = offset(node.getStartMark());
    int to = endOf(node);
    var space = text.charAt(from - 1) == ':' ? " " : "";
    var line = node instanceof ScalarNode && text.substring(from, to).endsWith("\n") ? "\n" : "";
    return text.substring(0, from) + space + value + line + text.substring(to);
  }

  private String insertLine(int after, String line) {
    int at = lineEnd(after);
    return text.substring(0, at) + "\n" + line + text.substring(at);
  }

  /** The end of the line that holds the character before this offset. */
  private int lineEnd(int offset) {
    return text.indexOf('\n', Math.max(0, offset - 1));
  }

  /** A block's own end mark lies behind the comments that follow it. */
  private int endOf(Node node) {
    if (node instanceof MappingNode mapping && inBlock(mapping) && !mapping.getValue().isEmpty()) {
      var last = mapping.getValue().getLast();
      return last.getValueNode().getTag().equals(Tag.NULL)
          ? offset(last.getKeyNode().getEndMark())
          : endOf(last.getValueNode());
    }
    if (node instanceof SequenceNode items && inBlock(items) && !items.getValue().isEmpty()) {
      return endOf(items.getValue().getLast());
    }
    return offset(node.getEndMark());
  }

  private int offset(Mark mark) {
    return text.offsetByCodePoints(
        0, Math.min(mark.getIndex(), text.codePointCount(0, text.length())));
  }

  private static boolean inBlock(CollectionNode<?> node) {
    return node.getFlowStyle() == FlowStyle.BLOCK;
  }

  private static String name(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  private static String block(String key, String value, int indent) {
    var lines = new StringBuilder();
    var parts = key.split("\\.", -1);
    for (int i = 0; i < parts.length; i++) {
      lines.append(" ".repeat(indent + 2 * i)).append(parts[i]).append(':');
      lines.append(i == parts.length - 1 ? " " + value + "\n" : "\n");
    }
    return lines.toString();
  }

  private static String flow(List<String> values) {
    return "[" + String.join(", ", values.stream().map(YamlEdit::scalar).toList()) + "]";
  }

  /** JSON's strings are YAML's as well. */
  private static String scalar(String value) {
    boolean plain =
        value.matches("[A-Za-z0-9/][A-Za-z0-9_./:@+-]*")
            && !value.endsWith(":")
            && !value.equals("null");
    return plain ? value : Json.write(value);
  }
}
