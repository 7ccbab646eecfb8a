package dev.fuse.cli.net;

import dev.fuse.cli.exit.FuseException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code HTTPS_PROXY}, {@code http_proxy}, {@code ALL_PROXY} and {@code NO_PROXY}, as curl and git
 * read them; the JDK reads none of them.
 */
final class ProxyVariables {

  private ProxyVariables() {}

  /**
   * The proxy to a service.
   *
   * @throws FuseException of kind INVALID if a variable names none that can be used
   */
  static Optional<InetSocketAddress> find(Map<String, String> environment, URI service) {
    if (direct(environment, service)) {
      return Optional.empty();
    }
    for (var name : names(service)) {
      var value = environment.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        return Optional.of(of(name, value));
      }
    }
    return Optional.empty();
  }

  /** HTTP_PROXY in capitals is not read, since a web server's CGI may set it from a request. */
  private static List<String> names(URI service) {
    var names = new ArrayList<String>();
    if ("https".equalsIgnoreCase(service.getScheme())) {
      names.addAll(List.of("https_proxy", "HTTPS_PROXY"));
    } else {
      names.add("http_proxy");
    }
    names.addAll(List.of("all_proxy", "ALL_PROXY"));
    return names;
  }

  private static InetSocketAddress of(String name, String value) {
    try {
      var proxy = URI.create(value.contains("://") ? value : "http://" + value);
      if (proxy.getHost() != null && "http".equalsIgnoreCase(proxy.getScheme())) {
        int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
        return new InetSocketAddress(proxy.getHost(), port);
      }
    } catch (IllegalArgumentException e) {
      throw unusable(name, value);
    }
    throw unusable(name, value);
  }

  private static FuseException unusable(String name, String value) {
    return new FuseException(
        FuseException.Kind.INVALID,
        name + " is '" + value.replaceAll("//.*@", "//…@") + "', which is not an http proxy",
        "set it to one such as http://proxy.example.com:3128, or name the model's host in"
            + " NO_PROXY");
  }

  private static boolean direct(Map<String, String> environment, URI service) {
    var host = service.getHost().toLowerCase(Locale.ROOT);
    if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
      return true;
    }
    var exceptions = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
    for (var exception : exceptions.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
      var domain = exception.replaceFirst("^\\*?\\.", "").replaceFirst(":\\d+$", "");
      if (domain.equals("*") || host.equals(domain)) {
        return true;
      }
      if (!domain.isEmpty() && host.endsWith("." + domain)) {
        return true;
      }
    }
    return false;
  }
}
