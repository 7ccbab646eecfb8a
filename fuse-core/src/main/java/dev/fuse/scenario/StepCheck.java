package dev.fuse.scenario;

import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;

/** Compares a step of evidence with the tool that it calls. */
record StepCheck(YamlText text, ToolSpec spec) {

  /**
   * Notes what the tool would refuse.
   *
   * @param tool where its name stands
   */
  void check(Node tool, Fields with) {
    if (!spec.reading()) {
      var verbs = new TreeSet<>(spec.ceiling().verbs());
      var message = "the tool '%s' can do %s; evidence takes tools that only read";
      text.error(tool, message, spec.name(), verbs);
    }
    var schema = spec.parameters();
    var what = "argument of " + spec.name();
    with.plain()
        .forEach(
            (name, value) -> {
              if (with.known(with.key(name), what, name, schema.properties().keySet())) {
                schema.find(name).ifPresent(it -> value(with.at(name), name, it, value));
              }
            });
    schema.required().stream()
        .filter(name -> !with.names().contains(name))
        .forEach(
            name -> text.error(tool, "the tool '%s' needs the argument '%s'", spec.name(), name));
  }

  private void value(Node node, String name, Schema schema, Object value) {
    var type = String.valueOf(schema.json().getOrDefault("type", "string"));
    if (!Placeholders.in(value).isEmpty() || fits(type, schema, value)) {
      return;
    }
    var allowed = schema.json().get("enum") instanceof List<?> choice ? "one of " + choice : type;
    var shown = value instanceof Map || value instanceof List ? YamlText.called(node) : value;
    var message = "the argument '%s' of %s is '%s'; it must be %s";
    text.error(node, message, name, spec.name(), shown, allowed);
  }

  private static boolean fits(String type, Schema schema, Object value) {
    boolean single = !(value instanceof Map || value instanceof List);
    var word = String.valueOf(value);
    return switch (type) {
      case "integer" -> single && word.matches("-?[0-9]{1,18}");
      case "number" -> single && word.matches("-?[0-9]{1,18}(\\.[0-9]+)?");
      case "boolean" -> single && word.matches("true|false");
      case "object" -> value instanceof Map;
      case "array" -> true;
      default ->
          single
              && !(schema.json().get("enum") instanceof List<?> choice && !choice.contains(word));
    };
  }
}
