package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.kubernetes.api.Cluster;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Evictions under way: each pod is asked for until the server lets it go and it is gone. */
final class Evictions {

  private final Place place;
  private final List<Json> pending;
  private final List<Json> leaving = new ArrayList<>();
  private final List<String> gone = new ArrayList<>();
  private final Map<String, String> refused = new LinkedHashMap<>();

  Evictions(Place place, List<Json> pods) {
    this.place = place;
    this.pending = new ArrayList<>(pods);
  }

  boolean through() {
    return pending.isEmpty() && leaving.isEmpty();
  }

  /** Asks once for each pod that is still there. */
  void round() {
    pending.removeIf(this::evict);
    leaving.removeIf(this::left);
  }

  private boolean evict(Json pod) {
    var path = Kind.POD.path(pod.namespace(), pod.name()) + "/eviction";
    try {
      place.cluster().change("POST", path, Cluster.JSON, Drain.eviction(pod));
    } catch (ToolFailure failure) {
      return refused(pod, failure.result());
    }
    refused.remove(name(pod));
    leaving.add(pod);
    return true;
  }

  /** Too many requests is the server's word for a budget that would be broken. */
  private boolean refused(Json pod, ToolResult.Failed why) {
    return switch (why.kind()) {
      case NOT_FOUND, CONFLICT -> {
        refused.remove(name(pod));
        gone.add(name(pod));
        yield true;
      }
      default -> {
        refused.put(name(pod), why.problem());
        yield false;
      }
    };
  }

  private boolean left(Json pod) {
    var found = place.cluster().find(Kind.POD.path(pod.namespace(), pod.name()));
    boolean away = found.filter(now -> now.uid().equals(pod.uid())).isEmpty();
    if (away) {
      gone.add(name(pod));
    }
    return away;
  }

  String words() {
    return gone.size() + " gone, " + leaving.size() + " ending, " + pending.size() + " refused";
  }

  /** All that became of them. */
  String told() {
    var lines = new ArrayList<String>();
    lines.add(Blast.counted(gone.size(), "pod") + " evicted and gone");
    leaving.forEach(pod -> lines.add("still ending: " + name(pod)));
    refused.forEach((name, why) -> lines.add("not evicted: " + name + ": " + why));
    return String.join("\n", lines);
  }

  private static String name(Json pod) {
    return pod.namespace() + "/" + pod.name();
  }
}
