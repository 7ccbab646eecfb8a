package dev.fuse.tool.gcp.look;

import dev.fuse.tool.gcp.api.Json;
import java.util.List;

/**
 * A role for some members.
 *
 * @param condition empty where it always holds
 */
public record Binding(String role, List<String> members, Json condition) {

  public Binding {
    members = List.copyOf(members);
  }

  static Binding of(Json json) {
    return new Binding(json.text("role"), json.texts("members"), json.at("condition"));
  }

  public boolean conditional() {
    return condition.has("expression");
  }

  /** The condition for people. */
  public String conditionWords() {
    var title = condition.find("title").map(one -> "'" + one + "' ").orElse("");
    return title + "(" + condition.text("expression") + ")";
  }
}
