package dev.fuse.cli.model.openai;

import dev.fuse.brief.ChatModel.Listener;
import dev.fuse.brief.ChatModel.Request;
import dev.fuse.brief.Message;
import dev.fuse.run.Cancellation;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Writes a request that is not sent, so that the first real one finds the JSON library ready: its
 * first use takes 60 ms.
 */
final class Rehearsal {

  private Rehearsal() {}

  static void run(String baseUrl) {
    var settings =
        new ModelSettings(
            "none",
            baseUrl,
            () -> "none",
            "nowhere",
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(1),
            1);
    var parameters = Schema.object().required("path", Schema.string("where"));
    var tool = ToolSpec.of("a_tool", "does it", parameters, Ceiling.reads("files"));
    var messages = List.<Message>of(new Message.Instructions("be"), new Message.User("say"));
    var wire = new Wire(Rehearsal::unplugged, new Key(settings.key(), settings.keyOrigin()));
    new Attempt(settings, wire, Listener.of(_ -> {}), new Cancellation())
        .run(Requests.of(new Request(messages, List.of(tool))));
  }

  private static java.net.http.HttpClient unplugged() {
    throw new IllegalStateException("this is a rehearsal");
  }
}
