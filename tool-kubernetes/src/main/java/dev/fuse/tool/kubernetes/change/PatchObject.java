package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.look.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes fields of one object. */
public final class PatchObject {

  private PatchObject() {}

  public static Action prepare(Access access, Arguments arguments) {
    var on = WorkloadChanges.Target.of(access, arguments);
    var patch = parse(arguments.string("patch")).fields();
    refuse(on, patch);
    boolean merge = arguments.string("type", "merge").equals("merge");
    boolean secret = on.kind().equals(Kind.SECRET);
    return on.change(
            merge ? Change.MERGE : Change.STRATEGIC,
            patch,
            "patch " + String.join(", ", fields(patch)) + " of " + on.words(),
            secret
                ? Optional.empty()
                : Optional.of(Undos.fields(on.place(), on.kind(), on.live(), patch)))
        .action();
  }

  private static Json parse(String text) {
    var all = Manifest.read(text);
    if (all.size() == 1 && !all.getFirst().value().fields().isEmpty()) {
      return all.getFirst().value();
    }
    throw ToolFailure.invalid(
        "the patch '" + text + "' is not one object with fields", "give one object");
  }

  /** What would be ignored, or would show a Secret's values to the model. */
  private static void refuse(WorkloadChanges.Target on, Map<String, Object> patch) {
    if (patch.containsKey("status")) {
      throw ToolFailure.invalid(
          "'status' of "
              + on.words()
              + " is what its controller has seen; a patch does not change it",
          "change what the status tells of");
    }
    if (on.kind().equals(Kind.SECRET)
        && (patch.containsKey("data") || patch.containsKey("stringData"))) {
      throw ToolFailure.invalid(
          "the patch carries values of a Secret",
          "k8s_create_secret takes a value from where it is (env:NAME, file:PATH, prompt), without"
              + " showing it");
    }
    if (Json.of(patch.get("metadata")).has("name")
        && !Json.of(patch.get("metadata")).text("name").equals(on.live().name())) {
      throw ToolFailure.invalid(
          "the patch names another object than " + on.words(), "leave metadata.name out");
    }
  }

  /** Two levels of the fields that are patched: {@code spec.replicas}. */
  private static List<String> fields(Map<String, Object> patch) {
    return patch.entrySet().stream()
        .flatMap(
            entry -> {
              var below = Json.of(entry.getValue()).fields();
              return below.isEmpty()
                  ? java.util.stream.Stream.of(entry.getKey())
                  : below.keySet().stream().map(key -> entry.getKey() + "." + key);
            })
        .toList();
  }
}
