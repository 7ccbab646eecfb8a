package dev.fuse.tool.kubernetes.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks at objects until they are as wanted, for a bounded time. */
public final class WaitFor {

  private static final int STANDARD_SECONDS = 60;

  private final Place place;
  private final Kind kind;
  private final String name;
  private final String selector;
  private final Goal goal;

  private WaitFor(Place place, Kind kind, String name, String selector, Goal goal) {
    this.place = place;
    this.kind = kind;
    this.name = name;
    this.selector = selector;
    this.goal = goal;
  }

  public static Action prepare(Access access, Arguments arguments) {
    var place = access.place(arguments);
    var kind = access.kind(place, arguments.string("kind"));
    var name = arguments.string("name", "").strip();
    var selector = arguments.string("selector", "").strip();
    if (name.isEmpty() == selector.isEmpty()) {
      throw ToolFailure.invalid("it is not said what to wait for", "give 'name' or 'selector'");
    }
    var goal = Goal.of(arguments.string("for"));
    if (kind.equals(Kind.SECRET) && goal instanceof Goal.Field) {
      throw ToolFailure.invalid(
          "a field of a Secret is not waited for: the answer would tell its value",
          "wait for create or delete, or read it with k8s_get values=true, which asks");
    }
    int seconds = arguments.integer("seconds", STANDARD_SECONDS);
    var waiting = new WaitFor(place, kind, name, selector, goal);
    return Action.of(
            "wait for " + goal.words() + " of " + waiting.words(),
            place.reads(kind, name),
            call -> waiting.run(call, seconds))
        .within(Duration.ofSeconds(seconds + 10L));
  }

  private String words() {
    return kind.name() + " " + (name.isEmpty() ? selector : name) + " in " + place.words(kind);
  }

  private ToolResult run(Call call, int seconds) {
    var began = Instant.now();
    var end = began.plusSeconds(seconds);
    var cancelled = new CountDownLatch(1);
    call.onCancel(cancelled::countDown);
    var state = look();
    while (!state.met()) {
      if (state.hopeless()) {
        throw new ToolFailure(
            ToolResult.Kind.CONFLICT, words() + " will not get there: " + state.text(), hint());
      }
      if (Instant.now().isAfter(end)) {
        throw new ToolFailure(
            ToolResult.Kind.LIMIT,
            "after " + seconds + " s " + goal.words() + " is not met: " + state.text(),
            hint());
      }
      call.progress(state.text());
      pause(cancelled, Duration.between(began, Instant.now()));
      state = look();
    }
    var took = Duration.between(began, Instant.now()).toSeconds();
    var when = took == 0 ? "already" : "after " + took + " s";
    return ToolResult.ok(goal.words() + " is met " + when + ": " + state.text());
  }

  private String hint() {
    return goal.wantsPresence() ? "k8s_diagnose says why" : "";
  }

  /** Every half second at first, then every two. */
  private static void pause(CountDownLatch cancelled, Duration waited) {
    long millis = waited.toSeconds() < 5 ? 500 : 2_000;
    try {
      if (!cancelled.await(millis, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ToolFailure(ToolResult.Kind.LIMIT, "the wait was stopped before its end", "");
  }

  private Goal.State look() {
    var objects = objects();
    if (objects.isEmpty() && goal.wantsPresence() && !goal.wantsCreation()) {
      if (!name.isEmpty()) {
        GetObject.object(place, kind, name); // fails with the names that are there
      }
      throw ToolFailure.notFound("there is no " + words(), "k8s_list shows what there is");
    }
    return goal.state(objects);
  }

  private List<Json> objects() {
    if (!selector.isEmpty()) {
      return place
          .cluster()
          .items(kind, place.namespace(), "labelSelector=" + Kind.encode(selector));
    }
    return place.cluster().find(kind.path(place.namespace(), name)).map(List::of).orElse(List.of());
  }
}
