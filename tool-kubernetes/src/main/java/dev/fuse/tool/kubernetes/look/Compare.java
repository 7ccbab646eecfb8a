package dev.fuse.tool.kubernetes.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Effect;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.api.Problems;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Says what differs: a manifest from what is live, or one live object from another. */
public final class Compare {

  private static final String APPLY = "application/apply-patch+yaml";
  private static final Pattern DOCUMENT = Pattern.compile("(?m)^---([ \\t].*)?$");
  private static final Pattern COMMENTS = Pattern.compile("(\\s*(#[^\\n]*)?\\n?)*");
  private static final List<String> IDENTITY = List.of("name", "namespace", "ownerReferences");

  private Compare() {}

  /** An object by its place. */
  private record Named(Place place, Kind kind, String name) {
    Effect effect() {
      return place.reads(kind, name);
    }

    String words() {
      return kind.name() + " " + name + " in " + place.words(kind);
    }
  }

  /** A document of a manifest and the object that it would change. */
  private record Wanted(Named named, Json document) {}

  public static Action prepare(Access access, Arguments arguments) {
    var place = access.place(arguments);
    if (arguments.has("manifest")) {
      return manifest(access, place, arguments.string("manifest"));
    }
    if (!arguments.has("kind") || !arguments.has("name")) {
      throw ToolFailure.invalid(
          "there is nothing to compare",
          "give 'manifest', or 'kind' and 'name' with what to compare it with");
    }
    var kind = access.kind(place, arguments.string("kind"));
    var one = new Named(place, kind, arguments.string("name"));
    var other = other(access, arguments, one);
    if (one.words().equals(other.words())) {
      throw ToolFailure.invalid(
          "it would be compared with itself",
          "give 'other_context', 'other_namespace' or 'other_name'");
    }
    return Action.of(
        one.words() + " beside " + other.words(),
        List.of(one.effect(), other.effect()),
        _ -> ToolResult.ok(live(one, other)));
  }

  private static Named other(Access access, Arguments arguments, Named one) {
    var changed = new LinkedHashMap<String, Object>(arguments.values());
    arguments
        .findString("other_context")
        .filter(given -> !given.isBlank())
        .ifPresent(
            given -> {
              changed.put("context", given);
              changed.put("namespace", one.place().namespace());
            });
    arguments.findString("other_namespace").ifPresent(given -> changed.put("namespace", given));
    var place = access.place(new Arguments(changed));
    return new Named(place, one.kind(), arguments.string("other_name", one.name()));
  }

  private static String live(Named one, Named other) {
    var left = GetObject.object(one.place(), one.kind(), one.name());
    var right = GetObject.object(other.place(), other.kind(), other.name());
    return "- "
        + one.words()
        + "\n+ "
        + other.words()
        + "\n"
        + told(FieldDiff.between(bare(left, one.kind()), bare(right, one.kind())), "they are alike")
        + secrets(left, right, one.kind());
  }

  /** What a person wrote of an object: without what is only its own. */
  private static Map<String, Object> bare(Json object, Kind kind) {
    var shown = Version.content(object, kind);
    var metadata = new LinkedHashMap<>(Json.of(shown.get("metadata")).fields());
    IDENTITY.forEach(metadata::remove);
    shown.put("metadata", metadata);
    if (shown.get("spec") instanceof Map<?, ?> spec) {
      var copy = new LinkedHashMap<>(Json.of(spec).fields());
      List.of("clusterIP", "clusterIPs", "nodeName").forEach(copy::remove);
      shown.put("spec", copy);
    }
    return shown;
  }

  /** Which values of two Secrets differ, never the values. */
  private static String secrets(Json left, Json right, Kind kind) {
    if (!kind.equals(Kind.SECRET)) {
      return "";
    }
    var mine = left.map("data");
    var yours = right.map("data");
    var differing =
        mine.keySet().stream()
            .filter(key -> yours.containsKey(key) && !yours.get(key).equals(mine.get(key)))
            .toList();
    return differing.isEmpty()
        ? "\nvalues of the keys that both have: alike"
        : "\nvalues that differ: " + String.join(", ", differing);
  }

  private static Action manifest(Access access, Place place, String manifest) {
    var wanted = new ArrayList<Wanted>();
    for (var text : DOCUMENT.split(manifest, -1)) {
      if (!COMMENTS.matcher(text).matches()) {
        wanted.add(wanted(access, place, text));
      }
    }
    if (wanted.isEmpty()) {
      throw ToolFailure.invalid("the manifest holds no document", "give YAML documents");
    }
    return Action.of(
        wanted.size() + " documents beside what is live in " + place.words(),
        wanted.stream().map(one -> one.named().effect()).toList(),
        _ -> ToolResult.ok(String.join("\n", wanted.stream().map(Compare::dryRun).toList())));
  }

  private static Wanted wanted(Access access, Place standard, String text) {
    var document = parsed(text);
    if (document.kind().isEmpty() || document.name().isEmpty() || !document.has("apiVersion")) {
      throw ToolFailure.invalid(
          "a document lacks apiVersion, kind or metadata.name", "each document needs all three");
    }
    var version = document.text("apiVersion");
    int slash = version.indexOf('/');
    var name = slash < 0 ? document.kind() : document.kind() + "." + version.substring(0, slash);
    var kind = access.kind(standard, name).at(version.substring(slash + 1));
    var place = document.namespace().isEmpty() ? standard : standard.in(document.namespace());
    return new Wanted(new Named(place, kind, document.name()), document);
  }

  private static Json parsed(String text) {
    try {
      return Json.of(Serialization.unmarshal("---\n" + text, Map.class));
    } catch (RuntimeException e) {
      throw ToolFailure.invalid("the manifest is not YAML: " + Problems.root(e), "correct it");
    }
  }

  /** What the server says the object would become; a document that it refuses says why. */
  private static String dryRun(Wanted wanted) {
    var named = wanted.named();
    var kind = named.kind();
    var path = kind.path(named.place().namespace(), named.name());
    try {
      var live = named.place().cluster().find(path);
      var before = live.map(found -> Version.content(found, kind));
      var words = (before.isPresent() ? "" : "(new) ") + named.words();
      var conflict = new ArrayList<String>();
      var after = Version.content(applied(named, path, wanted.document(), conflict), kind);
      var diff = FieldDiff.between(before.orElse(Map.of()), after);
      return words
          + "\n"
          + String.join("", conflict)
          + told(diff, "nothing would change")
          + live.map(found -> secrets(found, wanted.document(), kind)).orElse("");
    } catch (ToolFailure failure) {
      return named.words() + "\nrefused: " + failure.result().problem();
    }
  }

  private static Json applied(Named named, String path, Json document, List<String> conflict) {
    var query = path + "?fieldManager=fuse&fieldValidation=Strict&dryRun=All&force=";
    try {
      return named.place().cluster().ask("PATCH", query + false, APPLY, document.fields());
    } catch (ToolFailure failure) {
      if (failure.result().kind() != ToolResult.Kind.CONFLICT) {
        throw failure;
      }
      conflict.add("conflict: " + failure.result().problem() + "\n");
      return named.place().cluster().ask("PATCH", query + true, APPLY, document.fields());
    }
  }

  private static String told(String diff, String none) {
    return diff.startsWith("(") ? "(" + none + ")" : diff.stripTrailing();
  }
}
