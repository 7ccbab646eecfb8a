package dev.fuse.spi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON Schema (draft 2020-12) in the subset that language models accept for tools: {@code type},
 * {@code description}, {@code properties}, {@code required}, {@code items}, {@code enum}, {@code
 * minimum}, {@code maximum}, {@code default}, {@code format}, and Fuse's own {@code x-secret}.
 *
 * @param json the schema as JDK maps, lists and scalars, in the order of writing
 */
public record Schema(Map<String, Object> json) {

  public Schema {
    json = Collections.unmodifiableMap(new LinkedHashMap<>(json));
  }

  /** An object without properties yet, which takes no others. */
  public static Schema object() {
    var json = new LinkedHashMap<String, Object>();
    json.put("type", "object");
    json.put("properties", Map.of());
    json.put("additionalProperties", false);
    return new Schema(json);
  }

  public static Schema string(String description) {
    return scalar("string", description);
  }

  public static Schema integer(String description) {
    return scalar("integer", description);
  }

  public static Schema number(String description) {
    return scalar("number", description);
  }

  public static Schema bool(String description) {
    return scalar("boolean", description);
  }

  /** A string that is one of these. */
  public static Schema choice(String description, String... values) {
    return string(description).with("enum", List.of(values));
  }

  public static Schema array(String description, Schema items) {
    return scalar("array", description).with("items", items.json());
  }

  /** Strings to strings, as labels or environment variables are. */
  public static Schema map(String description) {
    return scalar("object", description).with("additionalProperties", Map.of("type", "string"));
  }

  /** The same object with a property that must be given. */
  public Schema required(String name, Schema schema) {
    var required = new ArrayList<>(required());
    required.add(name);
    return optional(name, schema).with("required", List.copyOf(required));
  }

  /** The same object with a property that may be left out. */
  public Schema optional(String name, Schema schema) {
    var properties = new LinkedHashMap<String, Object>(properties());
    properties.put(name, schema.json());
    return with("properties", Collections.unmodifiableMap(properties));
  }

  /** What a property is taken to be where it is left out. */
  public Schema byDefault(Object value) {
    return with("default", value);
  }

  /** The smallest and the largest number, both allowed. */
  public Schema range(long minimum, long maximum) {
    return with("minimum", minimum).with("maximum", maximum);
  }

  /** Marks a field in which a secret's handle expands, always asking. */
  public Schema secret() {
    return with("x-secret", true);
  }

  /**
   * Marks a value that only the person gives: the model names the source ({@code prompt}, {@code
   * env:NAME}, {@code file:PATH}, {@code gcp-secret:RESOURCE}), the host resolves it after
   * approval.
   */
  public Schema secretSource() {
    return with("format", "secret-source");
  }

  /** The same with one keyword more. */
  public Schema with(String keyword, Object value) {
    var copy = new LinkedHashMap<>(json);
    copy.put(keyword, value);
    return new Schema(copy);
  }

  /** The properties' schemas by name; empty where this is no object. */
  @SuppressWarnings("unchecked")
  public Map<String, Map<String, Object>> properties() {
    return (Map<String, Map<String, Object>>) json.getOrDefault("properties", Map.of());
  }

  /** The schema of one property. */
  public Optional<Schema> find(String property) {
    return Optional.ofNullable(properties().get(property)).map(Schema::new);
  }

  /** Names of the properties that must be given. */
  @SuppressWarnings("unchecked")
  public List<String> required() {
    return (List<String>) json.getOrDefault("required", List.of());
  }

  private static Schema scalar(String type, String description) {
    var json = new LinkedHashMap<String, Object>();
    json.put("type", type);
    if (!description.isEmpty()) {
      json.put("description", description);
    }
    return new Schema(json);
  }
}
