package dev.fuse.tool.kubernetes.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Risk;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Verb;
import dev.fuse.text.Spelling;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Cluster;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads one object as YAML; a Secret's values only where they are asked for. */
public final class GetObject {

  private GetObject() {}

  public static Action prepare(Access access, Arguments arguments) {
    var place = access.place(arguments);
    var kind = access.kind(place, arguments.string("kind"));
    var name = arguments.string("name");
    boolean secret = kind.equals(Kind.SECRET);
    boolean values = secret && arguments.bool("values", false);
    var effect =
        values
            ? Effect.remote(Verb.READ_SECRET, place.target(kind, name), Risk.HIGH)
            : Effect.remote(Verb.READ, place.target(kind, name), Risk.NONE);
    return Action.of(
        kind.name() + " " + name + (values ? " with its values" : "") + " in " + place.words(),
        effect,
        _ -> run(place, kind, name, values, arguments.strings("fields")));
  }

  /** The object of that name, or a failure that names those that are there. */
  public static Json object(Place place, Kind kind, String name) {
    return place
        .cluster()
        .find(kind.path(place.namespace(), name))
        .map(found -> Cluster.cleaned(found, kind))
        .orElseThrow(() -> missing(place, kind, name));
  }

  private static ToolFailure missing(Place place, Kind kind, String name) {
    var names = place.cluster().names(kind, place.namespace()).stream().map(Json::name).toList();
    var where = kind.namespaced() ? " in namespace '" + place.namespace() + "'" : "";
    var there =
        names.isEmpty()
            ? "there are no " + kind.plural() + where
            : kind.plural()
                + " there: "
                + names.stream().limit(20).collect(Collectors.joining(", "))
                + (names.size() > 20 ? " and " + (names.size() - 20) + " more" : "");
    return ToolFailure.notFound(
        kind.name() + " '" + name + "' does not exist" + where + Spelling.didYouMean(name, names),
        there);
  }

  private static ToolResult run(
      Place place, Kind kind, String name, boolean values, List<String> fields) {
    var object = object(place, kind, name);
    if (kind.equals(Kind.SECRET)) {
      return secret(object, values);
    }
    var masks = new Masks();
    masks.object(object);
    var shown = fields.isEmpty() ? object.fields() : picked(object, fields);
    return ToolResult.ok(yaml(shown)).structured(shown).secrets(masks.found());
  }

  private static Map<String, Object> picked(Json object, List<String> fields) {
    var picked = new LinkedHashMap<String, Object>();
    for (var field : fields) {
      var value = FieldPath.of(field).value(object);
      picked.put(field, value == null ? "(not set)" : value);
    }
    return picked;
  }

  private static ToolResult secret(Json object, boolean values) {
    var secrets = new ArrayList<ToolResult.Secret>();
    var data = new LinkedHashMap<String, Object>();
    object
        .map("data")
        .forEach(
            (key, encoded) -> {
              var decoded = Base64.getDecoder().decode(encoded);
              var text = new String(decoded, StandardCharsets.UTF_8);
              data.put(key, values ? text : "(" + decoded.length + " bytes)");
              secrets.add(new ToolResult.Secret(object.name() + "-" + key, text));
            });
    var shown = new LinkedHashMap<>(object.fields());
    shown.put("data", data);
    var result = ToolResult.ok(yaml(shown)).structured(shown);
    return values ? result.secrets(secrets.toArray(new ToolResult.Secret[0])) : result;
  }

  public static String yaml(Object value) {
    var text = Serialization.asYaml(value);
    return (text.startsWith("---\n") ? text.substring(4) : text).stripTrailing();
  }
}
