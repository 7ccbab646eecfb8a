package dev.fuse.cli.home;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The contexts that the kubeconfig files name, with their servers and namespaces; a file that
 * cannot be read has none.
 *
 * @param files those that were looked for
 */
public record KubeContexts(List<Path> files, Map<String, Named> contexts) {

  private static final long LARGEST = 4 << 20;

  /**
   * One context.
   *
   * @param server the address of its cluster; empty where the file lacks it
   */
  public record Named(String server, Optional<String> namespace) {}

  /** Those of this environment. */
  public static KubeContexts of(Environment environment) {
    var files =
        environment
            .find("KUBECONFIG")
            .map(
                paths ->
                    Stream.of(paths.split(File.pathSeparator))
                        .filter(path -> !path.isBlank())
                        .map(environment::path)
                        .toList())
            .or(() -> environment.home().map(home -> List.of(home.resolve(".kube/config"))))
            .orElse(List.of());
    var contexts = new LinkedHashMap<String, Named>();
    var servers = new LinkedHashMap<String, String>();
    for (var file : files) {
      read(file, contexts, servers);
    }
    return new KubeContexts(files, contexts);
  }

  /** Where it was looked, for people. */
  public String places() {
    return String.join(", ", files.stream().map(Path::toString).toList());
  }

  /** Whether there is a file at all. */
  public boolean present() {
    return files.stream().anyMatch(Files::isRegularFile);
  }

  /** The namespaces that the contexts name. */
  public SortedSet<String> namespaces() {
    var names = new TreeSet<String>();
    contexts.values().forEach(context -> context.namespace().ifPresent(names::add));
    return names;
  }

  private static void read(Path file, Map<String, Named> contexts, Map<String, String> servers) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
        return;
      }
      var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
      if (!(yaml.load(Files.readString(file)) instanceof Map<?, ?> config)) {
        return;
      }
      items(config, "clusters", "cluster")
          .forEach((name, it) -> servers.putIfAbsent(name, text(it, "server")));
      items(config, "contexts", "context")
          .forEach(
              (name, it) ->
                  contexts.putIfAbsent(
                      name,
                      new Named(
                          servers.getOrDefault(text(it, "cluster"), ""),
                          Optional.of(text(it, "namespace")).filter(text -> !text.isEmpty()))));
    } catch (IOException | YAMLException _) {
      // What it would name is not known; the cluster's tools say what is wrong with it.
    }
  }

  private static Map<String, Map<?, ?>> items(Map<?, ?> config, String list, String inner) {
    var items = new LinkedHashMap<String, Map<?, ?>>();
    if (config.get(list) instanceof List<?> all) {
      for (var item : all) {
        if (item instanceof Map<?, ?> named && named.get("name") != null) {
          items.put(
              String.valueOf(named.get("name")),
              named.get(inner) instanceof Map<?, ?> it ? it : Map.of());
        }
      }
    }
    return items;
  }

  private static String text(Map<?, ?> map, String key) {
    var value = map.get(key);
    return value == null ? "" : value.toString();
  }
}
