package dev.fuse.cli.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fuse.brief.ChatModel.Listener;
import dev.fuse.brief.ChatModel.Request;
import dev.fuse.brief.ChatModel.Said;
import dev.fuse.brief.Message;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.model.openai.ModelSettings;
import dev.fuse.cli.model.openai.OpenAiChatModel;
import dev.fuse.run.Cancellation;
import dev.fuse.testkit.ScriptedModelServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyVariablesTest {

  @Test
  void a_service_is_reached_through_the_proxy_that_is_named() throws Exception {
    try (var proxy = ScriptedModelServer.start()) {
      var address = "http://model.example/v1";
      var named = Map.of("http_proxy", proxy.url().replace("/v1", ""));
      try (var connection = Connection.warm(address, named, () -> {})) {
        var request = new Request(List.of(new Message.User("hi")), List.of());
        var settings =
            new ModelSettings(
                "m",
                address,
                () -> "",
                "",
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(60),
                1);
        var reply =
            new OpenAiChatModel(settings, connection)
                .reply(request, Listener.of(_ -> {}), new Cancellation());
        assertThat(reply).isInstanceOf(Said.class);
      }
      assertThat(proxy.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example.com/v1,     HTTPS_PROXY, http://127.0.0.1:3128, 127.0.0.1:3128",
    "https://api.example.com/v1,     https_proxy, 127.0.0.1:3128,        127.0.0.1:3128",
    "https://api.example.com/v1,     ALL_PROXY,   http://u:p@127.0.0.1,  127.0.0.1:80",
    "http://api.example.com/v1,      HTTP_PROXY,  http://127.0.0.1:3128, ''",
    "http://api.example.com/v1,      HTTPS_PROXY, http://127.0.0.1:3128, ''",
    "https://localhost:8000/v1,      HTTPS_PROXY, http://127.0.0.1:3128, ''",
    "https://model.inside.corp/v1,   HTTPS_PROXY, http://127.0.0.1:3128, ''",
    "https://corpmodel.example/v1,   HTTPS_PROXY, http://127.0.0.1:3128, 127.0.0.1:3128",
    "https://exact.example.org/v1,   HTTPS_PROXY, http://127.0.0.1:3128, ''",
    "https://api.example.com/v1,     HTTPS_PROXY, '',                    ''",
  })
  void the_variables_mean_what_they_mean_to_curl(
      URI service, String name, String value, String proxy) {
    var environment = Map.of(name, value, "NO_PROXY", ".corp, exact.example.org:443");

    var found = ProxyVariables.find(environment, service);

    assertThat(found.map(at -> at.getHostString() + ":" + at.getPort()).orElse(""))
        .isEqualTo(proxy);
  }

  @Test
  void a_proxy_that_cannot_be_used_is_named_without_its_password() {
    var environment = Map.of("HTTPS_PROXY", "socks5://me:secret@127.0.0.1:1080");

    assertThatThrownBy(
            () -> ProxyVariables.find(environment, URI.create("https://api.example.com/v1")))
        .isInstanceOf(FuseException.class)
        .hasMessage("HTTPS_PROXY is 'socks5://…@127.0.0.1:1080', which is not an http proxy")
        .hasMessageNotContaining("secret");
  }
}
