package dev.fuse.tool.kubernetes;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Undo;
import dev.fuse.spi.Verb;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Applies manifests on the server, which keeps who owns which field. */
final class Apply {

  private static final String TYPE = "application/apply-patch+yaml";

  private Apply() {}

  /** A document of the manifest and what is there of it. */
  private record Document(Place place, Kind kind, Json wanted, Optional<Json> live) {

    String path(boolean force, boolean dry) {
      return kind.path(place.namespace(), wanted.name())
          + "?fieldManager=fuse&fieldValidation=Strict&force="
          + force
          + (dry ? "&dryRun=All" : "");
    }

    String words() {
      return (live.isPresent() ? "update " : "create ") + kind.name() + " " + wanted.name();
    }

    Effect effect() {
      var verb = live.isPresent() ? Verb.UPDATE : Verb.CREATE;
      return Effect.remote(verb, place.target(kind, wanted.name()), Change.risk(place));
    }
  }

  static Action prepare(Access access, Arguments arguments) {
    var place = access.place(arguments);
    var documents = new ArrayList<Document>();
    for (var text : arguments.string("manifest").split("(?m)^---\\s*$", -1)) {
      if (!text.isBlank()) {
        documents.add(document(access, place, parse(text)));
      }
    }
    if (documents.isEmpty()) {
      throw ToolFailure.invalid("the manifest holds no document", "give YAML documents");
    }
    boolean force = arguments.bool("force", false);
    var words = documents.stream().map(Document::words).collect(Collectors.joining(", "));
    var versions =
        documents.stream()
            .map(one -> one.live().map(live -> Change.version(live, one.kind())).orElse("new"))
            .collect(Collectors.joining(","));
    return Action.of(
            words + " in " + place.words(),
            documents.stream().map(Document::effect).toList(),
            _ -> run(documents, force))
        .at(versions)
        .showing(() -> preview(documents, force));
  }

  private static Json parse(String text) {
    try {
      return Json.of(Serialization.unmarshal("---\n" + text, Map.class));
    } catch (RuntimeException e) {
      throw ToolFailure.invalid("the manifest is not YAML: " + Problems.root(e), "correct it");
    }
  }

  private static Document document(Access access, Place standard, Json wanted) {
    if (wanted.kind().isEmpty() || wanted.name().isEmpty() || !wanted.has("apiVersion")) {
      throw ToolFailure.invalid(
          "a document lacks apiVersion, kind or metadata.name", "each document needs all three");
    }
    var version = wanted.text("apiVersion");
    int slash = version.indexOf('/');
    var name = slash < 0 ? wanted.kind() : wanted.kind() + "." + version.substring(0, slash);
    var found = access.kind(standard, name);
    var kind =
        new Kind(
            found.group(),
            version.substring(slash + 1),
            found.plural(),
            found.name(),
            found.namespaced(),
            found.also(),
            found.verbs());
    var namespace = kind.namespaced() ? wanted.namespace() : "";
    var place = !kind.namespaced() || !namespace.isEmpty() ? standard.in(namespace) : standard;
    var live = place.cluster().find(kind.path(place.namespace(), wanted.name()));
    Change.allowed(place, kind, "patch", wanted.name(), "");
    return new Document(place, kind, wanted, live);
  }

  private static Preview preview(List<Document> documents, boolean force) {
    var text = new StringBuilder();
    for (var one : documents) {
      var after =
          one.place().cluster().ask("PATCH", one.path(force, true), TYPE, one.wanted().fields());
      var before = one.live().map(live -> Change.shown(live, one.kind())).orElse(Map.of());
      one.live()
          .flatMap(Source::of)
          .ifPresent(source -> text.append("# ").append(source.sentence()).append('\n'));
      text.append("# ").append(one.words()).append(" in ").append(one.place().words()).append('\n');
      text.append(FieldDiff.between(before, Change.shown(after, one.kind())));
    }
    return Preview.diff(documents.size() + " documents", text.toString());
  }

  /** Stops at the first failure and says what was done before it. */
  private static ToolResult run(List<Document> documents, boolean force) {
    var done = new ArrayList<String>();
    for (var one : documents) {
      try {
        one.place().cluster().change("PATCH", one.path(force, false), TYPE, one.wanted().fields());
        done.add(one.words());
      } catch (ToolFailure failure) {
        var result = failure.result();
        var before = done.isEmpty() ? "nothing was applied" : "applied before: " + done;
        throw new ToolFailure(
            result.kind(), one.words() + ": " + result.problem(), before + "; " + result.hint());
      }
    }
    var ok = ToolResult.ok(String.join("\n", done));
    return documents.size() == 1 ? undo(documents.getFirst()).map(ok::undo).orElse(ok) : ok;
  }

  private static Optional<Undo> undo(Document one) {
    if (one.kind().equals(Kind.SECRET)) {
      return Optional.empty();
    }
    var arguments = new LinkedHashMap<String, Object>();
    arguments.put("context", one.place().cluster().context());
    arguments.put("namespace", one.place().namespace());
    if (one.live().isEmpty()) {
      arguments.put("kind", one.kind().resource());
      arguments.put("name", one.wanted().name());
      return Optional.of(
          new Undo(
              "k8s_delete", arguments, "delete what was created", Optional.empty(), List.of()));
    }
    var live = one.live().get();
    arguments.put("kind", one.kind().resource());
    arguments.put("name", live.name());
    var patch = new LinkedHashMap<>(one.wanted().fields());
    List.of("apiVersion", "kind", "status").forEach(patch::remove);
    arguments.put("patch", GetObject.yaml(Change.reverse(withoutIdentity(patch), live)));
    return Optional.of(
        new Undo("k8s_patch", arguments, "the fields as before", Optional.empty(), List.of()));
  }

  private static Map<String, Object> withoutIdentity(Map<String, Object> patch) {
    var metadata = new LinkedHashMap<>(Json.of(patch.get("metadata")).fields());
    List.of("name", "namespace", "resourceVersion", "uid").forEach(metadata::remove);
    patch.put("metadata", metadata);
    return patch;
  }
}
