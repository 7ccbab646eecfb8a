package dev.fuse.tool.kubernetes.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.api.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** Reads logs of many pods at once. */
public final class Logs {

  private static final int MOST_PODS = 20;
  private static final int MOST_LINES = 120;
  private static final int MOST_BYTES = 4 << 20;
  private static final Pattern SINCE = Pattern.compile("(\\d{1,6})([smhd])");

  private Logs() {}

  public static Action prepare(Access access, Arguments arguments) {
    var place = access.place(arguments);
    var name = arguments.string("name");
    var kind = arguments.findString("kind").map(given -> access.kind(place, given));
    var grep = ListObjects.pattern(arguments.string("grep", ""));
    var options = options(arguments);
    return Action.of(
        "logs of " + name + " in " + place.words(),
        place.reads(kind.map(Kind::name).orElse("Pod"), name),
        _ -> {
          var pods =
              kind.map(k -> Pods.owned(place, GetObject.object(place, k, name)))
                  .orElseGet(() -> Pods.named(place, name));
          return run(place, pods, arguments.string("container", ""), options, grep);
        });
  }

  /** The log of a container; a failure is told as a line of it. */
  public static LogText read(Place place, Json pod, String container, String options) {
    var path =
        Kind.POD.path(pod.namespace(), pod.name())
            + "/log?container="
            + Kind.encode(container)
            + "&limitBytes="
            + MOST_BYTES
            + options;
    var text = place.cluster().text(path);
    var cut = text.length() >= MOST_BYTES ? "\n… cut after 4 MB: lower tail for newer lines" : "";
    return LogText.of(text + cut);
  }

  private static String options(Arguments arguments) {
    var previous = arguments.bool("previous", false) ? "&previous=true" : "";
    var since =
        arguments.findString("since").filter(text -> !text.isBlank()).map(Logs::since).orElse("");
    return "&tailLines=" + arguments.integer("tail", 200) + previous + since;
  }

  private static String since(String text) {
    var match = SINCE.matcher(text);
    if (!match.matches()) {
      throw ToolFailure.invalid("'" + text + "' is not a time such as 10m", "give 30s, 10m, 2h");
    }
    long unit =
        switch (match.group(2)) {
          case "s" -> 1;
          case "m" -> 60;
          case "h" -> 3600;
          default -> 86_400;
        };
    return "&sinceSeconds=" + Math.max(1, Long.parseLong(match.group(1)) * unit);
  }

  private static ToolResult run(
      Place place, List<Json> pods, String container, String options, Pattern grep) {
    if (pods.isEmpty()) {
      return ToolResult.ok("It has no pods.");
    }
    var parts = new ArrayList<String>();
    var shown = pods.subList(0, Math.min(MOST_PODS, pods.size()));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running =
          shown.stream()
              .flatMap(
                  pod ->
                      names(pod, container).stream()
                          .map(name -> threads.submit(() -> part(place, pod, name, options, grep))))
              .toList();
      running.forEach(one -> parts.add(Waiting.on(one)));
    }
    if (parts.isEmpty()) {
      throw ToolFailure.notFound(
          "there is no container '" + container + "'",
          "containers: " + String.join(", ", names(shown.getFirst(), "")));
    }
    if (pods.size() > shown.size()) {
      parts.add("… " + (pods.size() - shown.size()) + " more pods were not read");
    }
    return ToolResult.ok(String.join("\n\n", parts));
  }

  private static List<String> names(Json pod, String container) {
    return Containers.of(pod.at("spec")).stream()
        .map(one -> one.text("name"))
        .filter(name -> container.isEmpty() || name.equals(container))
        .toList();
  }

  private static String part(
      Place place, Json pod, String container, String options, Pattern grep) {
    var title = "== " + pod.name() + " " + container;
    try {
      var all = read(place, pod, container, options);
      var folded = all.matching(grep).folded();
      var capped = folded.capped(MOST_LINES);
      int left = folded.lines().size() - capped.lines().size();
      var counted = all.lines().size() + " lines" + (left > 0 ? ", " + left + " left out" : "");
      return title + " (" + counted + ")\n" + capped.text();
    } catch (ToolFailure failure) {
      return title + " (not read: " + failure.result().problem() + ")";
    }
  }
}
