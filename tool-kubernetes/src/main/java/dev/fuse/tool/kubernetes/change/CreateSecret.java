package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Verb;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Cluster;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.look.Source;
import dev.fuse.tool.kubernetes.look.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Makes a Secret, or sets a key of one, with a value that only the host and the server see. */
public final class CreateSecret {

  private static final String PLACEHOLDER = "placeholder";
  private static final JsonMapper MAPPER = new JsonMapper();

  private CreateSecret() {}

  public static Action prepare(Access access, Arguments arguments) {
    var place = access.place(arguments);
    var name = arguments.string("name");
    check(arguments);
    var live = place.cluster().find(Kind.SECRET.path(place.namespace(), name));
    live.ifPresent(one -> Origin.check(place, one, arguments.bool("insist", false)));
    live.ifPresent(one -> refuseOtherType(one, arguments));
    var verb = live.isPresent() ? "patch" : "create";
    Permission.check(place, Kind.SECRET, verb, live.isPresent() ? name : "", "");
    var rehearsal = send(place, live, body(live, arguments, name, PLACEHOLDER, PLACEHOLDER), true);
    var keys = String.join(", ", data(arguments, PLACEHOLDER, PLACEHOLDER).keySet());
    var risk = Danger.ofChange(place, Kind.SECRET, Json.EMPTY, new Json(Map.of()));
    return Action.of(
            (live.isPresent() ? "set " : "create with ")
                + keys
                + " Secret "
                + name
                + " from "
                + sources(arguments)
                + " in "
                + place.words(),
            Effect.remote(
                live.isPresent() ? Verb.UPDATE : Verb.CREATE,
                place.target(Kind.SECRET, name),
                risk),
            call -> run(place, live, name, arguments, call))
        .at(live.map(one -> Version.of(one, Kind.SECRET)).orElse(Version.NONE))
        .showing(() -> preview(place, live, rehearsal, name, arguments));
  }

  private static void check(Arguments arguments) {
    boolean registry = arguments.has("registry");
    boolean tls = arguments.has("certificate");
    if (registry && !arguments.has("username")) {
      throw ToolFailure.invalid("a pull secret needs 'username'", "give it");
    }
    if (!registry && !tls && !arguments.string("key", "").matches("[-._a-zA-Z0-9]+")) {
      throw ToolFailure.invalid(
          "'" + arguments.string("key", "") + "' is no key of a Secret",
          "give 'key', such as password");
    }
  }

  private static void refuseOtherType(Json live, Arguments arguments) {
    var wanted = type(arguments);
    if (!live.text("type").equals(wanted) && !wanted.equals("Opaque")) {
      throw ToolFailure.invalid(
          "Secret '" + live.name() + "' has type " + live.text("type") + ", not " + wanted,
          "a type cannot be changed: choose another name");
    }
  }

  private static String type(Arguments arguments) {
    if (arguments.has("registry")) {
      return "kubernetes.io/dockerconfigjson";
    }
    return arguments.has("certificate") ? "kubernetes.io/tls" : "Opaque";
  }

  private static String sources(Arguments arguments) {
    var sources = new ArrayList<>(List.of(arguments.string("value")));
    arguments.findString("certificate").ifPresent(sources::add);
    return String.join(" and ", sources);
  }

  private static Map<String, Object> data(Arguments arguments, String value, String certificate) {
    var data = new LinkedHashMap<String, Object>();
    if (arguments.has("registry")) {
      var user = arguments.string("username");
      var login = Map.of("username", user, "password", value, "auth", encoded(user + ":" + value));
      var config = Map.of("auths", Map.of(arguments.string("registry"), login));
      data.put(".dockerconfigjson", encoded(MAPPER.writeValueAsString(config)));
      return data;
    }
    if (arguments.has("certificate")) {
      data.put("tls.crt", encoded(certificate));
      data.put("tls.key", encoded(value));
      return data;
    }
    data.put(arguments.string("key"), encoded(value));
    return data;
  }

  private static Map<String, Object> body(
      Optional<Json> live, Arguments arguments, String name, String value, String certificate) {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("name", name);
    live.ifPresent(one -> metadata.put("resourceVersion", one.text("metadata.resourceVersion")));
    var body = new LinkedHashMap<String, Object>();
    body.put("apiVersion", "v1");
    body.put("kind", "Secret");
    body.put("metadata", metadata);
    if (live.isEmpty()) {
      body.put("type", type(arguments));
    }
    body.put("data", data(arguments, value, certificate));
    return body;
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Rehearsal send(
      Place place, Optional<Json> live, Map<String, Object> body, boolean dry) {
    var query = "?fieldManager=fuse&fieldValidation=Strict";
    var path =
        live.map(one -> Kind.SECRET.path(place.namespace(), one.name()))
                .orElse(Kind.SECRET.path(place.namespace()))
            + query;
    var method = live.isPresent() ? "PATCH" : "POST";
    var type = live.isPresent() ? Change.MERGE : Cluster.JSON;
    return dry
        ? Rehearsal.of(place, method, path, type, body)
        : new Rehearsal(Optional.of(place.cluster().change(method, path, type, body)), List.of());
  }

  private static Preview preview(
      Place place, Optional<Json> live, Rehearsal rehearsal, String name, Arguments arguments) {
    var lines = new ArrayList<>(rehearsal.notes());
    live.flatMap(Source::of).ifPresent(source -> lines.add(source.sentence()));
    if (live.isPresent()) {
      Blast.noted(
          lines,
          () ->
              Blast.readers(
                  place, Kind.SECRET, name, "read by (a variable only at the next start): "));
      lines.add("the value that is there now cannot be brought back");
    }
    var had = live.map(one -> one.at("data").fields().keySet()).orElse(java.util.Set.of());
    var text = new StringBuilder(Change.comments(lines));
    data(arguments, PLACEHOLDER, PLACEHOLDER)
        .keySet()
        .forEach(
            key ->
                text.append(had.contains(key) ? "-data." + key + ": (masked)\n" : "")
                    .append("+data." + key + ": (from " + sources(arguments) + ")\n"));
    return Preview.diff("Secret " + name + " in " + place.words(), text.toString());
  }

  private static ToolResult run(
      Place place, Optional<Json> live, String name, Arguments arguments, Call call) {
    var value = call.secret("value");
    var certificate = arguments.has("certificate") ? call.secret("certificate") : "";
    if (value.isEmpty()) {
      throw ToolFailure.invalid("the value is empty", "nothing was done; look at its source");
    }
    var after =
        send(place, live, body(live, arguments, name, value, certificate), false)
            .after()
            .orElseThrow();
    var keys = String.join(", ", data(arguments, PLACEHOLDER, PLACEHOLDER).keySet());
    var done =
        ToolResult.ok(
            "Secret "
                + name
                + (live.isPresent() ? ": " + keys + " set" : ": created with " + keys)
                + ", from "
                + sources(arguments));
    return live.isPresent()
        ? done
        : done.undo(
            Undos.at(
                Undos.on(place, Kind.SECRET, name, "k8s_delete", "delete Secret " + name),
                Version.of(after, Kind.SECRET)));
  }
}
