package dev.fuse.tool.github.api;

import dev.fuse.spi.PluginContext;
import dev.fuse.spi.ToolFailure;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where we are: the folder's remotes, the GitHub that is meant, and its client, made when asked.
 */
public final class Site {

  private static final Pattern NAMED =
      Pattern.compile(
          "(?<![\\w./@-])(?:https?://[^\\s/]+/)?([A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100})(?![\\w-])(/[\\w/.#-]*)?");
  private static final Pattern CUE =
      Pattern.compile(
          "(?i)(?:\\b(?:of|in|for|on|at|from|to|repo|repository|github\\.com)|/)\\W{0,2}$");
  private static final Pattern FILE =
      Pattern.compile(
          "(?i).*\\.(ya?ml|json|java|kt|go|py|js|ts|tsx|rs|rb|md|txt|sh|toml|xml|gradle|tf|lock|log)");

  private @Nullable PluginContext context;
  private List<Remotes.Remote> remotes = List.of();
  private @Nullable GitHub client;

  /** Remembers where the plugin runs; nothing is connected yet. */
  public synchronized void open(PluginContext opened) {
    context = opened;
    remotes = Remotes.of(opened.directory());
  }

  /** The client of the GitHub that is meant. */
  public synchronized GitHub github() {
    if (client == null) {
      var here = context();
      var gh = GhConfig.of(here.environment());
      var endpoint = Endpoint.of(here, remotes, gh);
      client =
          here.own(
              new GitHub(
                  endpoint,
                  Credentials.of(here, endpoint, gh),
                  http(endpoint, here.environment())));
    }
    return client;
  }

  /** The host that is meant, without connecting to it. */
  public synchronized String host() {
    return Endpoint.of(context(), remotes, GhConfig.of(context().environment())).host();
  }

  /**
   * The repository that is meant: named, pinned, in the question, or the remote's.
   *
   * @param argument what the caller named; may be empty
   * @param question may be empty
   */
  public RepoName repository(String argument, String question) {
    return find(argument, question)
        .orElseThrow(
            () ->
                ToolFailure.invalid(
                    "no repository is named, and this folder has no remote on GitHub",
                    "name it as owner/name, or use --repo"));
  }

  /** The same, where there is one. */
  public Optional<RepoName> find(String argument, String question) {
    if (!argument.isBlank()) {
      return Optional.of(complete(argument));
    }
    return context()
        .pinned("repository")
        .map(RepoName::of)
        .or(() -> inQuestion(question))
        .or(() -> remotes.stream().findFirst().map(Remotes.Remote::repository));
  }

  /** A bare name is a remote's repository, or one of the same owner. */
  private RepoName complete(String argument) {
    if (argument.contains("/")) {
      return RepoName.of(argument);
    }
    return remotes.stream()
        .map(Remotes.Remote::repository)
        .filter(it -> it.name().equalsIgnoreCase(argument))
        .findFirst()
        .or(
            () ->
                remotes.stream()
                    .findFirst()
                    .map(it -> new RepoName(it.repository().owner(), argument)))
        .orElseThrow(
            () -> ToolFailure.invalid("'" + argument + "' has no owner", "write owner/name"));
  }

  private Optional<RepoName> inQuestion(String question) {
    var matcher = NAMED.matcher(question);
    RepoName likely = null;
    while (matcher.find()) {
      var name = RepoName.find(matcher.group(1).replaceAll("[.]+$", ""));
      if (name.isEmpty() || FILE.matcher(matcher.group(1)).matches()) {
        continue;
      }
      boolean known = remotes.stream().anyMatch(it -> same(it.repository(), name.get()));
      boolean address = matcher.group().contains("://");
      if (known || address || owners(name.get())) {
        return name;
      }
      if (likely == null && CUE.matcher(question.substring(0, matcher.start())).find()) {
        likely = name.get();
      }
    }
    if (likely != null) {
      return Optional.of(likely);
    }
    var words = List.of(question.toLowerCase(Locale.ROOT).split("[^\\w.-]+"));
    return remotes.stream()
        .map(Remotes.Remote::repository)
        .filter(it -> words.contains(it.name().toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  private boolean owners(RepoName name) {
    return remotes.stream().anyMatch(it -> it.repository().owner().equalsIgnoreCase(name.owner()));
  }

  private static boolean same(RepoName one, RepoName other) {
    return one.toString().equalsIgnoreCase(other.toString());
  }

  private PluginContext context() {
    if (context == null) {
      throw new IllegalStateException("the plugin is not open");
    }
    return context;
  }

  private static HttpClient http(Endpoint endpoint, Map<String, String> environment) {
    var builder =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5));
    if (endpoint.api().getScheme().equals("http")) {
      builder.version(HttpClient.Version.HTTP_1_1);
    }
    proxy(endpoint, environment).ifPresent(builder::proxy);
    return builder.build();
  }

  /** The proxy of the environment, as other programs take it. */
  private static Optional<ProxySelector> proxy(Endpoint endpoint, Map<String, String> environment) {
    var name = endpoint.api().getScheme() + "_proxy";
    var proxy =
        Endpoint.given(environment, name.toUpperCase(Locale.ROOT))
            .or(() -> Endpoint.given(environment, name));
    var spared = environment.getOrDefault("NO_PROXY", environment.getOrDefault("no_proxy", ""));
    if (proxy.isEmpty() || List.of(spared.split("[, ]+")).contains(endpoint.api().getHost())) {
      return Optional.empty();
    }
    try {
      var address = URI.create(proxy.get().contains("://") ? proxy.get() : "http://" + proxy.get());
      int port = address.getPort() < 0 ? 80 : address.getPort();
      return Optional.of(ProxySelector.of(new InetSocketAddress(address.getHost(), port)));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
