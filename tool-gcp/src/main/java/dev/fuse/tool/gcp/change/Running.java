package dev.fuse.tool.gcp.change;

import dev.fuse.spi.Call;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.tool.gcp.api.Google;
import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.api.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Predicate;

/** Waits for what Google does on its own time, and tells how far it is. */
final class Running {

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Google google;
  private final Call call;

  Running(Google google, Call call) {
    this.google = google;
    this.call = call;
  }

  /**
   * The operation when it is over.
   *
   * @throws ToolFailure if it ended with an error, or its end was not seen
   */
  Json await(Json operation, Function<Json, Request> again, Predicate<Json> over) {
    var now = operation;
    var pause = FIRST;
    while (!over.test(now)) {
      if (call.cancelled() || Instant.now().plus(pause).isAfter(call.deadline())) {
        throw new ToolFailure(
            Kind.UNKNOWN_OUTCOME,
            "the end of '" + now.text("name") + "' was not seen; Google goes on with it",
            "look with gke_operations");
      }
      sleep(pause);
      pause = pause.plus(pause).compareTo(LONGEST) > 0 ? LONGEST : pause.plus(pause);
      now = google.call(again.apply(now), call.deadline());
      call.progress(progress(now));
    }
    if (now.has("error.message")) {
      throw new ToolFailure(
          Kind.CONFLICT, "it ended with: " + now.text("error.message"), "look before another try");
    }
    return now;
  }

  private static String progress(Json operation) {
    long done = 0;
    long all = 0;
    for (var metric : operation.list("progress.metrics")) {
      if (metric.text("name").endsWith("DONE")) {
        done = metric.number("intValue");
      }
      if (metric.text("name").endsWith("TOTAL")) {
        all = metric.number("intValue");
      }
    }
    var status = operation.find("status").orElse("running");
    return all > 0 ? status + ", " + 100 * done / all + " %" : status;
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ToolFailure(
          Kind.UNKNOWN_OUTCOME, "the call was ended; Google goes on", "look with gke_operations");
    }
  }
}
