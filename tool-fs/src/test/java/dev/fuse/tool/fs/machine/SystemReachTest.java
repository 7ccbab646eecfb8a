package dev.fuse.tool.fs.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.fuse.spi.Finding;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.fs.Certificates;
import dev.fuse.tool.fs.Desk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemReachTest {

  @TempDir Path root;

  @Test
  void a_certificate_of_an_unknown_ca_is_shown_and_nothing_is_sent_to_its_owner() throws Exception {
    var certificate =
        Certificates.make(root, "shop.internal", "-validity", "5", "-ext", "san=dns:localhost");
    try (var server = tls(certificate)) {
      var result = reach(server.getLocalPort(), true);
      assertThat(result.text())
          .contains("accepts")
          .contains("TLS: TLSv1.3, not trusted: ")
          .contains("CN=shop.internal, issued by CN=shop.internal");
      assertThat(result.findings())
          .extracting(Finding::severity)
          .containsExactly(Finding.Severity.ERROR, Finding.Severity.WARNING);
      assertThat(result.findings().getFirst().cause())
          .contains("the CA CN=shop.internal is not known here");
      assertThat(result.findings().getLast().seen()).contains("valid for 4 more days");
    }
  }

  @Test
  void a_bundle_of_this_system_that_trusts_it_is_named_and_a_wrong_name_is_told() throws Exception {
    var certificate =
        Certificates.make(root, "other", "-ext", "san=dns:other.example", "-ext", "bc=ca:true");
    var desk = new Desk(root, Map.of("SSL_CERT_FILE", certificate.pem().toString()));
    try (var server = tls(certificate)) {
      var text =
          desk.run(
                  "system_reach",
                  "host",
                  "localhost",
                  "port",
                  (long) server.getLocalPort(),
                  "tls",
                  true)
              .text();
      assertThat(text).contains("trust: " + certificate.pem() + " trusts it, the JDK does not");
    }
    assertThat(CertificateNames.problem(TrustStore.read(certificate.pem()).getFirst(), "localhost"))
        .isEqualTo("it is not for 'localhost' but for other.example");
    assertThat(
            CertificateNames.problem(
                TrustStore.read(certificate.pem()).getFirst(), "OTHER.example"))
        .isEmpty();
  }

  @Test
  void a_closed_port_an_unknown_name_and_a_server_without_tls() throws Exception {
    int closed;
    try (var socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    assertThat(reach(closed, false).findings().getFirst().cause())
        .isEqualTo("nobody listens there");
    var unknown = new Desk(root).run("system_reach", "host", "no..such.host");
    assertThat(unknown.findings().getFirst().seen()).contains("'no..such.host' cannot be resolved");
    var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.start();
    try {
      assertThat(reach(http.getAddress().getPort(), true).findings().getFirst().seen())
          .startsWith("TLS: the handshake failed");
    } finally {
      http.stop(0);
    }
  }

  @Test
  void the_time_of_a_server_is_read() throws Exception {
    try (var server = new ServerSocket(0)) {
      Thread.ofVirtual().start(() -> answer(server));
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
        assertThat(HttpDate.ask(socket, "x")).contains(Instant.parse("1994-11-06T08:49:37Z"));
      }
    }
  }

  @Test
  void the_proxy_that_others_would_use_is_told() throws IOException {
    var desk =
        new Desk(
            root, Map.of("https_proxy", "http://me:pass@proxy:3128", "no_proxy", ".example.org"));
    assertThat(desk.run("system_reach", "host", "localhost", "port", 1L, "tls", true).text())
        .contains("go through http://…@proxy:3128");
  }

  private ToolResult.Ok reach(int port, boolean tls) throws IOException {
    return new Desk(root).run("system_reach", "host", "localhost", "port", (long) port, "tls", tls);
  }

  private static void answer(ServerSocket server) {
    try (var client = server.accept()) {
      client
          .getOutputStream()
          .write(
              "HTTP/1.1 200 OK\r\nServer: x\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerSocket tls(Certificates certificate) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(certificate.store())) {
      store.load(in, Certificates.PASSWORD.toCharArray());
    }
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, Certificates.PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    var server = context.getServerSocketFactory().createServerSocket(0);
    Thread.ofVirtual()
        .start(
            () -> {
              try (var client = server.accept()) {
                // Reads until the other side hangs up: a request would be one line too many.
                if (client.getInputStream().read() >= 0) {
                  throw new IllegalStateException(
                      "something was sent over a connection that is not trusted");
                }
              } catch (IOException e) {
                // It hung up.
              }
            });
    return server;
  }
}
