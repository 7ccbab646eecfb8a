package dev.fuse.tool.github.api;

import dev.fuse.spi.PluginContext;
import dev.fuse.spi.ToolFailure;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which GitHub is meant.
 *
 * @param api the address of its API, without a slash at the end
 * @param host the name that people know it by, such as {@code github.com}
 * @param named whether the environment or a setting named it, rather than a remote
 */
public record Endpoint(URI api, String host, boolean named) {

  private static final String COM = "github.com";

  /** The setting, then what Actions and {@code gh} set, then a known host of a remote. */
  static Endpoint of(PluginContext context, List<Remotes.Remote> remotes, GhConfig gh) {
    var environment = context.environment();
    var address =
        context
            .setting("api-url")
            .filter(it -> !it.isBlank())
            .or(() -> given(environment, "GITHUB_API_URL"));
    if (address.isPresent()) {
      return at(address.get());
    }
    var host = given(environment, "GH_HOST");
    if (host.isPresent()) {
      return ofHost(host.get(), true);
    }
    return remotes.stream()
        .map(Remotes.Remote::host)
        .filter(it -> it.equals(COM) || gh.knows(it))
        .findFirst()
        .map(it -> ofHost(it, false))
        .orElseGet(() -> ofHost(COM, false));
  }

  static Optional<String> given(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .map(String::strip)
        .filter(it -> !it.isEmpty());
  }

  private static Endpoint at(String address) {
    var text = address.strip().replaceAll("/+$", "");
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException malformed) {
      throw notAnAddress(address);
    }
    var host = uri.getHost();
    if (host == null || !List.of("https", "http").contains(uri.getScheme())) {
      throw notAnAddress(address);
    }
    return new Endpoint(uri, host.equals("api.github.com") ? COM : host, true);
  }

  private static ToolFailure notAnAddress(String address) {
    return ToolFailure.invalid(
        "'" + address + "' is not the address of a GitHub API",
        "set plugins.github.api-url to a URL such as https://HOST/api/v3");
  }

  /** GitHub.com, a tenant of ghe.com, or an Enterprise Server. */
  private static Endpoint ofHost(String given, boolean named) {
    var scheme = given.startsWith("http://") ? "http://" : "https://";
    var host = given.replaceFirst("^https?://", "").replaceAll("/+$", "").toLowerCase(Locale.ROOT);
    var api =
        host.equals(COM) || host.endsWith(".ghe.com")
            ? scheme + "api." + host
            : scheme + host + "/api/v3";
    return new Endpoint(at(api).api(), host, named);
  }

  /** Whether a token may travel there: encrypted, or not leaving this machine. */
  boolean safe() {
    return "https".equals(api.getScheme())
        || List.of("127.0.0.1", "localhost", "[::1]").contains(api.getHost());
  }

  static Path home(Map<String, String> environment) {
    return Path.of(environment.getOrDefault("HOME", "/nonexistent"));
  }
}
