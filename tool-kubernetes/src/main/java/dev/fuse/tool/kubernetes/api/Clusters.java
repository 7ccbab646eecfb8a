package dev.fuse.tool.kubernetes.api;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The clusters of the kubeconfig, each connected to once and only when it is asked for. */
public final class Clusters {

  static final String IN_CLUSTER = "in-cluster";

  private final PluginContext context;
  private final Map<String, Cluster> clusters = new ConcurrentHashMap<>();
  private final Map<String, Transport> transports = new ConcurrentHashMap<>();
  private final Map<String, KubernetesClient> clients = new ConcurrentHashMap<>();

  public Clusters(PluginContext context) {
    this.context = context;
  }

  /** The folder that relative paths of this machine are in. */
  public Path directory() {
    return context.directory();
  }

  public KubeConfig config() {
    return KubeConfig.read(context);
  }

  /** The cluster and namespace that the arguments name, else the pinned ones. */
  Place place(Arguments arguments) {
    var config = config();
    var standard = standard(config);
    var name = arguments.findString("context").filter(c -> !c.isBlank()).orElse(standard);
    var namespace =
        arguments
            .findString("namespace")
            .filter(given -> !given.isBlank())
            .or(() -> context.pinned("namespace").filter(p -> name.equals(standard)))
            .filter(given -> !given.isBlank())
            .orElseGet(() -> namespaceOf(config, name));
    var discovery = cluster(config, name);
    return new Place(discovery, namespace);
  }

  /** The context of this conversation. */
  String standard() {
    return standard(config());
  }

  private String standard(KubeConfig config) {
    return context
        .pinned("context")
        .filter(name -> !name.isBlank())
        .orElseGet(() -> config.contexts().isEmpty() ? IN_CLUSTER : config.current());
  }

  /** Makes the client of the pinned context and connects, so that the first call need not. */
  public void warm() {
    try {
      place(Arguments.of()).cluster().get("/version");
    } catch (RuntimeException | LinkageError _) {
      return; // the first call says why, or there is none: Fuse has ended and taken the classes
      // away
    }
  }

  private Cluster cluster(KubeConfig config, String name) {
    if (config.contexts().isEmpty() && inCluster()) {
      return cluster(config, IN_CLUSTER, inClusterServer());
    }
    if (config.contexts().isEmpty()) {
      throw new ToolFailure(
          Kind.CREDENTIALS,
          "there is no kubeconfig: looked for " + KubeConfig.candidates(context),
          "set KUBECONFIG, or make one with your provider's command (get-credentials)");
    }
    if (name.isEmpty()) {
      throw ToolFailure.invalid(
          "the kubeconfig has no current context",
          "give 'context', one of: " + String.join(", ", config.contexts()));
    }
    config.context(name);
    return cluster(config, name, config.server(name));
  }

  private Cluster cluster(KubeConfig config, String name, String server) {
    return clusters.computeIfAbsent(
        name,
        key -> {
          var connecting = new Connecting(context, config, key, server);
          return new Cluster(
              key,
              key.equals(IN_CLUSTER) ? "" : config.clusterName(key),
              server,
              () ->
                  transports.computeIfAbsent(
                      key, _ -> connecting.transport(() -> client(connecting))),
              () -> client(connecting));
        });
  }

  private KubernetesClient client(Connecting connecting) {
    return clients.computeIfAbsent(connecting.name(), _ -> connecting.client());
  }

  private boolean inCluster() {
    return context.environment().containsKey("KUBERNETES_SERVICE_HOST");
  }

  private String inClusterServer() {
    var environment = context.environment();
    return "https://"
        + environment.get("KUBERNETES_SERVICE_HOST")
        + ":"
        + environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
  }

  private static String namespaceOf(KubeConfig config, String name) {
    if (!config.contexts().contains(name)) {
      return "default";
    }
    return config.context(name).text("namespace", "default");
  }
}
