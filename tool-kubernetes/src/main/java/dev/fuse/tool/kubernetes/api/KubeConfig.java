package dev.fuse.tool.kubernetes.api;

import dev.fuse.spi.PluginContext;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.text.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The kubeconfig files that {@code KUBECONFIG} names, merged as kubectl merges them: of two entries
 * of one name the first wins; paths are relative to the file they stand in.
 *
 * @param merged one kubeconfig
 * @param files those that were read
 */
public record KubeConfig(Json merged, List<Path> files) {

  private static final List<String> LISTS = List.of("clusters", "contexts", "users");
  private static final List<String> PATHS =
      List.of("certificate-authority", "client-certificate", "client-key", "tokenFile");

  /** A list may hold the same entry twice by reference; a kubeconfig needs no more than that. */
  private static final LoadSettings YAML =
      LoadSettings.builder().setMaxAliasesForCollections(50).build();

  /** Reads the files that the environment names, else {@code ~/.kube/config}. */
  static KubeConfig read(PluginContext context) {
    var merged = new LinkedHashMap<String, Object>();
    LISTS.forEach(list -> merged.put(list, new ArrayList<Map<String, Object>>()));
    var files = new ArrayList<Path>();
    for (var file : candidates(context)) {
      if (Files.isRegularFile(file)) {
        merge(merged, file);
        files.add(file);
      }
    }
    return new KubeConfig(new Json(merged), List.copyOf(files));
  }

  static List<Path> candidates(PluginContext context) {
    var variable = context.environment().getOrDefault("KUBECONFIG", "");
    if (variable.isBlank()) {
      var home = context.environment().getOrDefault("HOME", "");
      return home.isEmpty() ? List.of() : List.of(Path.of(home, ".kube", "config"));
    }
    var files = new ArrayList<Path>();
    for (var part : variable.split(java.io.File.pathSeparator, -1)) {
      if (!part.isBlank()) {
        files.add(context.directory().resolve(part));
      }
    }
    return files;
  }

  public List<String> contexts() {
    return merged.list("contexts").stream().map(context -> context.text("name")).toList();
  }

  String current() {
    return merged.text("current-context");
  }

  /** The {@code context} entry of that name. */
  public Json context(String name) {
    return merged.list("contexts").stream()
        .filter(context -> context.text("name").equals(name))
        .map(context -> context.at("context"))
        .findFirst()
        .orElseThrow(
            () ->
                ToolFailure.notFound(
                    "context '"
                        + name
                        + "' is not in the kubeconfig"
                        + Spelling.didYouMean(name, contexts()),
                    "contexts: " + String.join(", ", contexts())));
  }

  public String server(String context) {
    return cluster(context).text("server");
  }

  /** The name of a context's cluster, which often says more than the context's own. */
  String clusterName(String context) {
    return context(context).text("cluster");
  }

  /** What is said of a context's cluster. */
  Json cluster(String context) {
    return entry("clusters", clusterName(context)).at("cluster");
  }

  /** What is said of a context's user. */
  Json user(String context) {
    return entry("users", context(context).text("user")).at("user");
  }

  private Json entry(String list, String name) {
    return merged.list(list).stream()
        .filter(entry -> entry.text("name").equals(name))
        .findFirst()
        .orElse(Json.EMPTY);
  }

  private static void merge(Map<String, Object> merged, Path file) {
    var one = parse(file);
    for (var list : LISTS) {
      for (var entry : one.list(list)) {
        add(merged, list, entry, file);
      }
    }
    one.find("current-context").ifPresent(name -> merged.putIfAbsent("current-context", name));
  }

  @SuppressWarnings("unchecked")
  private static void add(Map<String, Object> merged, String list, Json entry, Path file) {
    var known = (List<Map<String, Object>>) merged.getOrDefault(list, List.of());
    if (known.stream().anyMatch(other -> Json.of(other).text("name").equals(entry.text("name")))) {
      return;
    }
    known.add(absolute(entry, file).fields());
  }

  private static Json absolute(Json entry, Path file) {
    var copy = new LinkedHashMap<String, Object>();
    entry.fields().forEach((key, value) -> copy.put(key, resolved(Json.of(value), value, file)));
    return new Json(copy);
  }

  private static Object resolved(Json inner, Object otherwise, Path file) {
    if (inner.fields().isEmpty()) {
      return otherwise;
    }
    var copy = new LinkedHashMap<>(inner.fields());
    for (var key : PATHS) {
      inner.find(key).ifPresent(path -> copy.put(key, file.resolveSibling(path).toString()));
    }
    inner
        .find("exec.command")
        .filter(command -> command.contains("/"))
        .ifPresent(
            command -> {
              var exec = new LinkedHashMap<>(inner.at("exec").fields());
              exec.put("command", file.resolveSibling(command).normalize().toString());
              copy.put("exec", exec);
            });
    return copy;
  }

  private static Json parse(Path file) {
    try {
      return Json.of(new Load(YAML).loadFromString(Files.readString(file)));
    } catch (IOException | RuntimeException e) {
      throw new ToolFailure(
          Kind.CREDENTIALS,
          "kubeconfig '" + file + "' cannot be read: " + Problems.root(e),
          "correct the file, or name another in KUBECONFIG");
    }
  }
}
