package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Preview;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Undo;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Cluster;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.look.GetObject;
import dev.fuse.tool.kubernetes.look.Manifest;
import dev.fuse.tool.kubernetes.look.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Applies manifests on the server, which keeps who owns which field. */
public final class Apply {

  private Apply() {}

  /** A document that was applied, and what it became. */
  private record Done(Document document, Json after) {}

  public static Action prepare(Access access, Arguments arguments) {
    return prepare(access, arguments, arguments.string("manifest"));
  }

  /** The same for a manifest that is made here. */
  public static Action prepare(Access access, Arguments arguments, String manifest) {
    var place = access.place(arguments);
    var documents =
        Manifest.read(manifest).stream()
            .map(one -> Document.of(access, place, one, arguments))
            .toList();
    if (documents.isEmpty()) {
      throw ToolFailure.invalid("the manifest holds no document", "give YAML documents");
    }
    refuseTwice(documents);
    boolean force = arguments.bool("force", false);
    var rehearsals = documents.stream().map(one -> one.rehearse(force, documents)).toList();
    var words = documents.stream().map(Document::words).collect(Collectors.joining(", "));
    return Action.of(
            words + " in " + where(place, documents),
            IntStream.range(0, documents.size())
                .mapToObj(i -> documents.get(i).effect(rehearsals.get(i)))
                .toList(),
            call -> run(documents, force, call))
        .at(documents.stream().map(Document::version).collect(Collectors.joining(",")))
        .showing(() -> preview(documents, rehearsals));
  }

  private static void refuseTwice(List<Document> documents) {
    for (var one : documents) {
      var same =
          documents.stream()
              .filter(other -> other.kind().equals(one.kind()))
              .filter(other -> other.place().equals(one.place()))
              .filter(other -> other.wanted().name().equals(one.wanted().name()))
              .toList();
      if (same.size() > 1) {
        throw ToolFailure.invalid(
            one.kind().name()
                + " '"
                + one.wanted().name()
                + "' is in the manifest twice, in lines "
                + same.stream().map(other -> other.manifest().line()).toList(),
            "keep one of them; nothing was done");
      }
    }
  }

  private static String where(Place place, List<Document> documents) {
    var namespaces =
        documents.stream()
            .filter(one -> one.kind().namespaced())
            .map(one -> one.place().namespace())
            .distinct()
            .toList();
    return "context "
        + place.cluster().context()
        + (namespaces.isEmpty() ? "" : ", namespace " + String.join(", ", namespaces));
  }

  private static Preview preview(List<Document> documents, List<Rehearsal> rehearsals) {
    var text =
        IntStream.range(0, documents.size())
            .mapToObj(i -> documents.get(i).preview(rehearsals.get(i)))
            .collect(Collectors.joining("\n"));
    return Preview.diff(Blast.counted(documents.size(), "document"), text);
  }

  /** Stops at the first failure, and says what was done before it and what was not. */
  private static ToolResult run(List<Document> documents, boolean force, Call call) {
    var done = new ArrayList<Done>();
    for (var one : documents) {
      if (call.cancelled()) {
        return stopped(
            one,
            ToolResult.failed(ToolResult.Kind.UNAVAILABLE, "the call was ended", ""),
            documents,
            done);
      }
      try {
        call.progress(one.words());
        done.add(new Done(one, Cluster.cleaned(one.apply(force), one.kind())));
      } catch (ToolFailure failure) {
        return stopped(one, failure.result(), documents, done);
      }
    }
    var lines = new ArrayList<String>();
    for (var one : done) {
      var seen = Took.look(one.document().place(), one.document().kind(), one.after(), call);
      lines.add(told(one) + (seen.isEmpty() ? "" : ": " + seen));
    }
    var ok = ToolResult.ok(String.join("\n", lines));
    return undo(done).map(ok::undo).orElse(ok);
  }

  private static String told(Done one) {
    var same =
        one.document()
            .live()
            .map(live -> Version.of(live, one.document().kind()))
            .filter(Version.of(one.after(), one.document().kind())::equals);
    return one.document().words() + (same.isPresent() ? ": nothing changed" : ": done");
  }

  private static ToolResult stopped(
      Document at, ToolResult.Failed why, List<Document> all, List<Done> done) {
    var position = all.indexOf(at);
    var problem =
        new StringBuilder(at.words()).append(", ").append(at.manifest().located(why.problem()));
    if (all.size() > 1) {
      problem
          .append("\napplied before it: ")
          .append(done.isEmpty() ? "nothing" : words(done.stream().map(Done::document).toList()))
          .append("\nnot applied after it: ")
          .append(
              position + 1 == all.size()
                  ? "nothing"
                  : words(all.subList(position + 1, all.size())));
    }
    var hint = done.isEmpty() ? why.hint() : "what was applied is kept for undo; " + why.hint();
    var failed = ToolResult.failed(why.kind(), problem.toString(), hint);
    return undo(done).map(failed::undo).orElse(failed);
  }

  private static String words(List<Document> documents) {
    return documents.stream().map(Document::words).collect(Collectors.joining(", "));
  }

  /** One call that takes back all that changed, the last one first. */
  private static Optional<Undo> undo(List<Done> done) {
    var steps = new ArrayList<Restore.Step>();
    for (var one : done.reversed()) {
      var document = one.document();
      var after = Version.of(one.after(), document.kind());
      var before = document.live().map(live -> Version.of(live, document.kind()));
      if (before.filter(after::equals).isPresent()) {
        continue;
      }
      steps.add(
          new Restore.Step(
              document.place(),
              document.kind(),
              document.wanted().name(),
              document.live().map(live -> GetObject.yaml(Undos.reverse(document.changed(), live))),
              after));
    }
    return Restore.undo(steps);
  }
}
