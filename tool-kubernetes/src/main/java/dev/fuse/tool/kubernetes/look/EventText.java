package dev.fuse.tool.kubernetes.look;

import dev.fuse.tool.kubernetes.api.Json;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Events of one reason about one object, merged.
 *
 * @param subject the kind and name of the object
 * @param last when it came last, as the server wrote it
 */
public record EventText(
    String type, String reason, String subject, String message, long count, String last) {

  /** The time of an event, whichever of its fields holds it. */
  static String time(Json event) {
    return event
        .find("series.lastObservedTime")
        .or(() -> event.find("lastTimestamp"))
        .or(() -> event.find("eventTime"))
        .orElse(event.text("metadata.creationTimestamp"));
  }

  static long count(Json event) {
    return Math.max(1, event.number("series.count", event.number("count", 1)));
  }

  /** Alike events once, those that came last at the end. */
  public static List<EventText> merged(List<Json> events) {
    Map<List<String>, EventText> merged = new LinkedHashMap<>();
    for (var event : events) {
      var object = event.at("involvedObject");
      var one =
          new EventText(
              event.text("type"),
              event.text("reason"),
              object.text("kind") + " " + object.text("name"),
              event.text("message").replaceAll("\\s+", " ").strip(),
              count(event),
              time(event));
      merged.merge(List.of(one.subject, one.reason, one.message), one, EventText::and);
    }
    return merged.values().stream().sorted(Comparator.comparing(EventText::last)).toList();
  }

  private EventText and(EventText other) {
    return new EventText(
        type,
        reason,
        subject,
        message,
        count + other.count,
        last.compareTo(other.last) > 0 ? last : other.last);
  }

  String line() {
    var times = count > 1 ? " ×" + count : "";
    var when = last.length() > 18 ? last.substring(11, 19) + " " : "";
    return when + reason + times + " " + subject + ": " + message;
  }
}
