package dev.fuse.tool.fs.machine.check;

import dev.fuse.spi.Finding;
import dev.fuse.tool.fs.machine.Machine;
import dev.fuse.tool.fs.machine.ProxyText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether the proxy variables agree with each other. */
record ProxyCheck(Map<String, String> environment, Machine machine) implements MachineCheck {

  @Override
  public String name() {
    return "proxy variables";
  }

  @Override
  public List<Finding> findings() {
    var found = new ArrayList<Finding>();
    for (var name : List.of("http_proxy", "https_proxy", "no_proxy", "all_proxy")) {
      var lower = value(name);
      var upper = value(name.toUpperCase(Locale.ROOT));
      if (lower.isPresent() && upper.isPresent() && !lower.equals(upper)) {
        found.add(
            Finding.warning(
                name,
                "%s is '%s' and %s is '%s'"
                    .formatted(
                        name,
                        ProxyText.shown(lower.get()),
                        name.toUpperCase(Locale.ROOT),
                        ProxyText.shown(upper.get())),
                "some programs read one, some the other: curl works where another fails",
                "set both to the same"));
      }
    }
    either("https_proxy").or(() -> either("http_proxy")).ifPresent(proxy -> proxy(proxy, found));
    if (either("http_proxy").isPresent() && either("https_proxy").isEmpty()) {
      found.add(
          Finding.warning(
              "https_proxy",
              "HTTP_PROXY is set and HTTPS_PROXY is not",
              "https goes past the proxy",
              "set HTTPS_PROXY too, or unset HTTP_PROXY"));
    }
    return found;
  }

  private void proxy(String proxy, List<Finding> found) {
    var none = either("no_proxy").orElse("");
    if (!none.contains("localhost") && !none.contains("127.0.0.1") && !none.equals("*")) {
      found.add(
          Finding.warning(
              "NO_PROXY",
              "a proxy is set and NO_PROXY is '" + ProxyText.shown(none) + "'",
              "calls of localhost go to the proxy, which cannot reach it",
              "export NO_PROXY=localhost,127.0.0.1"
                  + (none.isEmpty() ? "" : "," + ProxyText.shown(none))));
    }
    try {
      var uri = new URI(proxy.contains("://") ? proxy : "http://" + proxy);
      if (uri.getHost() == null || uri.getPort() < 0) {
        found.add(
            Finding.warning(
                "proxy",
                "'" + ProxyText.shown(proxy) + "' has no host and port",
                "programs guess the port, each another",
                "write it like http://host:3128"));
        return;
      }
      boolean here = List.of("localhost", "127.0.0.1", "[::1]").contains(uri.getHost());
      if (here && machine.listening().stream().noneMatch(one -> one.port() == uri.getPort())) {
        found.add(
            Finding.error(
                "proxy",
                "'"
                    + ProxyText.shown(proxy)
                    + "' is set and nobody listens on port "
                    + uri.getPort(),
                "the local proxy is not running",
                "start it, or unset the proxy variables"));
      }
    } catch (URISyntaxException e) {
      found.add(
          Finding.error(
              "proxy",
              "'" + ProxyText.shown(proxy) + "' is no URL",
              e.getReason(),
              "write it like http://host:3128"));
    }
  }

  private Optional<String> either(String name) {
    return value(name).or(() -> value(name.toUpperCase(Locale.ROOT)));
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
  }
}
