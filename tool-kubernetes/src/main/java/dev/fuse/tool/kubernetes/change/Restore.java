package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Undo;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Takes back a change of several objects: one call, each object patched back or deleted. */
public final class Restore {

  private Restore() {}

  /**
   * What becomes of one object.
   *
   * @param patch back to what was there; empty: the object is deleted
   * @param version that the change left behind
   */
  record Step(Place place, Kind kind, String name, Optional<String> patch, String version) {}

  /** The call that takes these steps; none where there are none. */
  static Optional<Undo> undo(List<Step> steps) {
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    var words =
        steps.stream()
            .map(
                one ->
                    (one.patch().isPresent() ? "restore " : "delete ")
                        + one.kind().name()
                        + " "
                        + one.name())
            .collect(Collectors.joining(", "));
    var version = steps.stream().map(Step::version).collect(Collectors.joining(","));
    var first = steps.getFirst();
    if (steps.size() == 1) {
      var undo =
          first
              .patch()
              .map(
                  patch ->
                      Undos.on(
                          first.place(),
                          first.kind(),
                          first.name(),
                          "k8s_patch",
                          words,
                          "patch",
                          patch))
              .orElseGet(
                  () -> Undos.on(first.place(), first.kind(), first.name(), "k8s_delete", words));
      return Optional.of(Undos.at(undo, version));
    }
    var arguments =
        Map.<String, Object>of(
            "context",
            first.place().cluster().context(),
            "objects",
            steps.stream().map(Restore::arguments).toList());
    return Optional.of(new Undo("k8s_restore", arguments, words, Optional.of(version), List.of()));
  }

  private static Map<String, Object> arguments(Step step) {
    var arguments = new LinkedHashMap<String, Object>();
    if (step.kind().namespaced()) {
      arguments.put("namespace", step.place().namespace());
    }
    arguments.put("kind", step.kind().resource());
    arguments.put("name", step.name());
    step.patch().ifPresent(patch -> arguments.put("patch", patch));
    return arguments;
  }

  public static Action prepare(Access access, Arguments arguments) {
    var parts = new ArrayList<Action>();
    for (var one : arguments.objects("objects")) {
      var whole = new LinkedHashMap<>(one.values());
      arguments.findString("context").ifPresent(context -> whole.put("context", context));
      whole.put("insist", true);
      var own = new Arguments(whole);
      parts.add(
          one.has("patch") ? PatchObject.prepare(access, own) : DeleteObject.prepare(access, own));
    }
    if (parts.isEmpty()) {
      throw ToolFailure.invalid("'objects' is empty", "name the objects to restore");
    }
    var effects = new ArrayList<Effect>();
    parts.forEach(part -> effects.addAll(part.effects()));
    return Action.of(
            parts.stream().map(Action::summary).collect(Collectors.joining(", ")),
            effects,
            call -> run(parts, call))
        .at(parts.stream().map(part -> part.version().orElse("")).collect(Collectors.joining(",")))
        .showing(() -> preview(parts));
  }

  private static Preview preview(List<Action> parts) {
    var text = new StringBuilder();
    for (var part : parts) {
      var preview = part.preview().orElseThrow().get();
      text.append("# ").append(preview.title()).append('\n').append(preview.body()).append('\n');
    }
    return Preview.diff(Blast.counted(parts.size(), "object"), text.toString());
  }

  /** Goes on after a failure, since each step stands for itself, and says all that happened. */
  private static ToolResult run(List<Action> parts, Call call) throws Exception {
    var lines = new ArrayList<String>();
    int failed = 0;
    for (var part : parts) {
      try {
        var result = (ToolResult.Ok) part.body().run(call);
        lines.add(result.text());
      } catch (ToolFailure failure) {
        failed++;
        lines.add("FAILED, " + part.summary() + ": " + failure.result().problem());
      }
    }
    var text = String.join("\n", lines);
    return failed == 0
        ? ToolResult.ok(text)
        : ToolResult.failed(
            ToolResult.Kind.CONFLICT,
            failed + " of " + parts.size() + " were not restored:\n" + text,
            "look at those objects and restore them one by one");
  }
}
