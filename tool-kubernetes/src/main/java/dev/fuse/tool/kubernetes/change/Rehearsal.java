package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A change as the server would make it, with admission and without storing anything.
 *
 * @param after the object as it would be; empty where the server cannot rehearse
 * @param notes warnings of the server, and why there was no rehearsal
 */
public record Rehearsal(Optional<Json> after, List<String> notes) {

  public Rehearsal {
    notes = List.copyOf(notes);
  }

  /**
   * Sends a change as a dry run.
   *
   * @param path with its query, to which the dry run is added
   * @throws ToolFailure what the server refuses, in its words, so that nobody is asked about it
   */
  public static Rehearsal of(Place place, String method, String path, String type, Object body) {
    var notes = new ArrayList<String>();
    try {
      var dry = path + (path.contains("?") ? "&" : "?") + "dryRun=All";
      var after = place.cluster().ask(method, dry, type, body, notes::add);
      return new Rehearsal(Optional.of(after), notes);
    } catch (ToolFailure failure) {
      if (failure.result().problem().contains("does not support dry run")) {
        return skipped(failure.result().problem());
      }
      throw refused(failure.result());
    }
  }

  /** No rehearsal, for this reason. */
  static Rehearsal skipped(String why) {
    return new Rehearsal(Optional.empty(), List.of("not rehearsed: " + why));
  }

  /** The server's refusal, with what to do about the two kinds that are no fault of the request. */
  private static ToolFailure refused(ToolResult.Failed failed) {
    var hint =
        failed.problem().startsWith("Apply failed with")
            ? "nothing was done; others own these fields: leave them out, or force=true takes them"
                + " over"
            : failed.problem().contains("admission webhook")
                    || failed.problem().contains("denied the request")
                ? "nothing was done; the cluster's own rule refuses this: change what it names"
                : "nothing was done; " + failed.hint();
    return new ToolFailure(failed.kind(), failed.problem(), hint);
  }
}
