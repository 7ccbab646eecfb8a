package dev.fuse.tool.kubernetes.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.text.Spelling;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.api.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells the fields of a kind from the schema that the cluster itself serves (OpenAPI v3). */
public final class Explain {

  private static final String REFERENCE = "#/components/schemas/";
  private static final int LONGEST = 700;
  private static final int MANY = 20;

  private final Json schemas;
  private final Kind kind;

  private Explain(Json schemas, Kind kind) {
    this.schemas = schemas;
    this.kind = kind;
  }

  public static Action prepare(Access access, Arguments arguments) {
    var place = access.place(arguments);
    var kind = access.kind(place, arguments.string("kind"));
    var field = arguments.string("field", "").strip().replaceFirst("^\\.", "");
    return Action.of(
        "fields of " + kind.name() + (field.isEmpty() ? "" : " " + field),
        place.in("").reads(kind.name(), ""),
        _ -> run(place, kind, field));
  }

  private static ToolResult run(Place place, Kind kind, String field) {
    var root = kind.group().isEmpty() ? "/openapi/v3/api/" : "/openapi/v3/apis/";
    var answer = place.cluster().get(root + kind.apiVersion());
    var explain = new Explain(answer.at("components.schemas"), kind);
    return ToolResult.ok(explain.text(field));
  }

  private String text(String field) {
    var at = kindSchema();
    var done = new ArrayList<String>();
    for (var part : field.isEmpty() ? List.<String>of() : List.of(field.split("\\.", -1))) {
      at = child(at, part.replaceFirst("\\[.*", ""), done);
      done.add(part);
    }
    var lines = new ArrayList<String>();
    var path = field.isEmpty() ? "" : " " + field;
    lines.add(kind.name() + " (" + kind.apiVersion() + ")" + path + ": " + type(at) + limits(at));
    var said = described(at);
    if (!said.isEmpty()) {
      lines.add(cut(said, LONGEST));
    }
    lines.addAll(fields(at));
    return String.join("\n", lines);
  }

  private Json kindSchema() {
    for (var schema : schemas.fields().values()) {
      var json = Json.of(schema);
      for (var one : json.list("x-kubernetes-group-version-kind")) {
        if (one.text("kind").equals(kind.name())
            && one.text("group").equals(kind.group())
            && one.text("version").equals(kind.version())) {
          return json;
        }
      }
    }
    throw ToolFailure.notFound(
        "the cluster publishes no schema of " + kind.name() + " (" + kind.apiVersion() + ")",
        "k8s_get shows what one has");
  }

  private Json child(Json parent, String name, List<String> done) {
    var properties = shape(parent).at("properties").fields();
    if (!properties.containsKey(name)) {
      var where = done.isEmpty() ? kind.name() : String.join(".", done);
      var names = List.copyOf(properties.keySet());
      throw ToolFailure.notFound(
          where + " has no field '" + Problems.shown(name) + "'" + Spelling.didYouMean(name, names),
          names.isEmpty() ? "it has no fields" : "its fields: " + String.join(", ", names));
    }
    return Json.of(properties.get(name));
  }

  private List<String> fields(Json at) {
    var shape = shape(at);
    var required = shape.texts("required");
    var properties = shape.at("properties").fields();
    int width = properties.size() > MANY ? 60 : 140;
    var lines = new ArrayList<String>();
    properties.forEach(
        (name, value) -> {
          var one = Json.of(value);
          var star = required.contains(name) ? "*" : "";
          var said = cut(first(described(one)), width);
          lines.add(
              "  "
                  + name
                  + star
                  + " "
                  + type(one)
                  + limits(one)
                  + (said.isEmpty() ? "" : "  " + said));
        });
    return lines;
  }

  /** The schema whose properties a path goes on with: of a list its items, of a map its values. */
  private Json shape(Json schema) {
    var target = resolved(schema);
    if (target.has("items")) {
      return shape(target.at("items"));
    }
    return target.at("additionalProperties").fields().isEmpty()
        ? target
        : shape(target.at("additionalProperties"));
  }

  private Json resolved(Json schema) {
    var reference = reference(schema);
    return reference.isEmpty() ? schema : Json.of(schemas.fields().get(reference));
  }

  private static String reference(Json schema) {
    var own = schema.text("$ref");
    var all = schema.list("allOf");
    var found = own.isEmpty() && !all.isEmpty() ? all.getFirst().text("$ref") : own;
    return found.startsWith(REFERENCE) ? found.substring(REFERENCE.length()) : "";
  }

  private String described(Json schema) {
    return schema.text("description", resolved(schema).text("description")).replaceAll("\\s+", " ");
  }

  private String type(Json schema) {
    var reference = reference(schema);
    if (!reference.isEmpty() && resolved(schema).has("properties")) {
      return reference.replaceFirst(".*\\.", "");
    }
    var target = resolved(schema);
    if (target.has("items")) {
      return "[]" + type(target.at("items"));
    }
    if (!target.at("additionalProperties").fields().isEmpty()) {
      return "map of " + type(target.at("additionalProperties"));
    }
    return target.text("type", target.has("oneOf") ? "string or integer" : "object");
  }

  private String limits(Json schema) {
    var target = resolved(schema);
    var parts = new ArrayList<String>();
    if (!target.texts("enum").isEmpty()) {
      parts.add(String.join("|", target.texts("enum")));
    }
    for (var bound : List.of("minimum", "maximum", "maxLength", "pattern")) {
      target.find(bound).ifPresent(value -> parts.add(bound + " " + cut(value, 60)));
    }
    var standard = schema.value("default");
    if (standard != null && !(standard instanceof Map<?, ?> map && map.isEmpty())) {
      parts.add("default " + standard);
    }
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
  }

  private static String first(String text) {
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end + 1);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }
}
