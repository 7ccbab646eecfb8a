package dev.fuse.tool.kubernetes.pod;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Undo;
import dev.fuse.spi.Verb;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.api.Problems;
import dev.fuse.tool.kubernetes.change.Change;
import dev.fuse.tool.kubernetes.change.Permission;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Ports of this machine that lead into pods, open until they are ended or the plugin is closed. */
public final class Forwards implements AutoCloseable {

  private final Map<String, LocalPortForward> open = new ConcurrentHashMap<>();

  /** Where a forward leads. */
  private record Way(Inside in, int port, Optional<Integer> local) {

    String key() {
      return in.place().cluster().context()
          + "/"
          + in.place().namespace()
          + "/"
          + in.pod().name()
          + ":"
          + port;
    }

    Target target() {
      return Target.of(
          Place.SYSTEM,
          "context",
          in.place().cluster().context(),
          "namespace",
          in.place().namespace(),
          "kind",
          "Pod",
          "port",
          String.valueOf(port),
          "name",
          in.pod().name());
    }

    String words() {
      return "port " + port + " of Pod " + in.pod().name() + " in " + in.place().words();
    }
  }

  public Action prepare(Access access, Arguments arguments) {
    var place = access.place(arguments);
    var in = Inside.of(place, arguments);
    int port = port(place, in, arguments.string("name"), arguments.integer("port"));
    var local =
        arguments.has("local_port")
            ? Optional.of(arguments.integer("local_port"))
            : Optional.<Integer>empty();
    var way = new Way(in, port, local);
    boolean stop = arguments.bool("stop", false);
    if (!stop) {
      Permission.check(place, Kind.POD, "create", in.pod().name(), "portforward");
    }
    return Action.of(
            (stop ? "end the forward to " : "forward a port of 127.0.0.1 to ") + way.words(),
            Effect.remote(Verb.EXECUTE, way.target(), in.risk()),
            _ -> stop ? stop(way) : start(way, arguments))
        .at(in.pod().uid())
        .showing(() -> preview(way));
  }

  private static Preview preview(Way way) {
    var from = "127.0.0.1:" + way.local().map(String::valueOf).orElse("(a free port)");
    return Preview.text(
        "forward to " + way.words(),
        Change.comments(way.in().notes())
            + from
            + " → "
            + way.in().pod().name()
            + ":"
            + way.port()
            + "\nany program on this machine may use it until this conversation ends");
  }

  /** The container's port that a Service's port leads to; other names mean the container's own. */
  private static int port(Place place, Inside in, String name, int port) {
    if (in.pod().name().equals(name)) {
      return port;
    }
    var service = place.cluster().find(Kind.SERVICE.path(place.namespace(), name));
    var entry =
        service.stream()
            .flatMap(one -> one.list("spec.ports").stream())
            .filter(one -> one.number("port", 0) == port)
            .findFirst();
    if (entry.isEmpty()) {
      return port;
    }
    var target = entry.get().text("targetPort", String.valueOf(port));
    return target.matches("\\d+") ? Integer.parseInt(target) : named(in.pod(), target);
  }

  private static int named(Json pod, String name) {
    return pod.list("spec.containers").stream()
        .flatMap(container -> container.list("ports").stream())
        .filter(one -> one.text("name").equals(name))
        .map(one -> (int) one.number("containerPort", 0))
        .findFirst()
        .orElseThrow(
            () ->
                ToolFailure.notFound(
                    pod.ref() + " names no port '" + name + "'", "compare with k8s_get"));
  }

  private ToolResult start(Way way, Arguments arguments) {
    way.in().check();
    var old = open.get(way.key());
    if (old != null && old.isAlive()) {
      return ToolResult.ok(way.words() + " is forwarded already, at " + address(old));
    }
    try {
      var forward = connect(way);
      open.put(way.key(), forward);
      var stop = new java.util.LinkedHashMap<>(arguments.values());
      stop.put("context", way.in().place().cluster().context());
      stop.put("namespace", way.in().place().namespace());
      stop.put("name", way.in().pod().name());
      stop.put("port", way.port());
      stop.put("stop", true);
      return ToolResult.ok(
              address(forward)
                  + " leads to "
                  + way.words()
                  + ", until this conversation ends or k8s_port_forward stop=true")
          .undo(
              new Undo(
                  "k8s_port_forward",
                  stop,
                  "end the forward to " + way.words(),
                  Optional.of(way.in().pod().uid()),
                  java.util.List.of()));
    } catch (IOException | KubernetesClientException e) {
      var root = Problems.root(e);
      throw new ToolFailure(
          ToolResult.Kind.UNAVAILABLE,
          "the forward to " + way.words() + " could not be opened: " + root,
          e.getCause() instanceof BindException || root.contains("in use")
              ? "choose another local_port, or leave it out"
              : "is the pod running?");
    }
  }

  private static LocalPortForward connect(Way way) throws IOException {
    return way.in()
        .place()
        .cluster()
        .client()
        .pods()
        .inNamespace(way.in().place().namespace())
        .withName(way.in().pod().name())
        .portForward(
            way.port(), InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), way.local().orElse(0));
  }

  private static String address(LocalPortForward forward) {
    return "127.0.0.1:" + forward.getLocalPort();
  }

  private ToolResult stop(Way way) throws IOException {
    var forward = open.remove(way.key());
    if (forward == null) {
      return ToolResult.ok(
          "there is no forward to " + way.words() + "; open are: " + open.keySet());
    }
    forward.close();
    return ToolResult.ok("the forward to " + way.words() + " is ended");
  }

  @Override
  public void close() throws IOException {
    for (var forward : open.values()) {
      forward.close();
    }
  }
}
