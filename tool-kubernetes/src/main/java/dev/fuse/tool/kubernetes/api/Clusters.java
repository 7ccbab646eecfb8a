package dev.fuse.tool.kubernetes.api;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The clusters of the kubeconfig, each connected to once and only when it is asked for. */
public final class Clusters {

  static final String IN_CLUSTER = "in-cluster";

  private final PluginContext context;
  private final Map<String, Cluster> clusters = new ConcurrentHashMap<>();
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
      return clusters.computeIfAbsent(
          IN_CLUSTER, key -> new Cluster(key, inClusterServer(), () -> client(config, key)));
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
    return clusters.computeIfAbsent(
        name, key -> new Cluster(key, config.server(key), () -> client(config, key)));
  }

  private KubernetesClient client(KubeConfig config, String name) {
    return clients.computeIfAbsent(name, key -> context.own(connect(config, key)));
  }

  private KubernetesClient connect(KubeConfig config, String name) {
    try {
      var settings = settings(config, name);
      settings.setRequestRetryBackoffLimit(0);
      settings.setConnectionTimeout(5_000);
      settings.setUserAgent("fuse");
      var key = ClientKey.take(settings);
      var builder = new KubernetesClientBuilder().withConfig(settings);
      key.ifPresent(own -> builder.withHttpClientBuilderConsumer(http -> own.use(http, settings)));
      return builder.build();
    } catch (KubernetesClientException
        | IOException
        | GeneralSecurityException
        | IllegalStateException
        | IllegalArgumentException e) {
      throw new ToolFailure(
          Kind.CREDENTIALS,
          "context '" + name + "' cannot be used: " + Problems.root(e),
          "check its user and cluster in the kubeconfig");
    }
  }

  private Config settings(KubeConfig config, String name) {
    if (name.equals(IN_CLUSTER)) {
      return Config.autoConfigure(null);
    }
    checkProgram(config, name);
    var chosen = new LinkedHashMap<>(config.merged().fields());
    chosen.put("current-context", name);
    var settings = Config.fromKubeconfig(Serialization.asJson(chosen));
    new Login(name, config.user(name), config.cluster(name)).complete(settings);
    return settings;
  }

  private void checkProgram(KubeConfig config, String name) {
    Optional.of(config.user(name).at("exec"))
        .filter(exec -> exec.has("command") && !onPath(exec.text("command")))
        .ifPresent(
            exec -> {
              throw new ToolFailure(
                  Kind.CREDENTIALS,
                  "context '"
                      + name
                      + "' logs in with '"
                      + exec.text("command")
                      + "', which is not on the PATH",
                  exec.text("installHint", "install it, or name another context"));
            });
  }

  private boolean onPath(String command) {
    if (command.contains("/")) {
      return Files.isExecutable(Path.of(command));
    }
    var folders = context.environment().getOrDefault("PATH", "");
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(folders)
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
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
