package dev.fuse.scenario;

import dev.fuse.spi.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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

  /** Fields of any name. */
  Fields(YamlText text, String path, MappingNode mapping) {
    this.text = text;
    this.path = path;
    this.mapping = mapping;
    for (var entry : mapping.getValue()) {
      var key = entry.getKeyNode() instanceof ScalarNode name ? name.getValue() : "";
      if (key.isEmpty()) {
        text.error(
            entry.getKeyNode(), "a key must be a word, not " + YamlText.called(entry.getKeyNode()));
      } else if (values.putIfAbsent(key, entry.getValueNode()) != null) {
        int first = key(key).getStartMark().getLine() + 1;
        text.error(
            entry.getKeyNode(), "'%s' stands twice; first on line %d".formatted(path + key, first));
      }
      keys.putIfAbsent(key, entry.getKeyNode());
    }
  }

  /** Fields of these names. */
  Fields(YamlText text, String path, MappingNode mapping, List<String> allowed) {
    this(text, path, mapping);
    keys.forEach((key, node) -> known(node, "key", key, allowed));
  }

  Collection<String> names() {
    return values.keySet();
  }

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
      text.error(mapping, "'" + path + key + "' is missing");
    }
    return text(key).orElse("");
  }

  Optional<String> text(String key) {
    return find(key).flatMap(node -> scalar(path + key, node));
  }

  boolean flag(String key) {
    var value = text(key).orElse("false");
    if (!value.equals("true") && !value.equals("false")) {
      text.error(at(key), "'%s' is '%s'; it must be true or false".formatted(path + key, value));
    }
    return value.equals("true");
  }

  Optional<Integer> number(String key) {
    var value = text(key);
    if (value.isPresent() && !value.get().matches("[1-9][0-9]{0,5}")) {
      text.error(
          at(key),
          "'%s' is '%s'; it must be a whole number from 1 to 999999"
              .formatted(path + key, value.get()));
      return Optional.empty();
    }
    return value.map(Integer::valueOf);
  }

  /** The text of a key that must be one of these; the first where it is left out. */
  String choice(String key, List<String> allowed) {
    var value = text(key).orElse(allowed.getFirst());
    find(key).ifPresent(node -> known(node, "value of '" + path + key + "'", value, allowed));
    return value;
  }

  /** One text or a list of texts. */
  List<String> texts(String key) {
    return each(key, Optional::of).stream()
        .flatMap(node -> scalar(path + key, node).stream())
        .toList();
  }

  /** The nodes of a list, or the one that stands instead of a list. */
  <T> List<T> each(String key, Function<Node, Optional<T>> read) {
    var nodes =
        find(key)
            .map(node -> node instanceof SequenceNode list ? list.getValue() : List.of(node))
            .orElse(List.of());
    return nodes.stream().flatMap(node -> read.apply(node).stream()).toList();
  }

  Optional<Fields> object(String key, List<String> allowed) {
    return find(key).flatMap(node -> object(path + key, node, allowed));
  }

  List<Fields> objects(String key, List<String> allowed) {
    return each(key, node -> object(path + key, node, allowed));
  }

  /** The fields of a key whose names are free. */
  Optional<Fields> open(String key) {
    return find(key)
        .flatMap(node -> mapping(path + key, node))
        .map(node -> new Fields(text, path + key + ".", node));
  }

  Optional<Fields> object(String name, Node node, List<String> allowed) {
    return mapping(name, node).map(mapping -> new Fields(text, name + ".", mapping, allowed));
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
      text.error(
          node,
          "the %s '%s' is unknown; allowed: %s%s"
              .formatted(
                  what, word, String.join(", ", allowed), Spelling.didYouMean(word, allowed)));
    }
    return known;
  }

  private Object plain(String name, Node node) {
    if (node instanceof MappingNode mapping) {
      return new Fields(text, name + ".", mapping).plain();
    }
    if (node instanceof SequenceNode list) {
      var items = new ArrayList<Object>();
      list.getValue().forEach(item -> items.add(plain(name, item)));
      return List.copyOf(items);
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
      text.error(node, "'%s' is %s; it must be text".formatted(name, YamlText.called(node)));
      return Optional.empty();
    }
    if (scalar.getValue().isBlank()) {
      text.error(node, "'" + name + "' is empty");
    }
    return Optional.of(scalar.getValue());
  }

  private Optional<MappingNode> mapping(String name, Node node) {
    if (node instanceof MappingNode mapping) {
      return Optional.of(mapping);
    }
    text.error(
        node,
        "'%s' is %s; it must be a mapping of keys to values"
            .formatted(name, YamlText.called(node)));
    return Optional.empty();
  }
}
