package dev.fuse.tool.kubernetes;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolFailure;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Optional;

/** Changes fields of one object. */
final class PatchObject {

  private PatchObject() {}

  static Action prepare(Access access, Arguments arguments) {
    var on = WorkloadChanges.Target.of(access, arguments);
    var patch = parse(arguments.string("patch")).fields();
    boolean merge = arguments.string("type", "merge").equals("merge");
    boolean secret = on.kind().equals(Kind.SECRET);
    return on.change(
            merge ? Change.MERGE : Change.STRATEGIC,
            patch,
            "patch " + String.join(", ", patch.keySet()) + " of " + on.words(),
            secret ? Optional.empty() : on.reverse(patch),
            "")
        .action();
  }

  private static Json parse(String text) {
    try {
      var patch = Json.of(Serialization.unmarshal("---\n" + text, Map.class));
      if (!patch.fields().isEmpty()) {
        return patch;
      }
    } catch (RuntimeException e) {
      throw ToolFailure.invalid(
          "the patch is neither JSON nor YAML: " + Problems.root(e), "correct it");
    }
    throw ToolFailure.invalid("the patch '" + text + "' changes no field", "give an object");
  }
}
