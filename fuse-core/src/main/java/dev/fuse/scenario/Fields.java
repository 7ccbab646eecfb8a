package dev.fuse.scenario;

import dev.fuse.text.Spelling;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The fields of one mapping; what is wrong with them becomes a problem of its text. */
final class Fields {

  private final YamlText text;
  private final String path;
  private final MappingNode mapping;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keys = new LinkedHashMap<>();

  Fields(YamlText text, String path, MappingNode mapping) {
    this.text = text;
    this.path = path;
    this.mapping = mapping;
    for (var entry : mapping.getValue()) {
      var node = entry.getKeyNode();
      var key = node instanceof ScalarNode name ? name.getValue() : "";
      if (key.isEmpty()) {
        text.error(node, "a key must be a word, not %s", YamlText.called(node));
      } else if (values.putIfAbsent(key, entry.getValueNode()) != null) {
        int first = key(key).getStartMark().getLine() + 1;
        text.error(node, "'%s' stands twice; first on line %d", path + key, first);
      }
      keys.putIfAbsent(key, node);
    }
  }

  /** The same, where every key must be one of these. */
  Fields only(List<String> allowed) {
    keys.forEach((key, node) -> known(node, "key", key, allowed));
    return this;
  }

  Collection<String> names() {
    return values.keySet();
  }

  /** Where a key stands, or all where it is not there. */
  Node key(String name) {
    return keys.getOrDefault(name, mapping);
  }

  /** The value of a key, or all where it is not there. */
  Node at(String key) {
    return values.getOrDefault(key, mapping);
  }

  Optional<Node> find(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** The text of a key that must be there. */
  String required(String key) {
    if (!values.containsKey(key)) {
      text.error(mapping, "'%s' is missing", path + key);
    }
    return text(key).orElse("");
  }

  /** Notes a problem where a key is not there or is not this. */
  void required(String key, String value) {
    known(at(key), "value of '" + path + key + "'", required(key), List.of(value));
  }

  Optional<String> text(String key) {
    return find(key).flatMap(node -> scalar(path + key, node));
  }

  boolean flag(String key) {
    return choice(key, List.of("false", "true")).equals("true");
  }

  Optional<Integer> number(String key) {
    var value = text(key);
    if (value.isPresent() && !value.get().matches("[1-9][0-9]{0,5}")) {
      var message = "'%s' is '%s'; it must be a whole number from 1 to 999999";
      text.error(at(key), message, path + key, value.get());
      return Optional.empty();
    }
    return value.map(Integer::valueOf);
  }

  /**
   * The text of a key that must be one of these; the first where it is left out or none of them.
   */
  String choice(String key, List<String> allowed) {
    var value = text(key).orElse(allowed.getFirst());
    boolean known = known(at(key), "value of '" + path + key + "'", value, allowed);
    return known ? value : allowed.getFirst();
  }

  /** One text or a list of texts. */
  List<String> texts(String key) {
    return each(key, node -> scalar(path + key, node));
  }

  /** The nodes of a list, or the one that stands instead of a list. */
  <T> List<T> each(String key, Function<Node, Optional<T>> read) {
    var nodes =
        find(key)
            .map(node -> node instanceof SequenceNode list ? list.getValue() : List.of(node))
            .orElse(List.of());
    return nodes.stream().flatMap(node -> read.apply(node).stream()).toList();
  }

  /** The fields of a key; none where it is not there. */
  Fields object(String key) {
    return find(key).flatMap(node -> fields(path + key, node)).orElseGet(this::none);
  }

  List<Fields> objects(String key, List<String> allowed) {
    return each(key, node -> fields(path + key, node).map(fields -> fields.only(allowed)));
  }

  /** JDK maps, lists and scalars. */
  Map<String, Object> plain() {
    var plain = new LinkedHashMap<String, Object>();
    values.forEach((key, node) -> plain.put(key, plain(path + key, node)));
    return plain;
  }

  /** Notes a problem where a word is not one of those that are known. */
  boolean known(Node node, String what, String word, Collection<String> allowed) {
    boolean known = word.isEmpty() || allowed.contains(word);
    if (!known) {
      var all = String.join(", ", allowed) + Spelling.didYouMean(word, allowed);
      text.error(node, "the %s '%s' is unknown; allowed: %s", what, word, all);
    }
    return known;
  }

  private Fields none() {
    return new Fields(text, path, new MappingNode(Tag.MAP, List.of(), FlowStyle.FLOW));
  }

  private Object plain(String name, Node node) {
    if (node instanceof MappingNode nested) {
      return new Fields(text, name + ".", nested).plain();
    }
    if (node instanceof SequenceNode list) {
      return list.getValue().stream().map(item -> plain(name, item)).toList();
    }
    var value = scalar(name, node).orElse("");
    if (node.getTag().equals(Tag.INT) && value.matches("-?[0-9]{1,18}")) {
      return Long.valueOf(value);
    }
    if (node.getTag().equals(Tag.FLOAT) && value.matches("-?[0-9]+\\.[0-9]+")) {
      return Double.valueOf(value);
    }
    boolean bool = node.getTag().equals(Tag.BOOL) && value.matches("true|false");
    return bool ? (Object) Boolean.valueOf(value) : value;
  }

  private Optional<String> scalar(String name, Node node) {
    if (!(node instanceof ScalarNode scalar) || node.getTag().equals(Tag.NULL)) {
      text.error(node, "'%s' is %s; it must be text", name, YamlText.called(node));
      return Optional.empty();
    }
    if (scalar.getValue().isBlank()) {
      text.error(node, "'%s' is empty", name);
    }
    return Optional.of(scalar.getValue());
  }

  private Optional<Fields> fields(String name, Node node) {
    if (node instanceof MappingNode nested) {
      return Optional.of(new Fields(text, name + ".", nested));
    }
    var message = "'%s' is %s; it must be a mapping of keys to values";
    text.error(node, message, name, YamlText.called(node));
    return Optional.empty();
  }
}
