package dev.fuse.tool.kubernetes.look;

import io.fabric8.zjsonpatch.JsonDiff;
import java.util.ArrayList;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What differs between two objects, field by field, in the signs of a diff. */
public final class FieldDiff {

  private FieldDiff() {}

  public static String between(Map<String, Object> before, Map<String, Object> after) {
    var mapper = new JsonMapper();
    JsonNode left = mapper.valueToTree(before);
    JsonNode right = mapper.valueToTree(after);
    var lines = new ArrayList<String>();
    for (var change : JsonDiff.asJson(left, right)) {
      var path = change.path("path").asString();
      var name = path.substring(1).replace('/', '.').replace("~1", "/").replace("~0", "~");
      var old = left.at(path.endsWith("/-") ? "" : path);
      if (!change.path("op").asString().equals("add") && !old.isMissingNode()) {
        lines.add("-" + name + ": " + old);
      }
      if (change.has("value")) {
        lines.add("+" + name + ": " + change.path("value"));
      }
      if (change.has("from")) {
        lines.add("+" + name + ": (from " + change.path("from").asString() + ")");
      }
    }
    return lines.isEmpty() ? "(nothing would change)" : String.join("\n", lines) + "\n";
  }
}
