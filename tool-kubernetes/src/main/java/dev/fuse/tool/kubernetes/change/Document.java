package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Risk;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Verb;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Cluster;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.look.FieldDiff;
import dev.fuse.tool.kubernetes.look.GetObject;
import dev.fuse.tool.kubernetes.look.Manifest;
import dev.fuse.tool.kubernetes.look.Source;
import dev.fuse.tool.kubernetes.look.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A document of a manifest, and what is there of it.
 *
 * @param wanted what is sent, without what only a server writes
 */
record Document(Place place, Kind kind, Manifest manifest, Json wanted, Optional<Json> live) {

  private static final String TYPE = "application/apply-patch+yaml";
  private static final List<String> OF_THE_SERVER =
      List.of("resourceVersion", "uid", "generation", "creationTimestamp", "managedFields");

  static Document of(Access access, Place standard, Manifest manifest, Arguments arguments) {
    var wanted = manifest.value();
    if (wanted.kind().isEmpty() || wanted.name().isEmpty() || !wanted.has("apiVersion")) {
      var name = wanted.has("metadata.generateName") ? " (generateName cannot be applied)" : "";
      throw ToolFailure.invalid(
          "the document in line "
              + manifest.line()
              + " lacks apiVersion, kind or metadata.name"
              + name,
          "each document needs all three; nothing was done");
    }
    var kind = kind(access, standard, wanted);
    refuseValues(kind, wanted, manifest);
    var namespace = kind.namespaced() ? wanted.namespace() : "";
    var place = !kind.namespaced() || !namespace.isEmpty() ? standard.in(namespace) : standard;
    refuseOther(standard, place, kind, wanted, arguments);
    var live =
        place
            .cluster()
            .find(kind.path(place.namespace(), wanted.name()))
            .map(found -> Cluster.cleaned(found, kind));
    live.ifPresent(one -> Origin.check(place, one, arguments.bool("insist", false)));
    Permission.check(place, kind, "patch", wanted.name(), "");
    if (live.isEmpty()) {
      Permission.check(place, kind, "create", wanted.name(), "");
    }
    return new Document(place, kind, manifest, clean(wanted), live);
  }

  private static Kind kind(Access access, Place place, Json wanted) {
    var version = wanted.text("apiVersion");
    int slash = version.indexOf('/');
    var name = slash < 0 ? wanted.kind() : wanted.kind() + "." + version.substring(0, slash);
    var found = access.kind(place, name);
    return new Kind(
        found.group(),
        version.substring(slash + 1),
        found.plural(),
        found.name(),
        found.namespaced(),
        found.also(),
        found.verbs());
  }

  /** What the model writes it has read, so a Secret's values do not come this way. */
  private static void refuseValues(Kind kind, Json wanted, Manifest manifest) {
    if (kind.equals(Kind.SECRET)
        && !(wanted.map("data").isEmpty() && wanted.map("stringData").isEmpty())) {
      throw ToolFailure.invalid(
          "the Secret in line " + manifest.line() + " carries values in the manifest",
          "k8s_create_secret takes each value from where it is (env:NAME, file:PATH, prompt),"
              + " without showing it; nothing was done");
    }
  }

  /** A namespace in the call is a limit, not a default that a document overrides unseen. */
  private static void refuseOther(
      Place standard, Place place, Kind kind, Json wanted, Arguments arguments) {
    if (arguments.has("namespace")
        && kind.namespaced()
        && !place.namespace().equals(standard.namespace())) {
      throw ToolFailure.invalid(
          kind.name()
              + " '"
              + wanted.name()
              + "' is in namespace '"
              + place.namespace()
              + "', the call is for namespace '"
              + standard.namespace()
              + "'",
          "leave 'namespace' out of the call, or make them the same");
    }
  }

  private static Json clean(Json wanted) {
    var copy = new LinkedHashMap<>(wanted.fields());
    copy.remove("status");
    var metadata = new LinkedHashMap<>(wanted.at("metadata").fields());
    OF_THE_SERVER.forEach(metadata::remove);
    copy.put("metadata", metadata);
    return new Json(copy);
  }

  Rehearsal rehearse(boolean force, List<Document> all) {
    var namespace = kind.namespaced() ? place.namespace() : "";
    boolean madeHere =
        all.stream()
            .anyMatch(
                one ->
                    one.live().isEmpty()
                        && one.kind().equals(Kind.NAMESPACE)
                        && one.wanted().name().equals(namespace));
    if (madeHere) {
      return Rehearsal.skipped("namespace '" + namespace + "' is made by this manifest");
    }
    try {
      return Rehearsal.of(place, "PATCH", path(force), TYPE, wanted.fields());
    } catch (ToolFailure failure) {
      var why = failure.result();
      throw new ToolFailure(
          why.kind(), words() + ", " + manifest.located(why.problem()), why.hint());
    }
  }

  /** Applies it, if what is there is what was seen. */
  Json apply(boolean force) {
    var sent = new LinkedHashMap<>(wanted.fields());
    if (live.isPresent()) {
      var now = Change.unchanged(place, kind, live.get());
      var metadata = new LinkedHashMap<>(wanted.at("metadata").fields());
      metadata.put("resourceVersion", now.text("metadata.resourceVersion"));
      sent.put("metadata", metadata);
    }
    if (live.isEmpty()
        && place.cluster().find(kind.path(place.namespace(), wanted.name())).isPresent()) {
      throw new ToolFailure(
          ToolResult.Kind.CONFLICT,
          kind.name() + " '" + wanted.name() + "' was made by somebody since it was looked at",
          "propose it again for what is there now");
    }
    return place.cluster().change("PATCH", path(force), TYPE, sent);
  }

  private String path(boolean force) {
    return kind.path(place.namespace(), wanted.name())
        + "?fieldManager=fuse&fieldValidation=Strict&force="
        + force;
  }

  String words() {
    return (live.isPresent() ? "update " : "create ") + kind.name() + " " + wanted.name();
  }

  String version() {
    return live.map(one -> Version.of(one, kind)).orElse(Version.NONE);
  }

  Effect effect(Rehearsal rehearsal) {
    var verb = live.isPresent() ? Verb.UPDATE : Verb.CREATE;
    return Effect.remote(verb, place.target(kind, wanted.name()), risk(rehearsal));
  }

  private Risk risk(Rehearsal rehearsal) {
    var after = rehearsal.after().orElse(wanted);
    return Danger.ofChange(place, kind, live.orElse(Json.EMPTY), after);
  }

  /** What the person sees of it. */
  String preview(Rehearsal rehearsal) {
    var lines = new java.util.ArrayList<String>();
    lines.add(words() + " in " + place.words(kind));
    lines.addAll(rehearsal.notes());
    var after = rehearsal.after().orElse(wanted);
    live.flatMap(Source::of).ifPresent(source -> lines.add(source.sentence()));
    lines.addAll(Danger.reasons(place, kind, live.orElse(Json.EMPTY), after));
    live.ifPresent(before -> lines.addAll(Blast.ofChange(place, kind, before, after)));
    return Change.comments(lines) + difference(after);
  }

  private String difference(Json after) {
    var will = Version.content(after, kind);
    if (live.isPresent()) {
      return FieldDiff.between(Version.content(live.get(), kind), will);
    }
    return GetObject.yaml(will).lines().map(line -> "+" + line).collect(Collectors.joining("\n"))
        + "\n";
  }

  /** The patch that an undo of it reverses. */
  Map<String, Object> changed() {
    var patch = new LinkedHashMap<>(wanted.fields());
    List.of("apiVersion", "kind").forEach(patch::remove);
    var metadata = new LinkedHashMap<>(wanted.at("metadata").fields());
    List.of("name", "namespace").forEach(metadata::remove);
    patch.put("metadata", metadata);
    return patch;
  }
}
