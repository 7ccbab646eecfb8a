package dev.fuse.tool.kubernetes.api;

import dev.fuse.spi.PluginContext;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Connects to the server of one context as its kubeconfig says: directly where that is something
 * that {@link DirectTransport} can do, else through the client library.
 */
record Connecting(PluginContext context, KubeConfig config, String name, String server) {

  private static final int CONNECT_MILLIS = 5_000;

  /** What only the library does; each under the key of the kubeconfig that asks for it. */
  private static final List<String> LIBRARY_USER =
      List.of("auth-provider", "as-uid", "as-user-extra");

  private static final List<String> LIBRARY_CLUSTER = List.of("proxy-url", "tls-server-name");

  private static final List<String> PROXIES = List.of("https_proxy", "http_proxy", "all_proxy");

  /** A connection for requests. */
  Transport transport(Supplier<KubernetesClient> library) {
    var root = server.replaceAll("/$", "");
    if (library()) {
      return new LibraryTransport(root, library);
    }
    checkProgram();
    try {
      return direct(root);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw unusable(e);
    }
  }

  private boolean library() {
    return name.equals(Clusters.IN_CLUSTER)
        || LIBRARY_USER.stream().anyMatch(user()::has)
        || LIBRARY_CLUSTER.stream().anyMatch(config.cluster(name)::has)
        || PROXIES.stream().anyMatch(this::set);
  }

  private boolean set(String variable) {
    var variables = context.environment();
    return !variables.getOrDefault(variable, "").isBlank()
        || !variables.getOrDefault(variable.toUpperCase(java.util.Locale.ROOT), "").isBlank();
  }

  private DirectTransport direct(String root) throws IOException, GeneralSecurityException {
    var cluster = config.cluster(name);
    var login = login();
    var program = Optional.of(login).filter(_ -> user().has("exec.command")).map(Login::program);
    var http =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofMillis(CONNECT_MILLIS))
            .proxy(HttpClient.Builder.NO_PROXY);
    if (root.startsWith("https:")) {
      var authority = pem(cluster, "certificate-authority");
      boolean any = cluster.text("insecure-skip-tls-verify").equals("true");
      var key = key().or(() -> program.flatMap(LoginProgram::certificate));
      http.sslContext(ServerTrust.tls(authority, any, key));
    } else {
      // An upgrade to HTTP/2 in the clear is something that a proxy of kubectl's does not know.
      http.version(HttpClient.Version.HTTP_1_1);
    }
    return context.own(new DirectTransport(root, http.build(), Credentials.of(login, program)));
  }

  private Optional<ClientKey> key() throws IOException {
    var certificate = pem(user(), "client-certificate");
    var key = pem(user(), "client-key");
    return certificate.isPresent() && key.isPresent()
        ? Optional.of(ClientKey.of(certificate.get(), key.get()))
        : Optional.empty();
  }

  /** What a kubeconfig holds in Base64 under {@code key-data}, or in the file that it names. */
  private static Optional<String> pem(Json entry, String key) throws IOException {
    var data = entry.find(key + "-data");
    if (data.isPresent()) {
      return Optional.of(
          new String(Base64.getMimeDecoder().decode(data.get()), StandardCharsets.UTF_8));
    }
    var file = entry.find(key);
    return file.isPresent() ? Optional.of(Files.readString(Path.of(file.get()))) : Optional.empty();
  }

  private Json user() {
    return name.equals(Clusters.IN_CLUSTER) ? Json.EMPTY : config.user(name);
  }

  private Login login() {
    return new Login(name, user(), config.cluster(name), context.environment());
  }

  /** The library's client, which is closed with the plugin. */
  KubernetesClient client() {
    try {
      var settings = settings();
      settings.setRequestRetryBackoffLimit(0);
      settings.setConnectionTimeout(CONNECT_MILLIS);
      settings.setUserAgent("fuse");
      var builder = new KubernetesClientBuilder().withConfig(settings);
      var key = key();
      if (key.isPresent()) {
        // The library does not read every key that kubeconfigs hold.
        settings.setClientKeyData(null);
        settings.setClientKeyFile(null);
        settings.setClientCertData(null);
        settings.setClientCertFile(null);
        var trust = SSLUtils.trustManagers(settings);
        builder.withHttpClientBuilderConsumer(http -> http.sslContext(key.get().managers(), trust));
      }
      return context.own(builder.build());
    } catch (KubernetesClientException
        | IOException
        | GeneralSecurityException
        | IllegalStateException
        | IllegalArgumentException e) {
      throw unusable(e);
    }
  }

  private ToolFailure unusable(Exception e) {
    return new ToolFailure(
        Kind.CREDENTIALS,
        "context '" + name + "' cannot be used: " + Problems.root(e),
        "check its user and cluster in the kubeconfig");
  }

  private Config settings() {
    if (name.equals(Clusters.IN_CLUSTER)) {
      return Config.autoConfigure(null);
    }
    checkProgram();
    var chosen = new LinkedHashMap<>(config.merged().fields());
    chosen.put("current-context", name);
    var settings = Config.fromKubeconfig(Serialization.asJson(chosen));
    login().complete(settings);
    return settings;
  }

  private void checkProgram() {
    Optional.of(user().at("exec"))
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
}
