package dev.fuse.cli.home;

import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** A settings file, read with the place of each of its values. */
final class ConfigFile {

  private static final String HINT = "correct it; 'fuse config view' lists the keys";

  private final Path file;
  private final String text;
  private final SettingKeys keys;
  private final List<Written> written = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  /** A key with its values and, for each of them, where it stands. */
  record Written(SettingKey key, List<String> values, List<String> places) {}

  private ConfigFile(Path file, String text, SettingKeys keys) {
    this.file = file;
    this.text = text;
    this.keys = keys;
  }

  /**
   * Reads a file.
   *
   * @throws FuseException of kind INVALID with file, line and column
   */
  static ConfigFile read(Path file, SettingKeys keys) {
    return of(file, content(file), keys);
  }

  /** Reads a text as if it stood in that file. */
  static ConfigFile of(Path file, String text, SettingKeys keys) {
    var config = new ConfigFile(file, text, keys);
    config.root().ifPresent(root -> config.group("", root));
    return config;
  }

  List<Written> written() {
    return written;
  }

  List<String> notes() {
    return notes;
  }

  /** The root of the YAML; empty where there is none but comments. */
  Optional<MappingNode> root() {
    return root(file, text);
  }

  /**
   * The root of a text's YAML.
   *
   * @throws FuseException of kind INVALID with file, line and column
   */
  static Optional<MappingNode> root(Path file, String text) {
    try {
      // What Yaml.compose does, without its constructor and representer.
      var options = new LoaderOptions();
      var parser = new ParserImpl(new StreamReader(text), options);
      var node = new Composer(parser, new Resolver(), options).getSingleNode();
      if (node == null || node.getTag().equals(Tag.NULL)) {
        return Optional.empty();
      }
      if (node instanceof MappingNode mapping) {
        return Optional.of(mapping);
      }
      throw invalid(place(file, node.getStartMark()) + ": keys and values are expected", HINT);
    } catch (MarkedYAMLException e) {
      var problem = String.valueOf(e.getProblem()).lines().findFirst().orElse("");
      throw invalid(place(file, e.getProblemMark()) + ": " + problem, HINT);
    } catch (YAMLException e) {
      throw invalid(
          "'"
              + file
              + "' is no YAML: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          HINT);
    }
  }

  static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException _) {
      throw invalid("'" + file + "' is not UTF-8", "save it as UTF-8");
    } catch (IOException e) {
      throw invalid("'" + file + "' cannot be read: " + Reason.of(e), "make it readable");
    }
  }

  private void group(String prefix, MappingNode mapping) {
    for (var tuple : mapping.getValue()) {
      var name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
      entry(prefix + name, tuple.getKeyNode(), tuple.getValueNode());
    }
  }

  private void entry(String name, Node at, Node value) {
    var key = keys.find(name);
    if (key.isPresent()) {
      if (!seen.add(name)) {
        throw wrong(at, "'" + name + "' is listed twice");
      }
      value(key.get(), value);
      return;
    }
    var missing = keys.group(name) ? Optional.<String>empty() : keys.missingPlugin(name);
    if (missing.isPresent()) {
      notes.add(
          "%s: '%s' is not used: plugin '%s' is not installed"
              .formatted(place(file, at.getStartMark()), name, missing.get()));
      return;
    }
    if (!keys.group(name)) {
      throw wrong(at, "unknown key '" + name + "'" + keys.didYouMean(name));
    }
    if (value instanceof MappingNode mapping) {
      group(name + ".", mapping);
      return;
    }
    if (!value.getTag().equals(Tag.NULL)) {
      throw wrong(value, "'" + name + "' holds further keys, not a value");
    }
  }

  private void value(SettingKey key, Node node) {
    if (node.getTag().equals(Tag.NULL)) {
      return;
    }
    var items = items(key, node);
    var values = new ArrayList<String>();
    var places = new ArrayList<String>();
    for (var item : items) {
      if (!(item instanceof ScalarNode scalar)) {
        throw wrong(item, "'" + key.name() + "' is " + kind(key) + ", not a group of keys");
      }
      try {
        key.parse(scalar.getValue());
      } catch (IllegalArgumentException e) {
        throw wrong(item, key.name() + ": " + e.getMessage());
      }
      values.add(scalar.getValue());
      places.add(place(file, item.getStartMark()));
    }
    written.add(new Written(key, values, places));
  }

  private List<Node> items(SettingKey key, Node node) {
    if (!(node instanceof SequenceNode sequence)) {
      return List.of(node);
    }
    if (!key.form().several()) {
      throw wrong(node, "'" + key.name() + "' is one value, not a list");
    }
    return sequence.getValue();
  }

  private static String kind(SettingKey key) {
    return key.form().several() ? "a list" : "one value";
  }

  private FuseException wrong(Node at, String what) {
    return invalid(place(file, at.getStartMark()) + ": " + what, HINT);
  }

  private static String place(Path file, Mark mark) {
    return mark == null
        ? file.toString()
        : file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }

  private static FuseException invalid(String problem, String hint) {
    return new FuseException(Kind.INVALID, problem, hint);
  }
}
