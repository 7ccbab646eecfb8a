package dev.fuse.tool.gcp.diagnose;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.look.Later;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads Kubernetes through the tools of its plugin; without that plugin everything is not checked.
 */
final class Kube {

  static final String[] TOOLS = {"k8s_list", "k8s_get", "k8s_contexts"};

  private final Call call;
  private final String context;
  private final Map<String, Later<ToolResult>> asked = new ConcurrentHashMap<>();

  /**
   * One cluster.
   *
   * @param context empty for the pinned one
   */
  Kube(Call call, String context) {
    this.call = call;
    this.context = context;
  }

  /** A row of a list. */
  record Row(String kind, String namespace, String name) {}

  /** What was looked for, or why it was not seen. */
  record Answer<T>(Optional<T> value, String why) {

    boolean missing() {
      return value.isEmpty() && why.startsWith("NOT_FOUND");
    }
  }

  /** The contexts of the kubeconfig with their servers. */
  static List<Json> contexts(Call call) {
    return call.call("k8s_contexts", Arguments.of()) instanceof ToolResult.Ok ok
        ? rows(ok.structured().orElse(List.of()))
        : List.of();
  }

  /** Begins to list a kind in all namespaces. */
  void ahead(String kind) {
    ask("k8s_list", Map.of("kind", kind, "all_namespaces", true, "limit", 1000L));
  }

  /** The objects of a kind, in all namespaces or in one. */
  Answer<List<Row>> list(String kind, Optional<String> namespace) {
    var arguments = new LinkedHashMap<String, Object>(Map.of("kind", kind, "limit", 1000L));
    namespace.ifPresentOrElse(
        name -> arguments.put("namespace", name), () -> arguments.put("all_namespaces", true));
    return switch (ask("k8s_list", arguments).get()) {
      case ToolResult.Ok ok ->
          new Answer<>(
              Optional.of(
                  rows(ok.structured().orElse(List.of())).stream()
                      .map(row -> row(kind, namespace, row))
                      .filter(row -> !row.name().isEmpty())
                      .toList()),
              "");
      case ToolResult.Failed failed -> new Answer<>(Optional.empty(), why(failed));
    };
  }

  private static Row row(String kind, Optional<String> namespace, Json row) {
    return new Row(kind, row.find("namespace").or(() -> namespace).orElse(""), row.text("name"));
  }

  /** One object. */
  Answer<Json> get(String kind, String namespace, String name) {
    var arguments = new LinkedHashMap<String, Object>(Map.of("kind", kind, "name", name));
    if (!namespace.isEmpty()) {
      arguments.put("namespace", namespace);
    }
    return switch (ask("k8s_get", arguments).get()) {
      case ToolResult.Ok ok -> new Answer<>(ok.structured().map(Json::ofValue), "");
      case ToolResult.Failed failed -> new Answer<>(Optional.empty(), why(failed));
    };
  }

  /** Begins to read one object. */
  void ahead(String kind, String namespace, String name) {
    ask("k8s_get", Map.of("kind", kind, "name", name, "namespace", namespace));
  }

  private Later<ToolResult> ask(String tool, Map<String, Object> arguments) {
    var all = new LinkedHashMap<>(arguments);
    if (!context.isEmpty()) {
      all.put("context", context);
    }
    var key = tool + new java.util.TreeMap<>(all);
    return asked.computeIfAbsent(key, _ -> Later.of(() -> call.call(tool, new Arguments(all))));
  }

  private static List<Json> rows(Object structured) {
    return structured instanceof List<?> list
        ? list.stream().map(Json::ofValue).toList()
        : List.of();
  }

  private static String why(ToolResult.Failed failed) {
    return failed.kind() + ": " + failed.problem();
  }
}
