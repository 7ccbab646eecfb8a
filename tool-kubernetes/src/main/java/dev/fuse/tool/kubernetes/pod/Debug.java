package dev.fuse.tool.kubernetes.pod;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Verb;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.change.Change;
import dev.fuse.tool.kubernetes.change.Danger;
import dev.fuse.tool.kubernetes.change.Permission;
import dev.fuse.tool.kubernetes.change.Rehearsal;
import dev.fuse.tool.kubernetes.change.Took;
import dev.fuse.tool.kubernetes.look.Containers;
import dev.fuse.tool.kubernetes.look.GetObject;
import dev.fuse.tool.kubernetes.look.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds an ephemeral container to a pod. */
public final class Debug {

  private static final String SUBRESOURCE = "ephemeralcontainers";
  private static final Duration LONGEST = Duration.ofSeconds(8);

  private Debug() {}

  public static Action prepare(Access access, Arguments arguments) {
    var place = access.place(arguments);
    var pod = GetObject.object(place, Kind.POD, arguments.string("name"));
    if (Containers.ended(pod)) {
      throw ToolFailure.invalid(
          pod.ref() + " has ended (" + pod.text("status.phase") + ")", "choose a running pod");
    }
    arguments
        .findString("container")
        .filter(name -> Containers.spec(pod, name).isEmpty())
        .ifPresent(
            name -> {
              throw ToolFailure.notFound(
                  pod.ref() + " has no container '" + name + "'",
                  "containers: "
                      + Containers.of(pod.at("spec")).stream().map(c -> c.text("name")).toList());
            });
    Permission.check(place, Kind.POD, "patch", pod.name(), SUBRESOURCE);
    var container = container(pod, arguments);
    var name = String.valueOf(container.get("name"));
    var patch = Map.<String, Object>of("spec", Map.of("ephemeralContainers", List.of(container)));
    var rehearsal = Rehearsal.of(place, "PATCH", path(place, pod), Change.STRATEGIC, patch);
    var risk =
        rehearsal
            .after()
            .map(after -> Danger.ofChange(place, Kind.POD, pod, after))
            .orElse(Risk.CRITICAL);
    return Action.of(
            "add container "
                + name
                + " with image "
                + container.get("image")
                + " to "
                + pod.ref()
                + " in context "
                + place.cluster().context(),
            Effect.remote(Verb.EXECUTE, place.target(Kind.POD, pod.name()), risk),
            call -> run(place, pod, name, patch, call))
        .at(Version.of(pod, Kind.POD))
        .showing(() -> preview(place, pod, container, rehearsal));
  }

  private static Map<String, Object> container(Json pod, Arguments arguments) {
    var container = new LinkedHashMap<String, Object>();
    container.put("name", "fuse-debug-" + (pod.list("spec.ephemeralContainers").size() + 1));
    container.put("image", arguments.string("image"));
    if (!arguments.strings("argv").isEmpty()) {
      container.put("command", arguments.strings("argv"));
    }
    container.put("stdin", true); // keeps an image's shell running
    container.put("terminationMessagePolicy", "File");
    arguments.findString("container").ifPresent(name -> container.put("targetContainerName", name));
    return container;
  }

  private static String path(Place place, Json pod) {
    return Kind.POD.path(place.namespace(), pod.name())
        + "/"
        + SUBRESOURCE
        + "?fieldManager=fuse&fieldValidation=Strict";
  }

  private static Preview preview(
      Place place, Json pod, Map<String, Object> container, Rehearsal rehearsal) {
    var lines = new ArrayList<>(rehearsal.notes());
    rehearsal.after().ifPresent(after -> lines.addAll(Danger.reasons(place, Kind.POD, pod, after)));
    lines.add("it cannot be removed; it stays until the pod ends");
    return Preview.diff(
        "Pod " + pod.name() + " in " + place.words(),
        Change.comments(lines)
            + GetObject.yaml(container)
                .lines()
                .map(line -> "+" + line + "\n")
                .collect(java.util.stream.Collectors.joining()));
  }

  private static ToolResult run(
      Place place, Json pod, String name, Map<String, Object> patch, Call call) {
    Change.unchanged(place, Kind.POD, pod);
    place.cluster().change("PATCH", path(place, pod), Change.STRATEGIC, patch);
    var end = Instant.now().plus(LONGEST);
    var status = status(place, pod, name);
    while (!told(status) && Instant.now().isBefore(end) && !Took.ended(call)) {
      status = status(place, pod, name);
    }
    var state = status.map(Debug::words).orElse("its node has not reported it yet");
    return ToolResult.ok(
        "container "
            + name
            + " added to "
            + pod.ref()
            + ": "
            + state
            + "\nk8s_exec name="
            + pod.name()
            + " container="
            + name
            + " runs programs in it");
  }

  private static Optional<Json> status(Place place, Json pod, String name) {
    return GetObject.object(place, Kind.POD, pod.name())
        .list("status.ephemeralContainerStatuses")
        .stream()
        .filter(one -> one.text("name").equals(name))
        .findFirst();
  }

  private static boolean told(Optional<Json> status) {
    return status
        .filter(
            one ->
                one.has("state.running")
                    || one.has("state.terminated")
                    || !one.text("state.waiting.reason", "ContainerCreating")
                        .equals("ContainerCreating"))
        .isPresent();
  }

  private static String words(Json status) {
    if (status.has("state.running")) {
      return "running";
    }
    return status.has("state.terminated")
        ? "ended with exit code " + status.text("state.terminated.exitCode")
        : status.text("state.waiting.reason", "waiting")
            + status.find("state.waiting.message").map(text -> ": " + text).orElse("");
  }
}
