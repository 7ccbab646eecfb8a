package dev.fuse.tool.fs.machine;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Finding;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Verb;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** {@code system_reach}: how far one gets on the way to a host. */
public final class SystemReach {

  private static final int CONNECT_MILLIS = 3000;
  private static final int ADDRESSES = 4;
  private static final Set<Integer> TLS = Set.of(443, 465, 636, 993, 995, 5671, 6443, 8443, 9443);
  private static final Set<Integer> HTTP = Set.of(80, 443, 6443, 8080, 8443, 9443);
  private static final Duration SKEW = Duration.ofSeconds(30);

  private final Place place;
  private final String host;
  private final int port;
  private final boolean tls;
  private final List<String> lines = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  private SystemReach(Place place, String host, int port, boolean tls) {
    this.place = place;
    this.host = host;
    this.port = port;
    this.tls = tls;
  }

  public static Action prepare(Place place, Arguments arguments) {
    var host = arguments.string("host").strip();
    if (!host.matches("[A-Za-z0-9._:%-]{1,253}")) {
      throw ToolFailure.invalid(
          "'" + Shown.name(host) + "' is no host",
          "give a name or address, without scheme and path");
    }
    int port = arguments.integer("port", 443);
    boolean tls = arguments.bool("tls", TLS.contains(port));
    // Whom one asks, and when, can carry data out, so that even a look at a name is asked about.
    var target = Target.of(Machine.NETWORK, "host", host, "port", String.valueOf(port));
    return Action.of(
        host + ":" + port + (tls ? " with TLS" : ""),
        Effect.remote(Verb.READ, target, Risk.HIGH),
        call -> new SystemReach(place, host, port, tls).run(call));
  }

  private ToolResult run(Call call) throws InterruptedException {
    proxy();
    var addresses = resolve();
    var reached = addresses.isEmpty() ? Optional.<Socket>empty() : connect(addresses);
    if (reached.isPresent()) {
      try (var socket = reached.get()) {
        call.onCancel(() -> close(socket));
        speak(socket);
      } catch (IOException e) {
        fault("reading from " + host + ":" + port + " failed: " + e.getMessage(), "", "");
      }
    }
    return ToolResult.ok(String.join("\n", lines) + "\n")
        .findings(findings)
        .structured(Map.of("reached", reached.isPresent(), "lines", List.copyOf(lines)));
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed as far as anybody can.
    }
  }

  private List<InetAddress> resolve() throws InterruptedException {
    var start = Instant.now();
    var task = new FutureTask<>(() -> List.of(InetAddress.getAllByName(host)));
    Thread.ofVirtual().start(task);
    try {
      var found = task.get(5, TimeUnit.SECONDS);
      var shown = found.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
      lines.add("DNS: " + shown + " (" + millis(start) + " ms)");
      return found;
    } catch (ExecutionException e) {
      var unknown = e.getCause() instanceof UnknownHostException;
      fault(
          "DNS: '" + host + "' cannot be resolved",
          unknown
              ? "the name does not exist, or the name server of this network does not know it"
              : "",
          "check the spelling, /etc/resolv.conf and the VPN");
    } catch (TimeoutException e) {
      fault(
          "DNS: no answer for '" + host + "' within 5 s",
          "the name server is not reached",
          "check /etc/resolv.conf and the VPN");
    }
    return List.of();
  }

  private Optional<Socket> connect(List<InetAddress> addresses) {
    Optional<Socket> reached = Optional.empty();
    for (var address : addresses.subList(0, Math.min(ADDRESSES, addresses.size()))) {
      var start = Instant.now();
      var socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
        lines.add(
            "TCP: "
                + address.getHostAddress()
                + ":"
                + port
                + " accepts ("
                + millis(start)
                + " ms)");
        if (reached.isEmpty()) {
          reached = Optional.of(socket);
          continue;
        }
      } catch (IOException e) {
        lines.add(
            "TCP: "
                + address.getHostAddress()
                + ":"
                + port
                + ": "
                + e.getMessage()
                + " ("
                + millis(start)
                + " ms)");
      }
      close(socket);
    }
    if (reached.isEmpty()) {
      var last = lines.getLast();
      fault(
          last,
          last.contains("refused")
              ? "nobody listens there"
              : last.contains("timed out") ? "a firewall drops it, or there is no route" : "",
          "compare with another network; ask whether a proxy or VPN is needed");
    }
    return reached;
  }

  private void speak(Socket socket) throws IOException {
    socket.setSoTimeout(CONNECT_MILLIS);
    if (!tls) {
      date(socket);
      return;
    }
    var handshake = TlsHandshake.with(socket, host, port);
    lines.addAll(handshake.lines());
    findings.addAll(handshake.findings());
    trust(handshake);
    if (handshake.trusted() && handshake.socket().isPresent()) {
      date(handshake.socket().get());
    }
  }

  private void trust(TlsHandshake handshake) {
    if (handshake.trusted() || handshake.chain().isEmpty()) {
      return;
    }
    var bundles = new ArrayList<>(TrustStore.BUNDLES);
    Optional.ofNullable(place.environment().get("SSL_CERT_FILE"))
        .map(Path::of)
        .ifPresent(bundles::addFirst);
    bundles.stream()
        .filter(bundle -> handshake.trustedBy(bundle))
        .findFirst()
        .ifPresent(bundle -> lines.add("trust: " + bundle + " trusts it, the JDK does not"));
  }

  /** The server's time, where it speaks HTTP. */
  private void date(Socket socket) throws IOException {
    if (!HTTP.contains(port)) {
      return;
    }
    var date = HttpDate.ask(socket, host);
    if (date.isEmpty()) {
      return;
    }
    var off = Duration.between(date.get(), Instant.now());
    lines.add("clock: " + off.toSeconds() + " s from the server's");
    if (off.abs().compareTo(SKEW) > 0) {
      findings.add(
          Finding.warning(
              "clock",
              "it is %s here and %s at %s".formatted(Instant.now(), date.get(), host),
              "this clock is wrong, or the server's",
              "synchronise it: tokens and certificates depend on it"));
    }
  }

  private void proxy() {
    var names =
        new String[] {
          tls ? "https_proxy" : "http_proxy", tls ? "HTTPS_PROXY" : "HTTP_PROXY", "ALL_PROXY"
        };
    var proxy =
        Arrays.stream(names)
            .map(name -> place.environment().getOrDefault(name, ""))
            .filter(text -> !text.isEmpty())
            .findFirst();
    if (proxy.isEmpty()) {
      return;
    }
    var none =
        place
            .environment()
            .getOrDefault("no_proxy", place.environment().getOrDefault("NO_PROXY", ""));
    boolean excepted =
        Arrays.stream(none.split(",", -1))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .map(text -> text.startsWith("*.") ? text.substring(1) : text)
            .anyMatch(
                text ->
                    text.equals("*")
                        || host.equals(text)
                        || host.endsWith(text.startsWith(".") ? text : "." + text));
    lines.add(
        excepted
            ? "proxy: NO_PROXY excepts this host"
            : "proxy: programs that mind it go through "
                + ProxyText.shown(proxy.get())
                + "; below is the direct way");
  }

  private void fault(String seen, String cause, String next) {
    if (!lines.contains(seen)) {
      lines.add(seen);
    }
    findings.add(Finding.error(host + ":" + port, seen, cause, next));
  }

  private static long millis(Instant start) {
    return Duration.between(start, Instant.now()).toMillis();
  }
}
