package dev.fuse.tool.kubernetes.look;

import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What objects are waited for, in the words of {@code kubectl wait --for} and {@code rollout}. */
sealed interface Goal {

  /** They are gone. */
  record Deletion() implements Goal {}

  /** They are there. */
  record Creation() implements Goal {}

  /** All replicas run what the spec says. */
  record Rolled() implements Goal {}

  /** A condition of the status has that value. */
  record Condition(String type, String status) implements Goal {}

  /** A field has that value, or any where that is empty. */
  record Field(String path, String value) implements Goal {}

  /**
   * How far it is.
   *
   * @param hopeless it will not come by itself
   */
  record State(boolean met, boolean hopeless, String text) {}

  String ALLOWED =
      "condition=Ready, condition=Ready=False, delete, create, rollout,"
          + " jsonpath={.status.phase}=Running";

  static Goal of(String text) {
    var given = text.strip();
    int equals = given.indexOf('=');
    var word = equals < 0 ? given : given.substring(0, equals);
    var rest = equals < 0 ? "" : given.substring(equals + 1);
    return switch (word) {
      case "delete" -> new Deletion();
      case "create" -> new Creation();
      case "rollout" -> new Rolled();
      case "condition" -> condition(rest);
      case "jsonpath" -> field(rest);
      default ->
          throw ToolFailure.invalid(
              "'" + Problems.shown(text) + "' is nothing that can be waited for",
              "for: " + ALLOWED);
    };
  }

  private static Goal condition(String text) {
    var parts = text.split("=", 2);
    if (parts[0].isBlank()) {
      throw ToolFailure.invalid("the condition has no name", "for: " + ALLOWED);
    }
    return new Condition(parts[0], parts.length > 1 ? parts[1] : "True");
  }

  private static Goal field(String text) {
    var match = Pattern.compile("'?\\{(.+?)}'?(?:=(.*))?").matcher(text);
    if (!match.matches()) {
      throw ToolFailure.invalid(
          "'" + Problems.shown(text) + "' is not a JSONPath in braces", "for: " + ALLOWED);
    }
    FieldPath.of(match.group(1));
    return new Field(match.group(1), Optional.ofNullable(match.group(2)).orElse(""));
  }

  default boolean wantsPresence() {
    return !(this instanceof Deletion);
  }

  default boolean wantsCreation() {
    return this instanceof Creation;
  }

  /** {@code condition Ready=True}. */
  default String words() {
    return switch (this) {
      case Deletion() -> "deletion";
      case Creation() -> "creation";
      case Rolled() -> "the rollout";
      case Condition(var type, var status) -> "condition " + type + "=" + status;
      case Field(var path, var value) -> path + (value.isEmpty() ? "" : "=" + value);
    };
  }

  /** How far all of these are: the first that is not there yet speaks for them. */
  default State state(List<Json> objects) {
    return switch (this) {
      case Deletion() -> new State(objects.isEmpty(), false, deleting(objects));
      case Creation() ->
          new State(!objects.isEmpty(), false, objects.isEmpty() ? "not there" : refs(objects));
      case Rolled(), Condition(_, _), Field(_, _) -> slowest(objects);
    };
  }

  private State slowest(List<Json> objects) {
    var open = new ArrayList<State>();
    for (var object : objects) {
      var state = one(object);
      if (state.hopeless()) {
        return state;
      }
      if (!state.met()) {
        open.add(state);
      }
    }
    if (open.isEmpty()) {
      return new State(true, false, refs(objects));
    }
    var more = open.size() > 1 ? " (and " + (open.size() - 1) + " more)" : "";
    return new State(false, false, open.getFirst().text() + more);
  }

  private State one(Json object) {
    return switch (this) {
      case Condition(var type, var status) -> ofCondition(object, type, status);
      case Field(var path, var value) -> {
        var found = FieldPath.of(path).read(object);
        boolean met = value.isEmpty() ? found.isPresent() : found.filter(value::equals).isPresent();
        yield new State(
            met, false, object.ref() + " has " + path + "=" + found.orElse("(not set)"));
      }
      case Rolled() -> RolloutState.of(object);
      case Deletion(), Creation() -> new State(true, false, object.ref());
    };
  }

  private static State ofCondition(Json object, String type, String status) {
    var found =
        object.list("status.conditions").stream()
            .filter(one -> one.text("type").equalsIgnoreCase(type))
            .findFirst();
    var now = found.map(one -> one.text("status")).orElse("");
    boolean met = now.equalsIgnoreCase(status);
    var why = found.map(one -> one.text("reason") + " " + one.text("message")).orElse("").strip();
    var text = object.ref() + " has " + type + "=" + (now.isEmpty() ? "(not set)" : now);
    boolean failed =
        object.kind().equals("Job")
            && type.equalsIgnoreCase("Complete")
            && object.condition("Failed").filter(c -> c.text("status").equals("True")).isPresent();
    return new State(met, !met && failed, text + (why.isEmpty() ? "" : " (" + why + ")"));
  }

  private static String deleting(List<Json> objects) {
    if (objects.isEmpty()) {
      return "gone";
    }
    var first = objects.getFirst();
    var finalizers = first.texts("metadata.finalizers");
    if (!first.has("metadata.deletionTimestamp")) {
      return first.ref() + " is there and is not being deleted";
    }
    return first.ref()
        + " is being deleted"
        + (finalizers.isEmpty() ? "" : ", held by finalizers " + String.join(", ", finalizers));
  }

  private static String refs(List<Json> objects) {
    var names = objects.stream().limit(5).map(Json::ref).collect(Collectors.joining(", "));
    return names + (objects.size() > 5 ? " and " + (objects.size() - 5) + " more" : "");
  }
}
