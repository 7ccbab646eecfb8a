package dev.fuse.cli.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConnectionTest {

  @Test
  void a_plain_service_is_reached_without_tls_and_nothing_of_the_client_stays_behind()
      throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("hi".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    server.start();
    var address = "http://127.0.0.1:" + server.getAddress().getPort();
    var connection = Connection.warm(address);
    var client = connection.get();

    var answer =
        client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());

    assertThat(answer.body()).isEqualTo("hi");
    assertThat(client.sslContext().getProtocol()).isEqualTo("none");
    connection.close();
    assertThat(client.isTerminated()).isTrue();
    server.stop(0);
  }

  @Test
  void a_secure_service_has_the_trust_of_the_jdk() {
    try (var connection = Connection.warm("https://127.0.0.1:1/v1")) {
      assertThat(connection.get().sslContext().getSupportedSSLParameters().getProtocols())
          .contains("TLSv1.3");
    }
  }
}
