package dev.fuse.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fuse.spi.FusePlugin;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolSpec;
import dev.fuse.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a tool's spec must be like, so that models understand it and it costs few tokens. */
final class SpecRules {

  private static final int LONGEST_DESCRIPTION = 400;
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(_[a-z0-9]+){1,3}");
  private static final Set<String> TYPES =
      Set.of("string", "integer", "number", "boolean", "array", "object");
  private static final Set<String> KEYWORDS =
      Set.of(
          "type",
          "description",
          "properties",
          "required",
          "items",
          "enum",
          "minimum",
          "maximum",
          "default",
          "format",
          "additionalProperties",
          "x-secret");

  private final List<String> problems = new ArrayList<>();

  private SpecRules() {}

  /** What is wrong, one sentence each. */
  static List<String> problems(FusePlugin plugin, ToolSpec spec) {
    var rules = new SpecRules();
    rules.check(plugin, spec);
    return rules.problems;
  }

  /** An estimate of what the model is sent of a tool, at four characters a token. */
  static int tokens(ToolSpec spec) {
    try {
      var parameters = new ObjectMapper().writeValueAsString(spec.parameters().json());
      return (spec.name().length() + spec.description().length() + parameters.length()) / 4;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the parameters of '" + spec.name() + "' are no JSON", e);
    }
  }

  private void check(FusePlugin plugin, ToolSpec spec) {
    must(
        plugin.prefixes().stream().anyMatch(prefix -> spec.name().startsWith(prefix + "_")),
        "the name begins with none of the plugin's prefixes " + plugin.prefixes());
    must(NAME.matcher(spec.name()).matches(), "the name is not <prefix>_<verb>[_<noun>]");
    must(!spec.description().isBlank(), "it has no description");
    must(
        spec.description().length() <= LONGEST_DESCRIPTION,
        "its description is longer than " + LONGEST_DESCRIPTION + " characters");
    must(
        Printable.line(spec.description()).equals(spec.description()),
        "its description is not one printable line");
    must("object".equals(spec.parameters().json().get("type")), "its parameters are no object");
    object("", spec.parameters());
    spec.output()
        .ifPresent(schema -> must(schema.json().containsKey("type"), "its output has no type"));
  }

  private void object(String path, Schema schema) {
    must(
        schema.properties().keySet().containsAll(schema.required()),
        "'" + path + "' requires what it does not have: " + schema.required());
    schema.properties().forEach((name, property) -> value(path + name, new Schema(property), true));
  }

  private void value(String path, Schema schema, boolean described) {
    var json = schema.json();
    var unknown = json.keySet().stream().filter(key -> !KEYWORDS.contains(key)).toList();
    must(unknown.isEmpty(), "'" + path + "' has keywords that models may not take: " + unknown);
    must(TYPES.contains(String.valueOf(json.get("type"))), "'" + path + "' has no type");
    must(
        !described || !String.valueOf(json.getOrDefault("description", "")).isBlank(),
        "'" + path + "' has no description");
    must(
        !(json.get("enum") instanceof List<?> values) || !values.isEmpty(),
        "'" + path + "' allows no value");
    must(
        !json.containsKey("x-secret") || "string".equals(json.get("type")),
        "'" + path + "' is secret and no string");
    if ("array".equals(json.get("type"))) {
      items(path, json.get("items"));
    }
    if ("object".equals(json.get("type"))) {
      object(path + ".", schema);
    }
  }

  @SuppressWarnings("unchecked")
  private void items(String path, @org.jspecify.annotations.Nullable Object items) {
    if (items instanceof Map<?, ?> schema) {
      value(path + "[]", new Schema((Map<String, Object>) schema), false);
      return;
    }
    problems.add("'" + path + "' does not say what its items are");
  }

  private void must(boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }
}
