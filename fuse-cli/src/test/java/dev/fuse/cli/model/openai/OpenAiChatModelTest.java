package dev.fuse.cli.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.brief.ChatModel;
import dev.fuse.brief.ChatModel.Broken;
import dev.fuse.brief.ChatModel.Kind;
import dev.fuse.brief.ChatModel.Said;
import dev.fuse.brief.Message;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.net.Connection;
import dev.fuse.run.Cancellation;
import dev.fuse.run.ToolRequest;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolSpec;
import dev.fuse.testkit.Reply;
import dev.fuse.testkit.Reply.Ends;
import dev.fuse.testkit.ScriptedModelServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpenAiChatModelTest {

  private static final String KEY = "sk-0123456789abcdef";
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);
  private static final Reply LONG = Reply.says("one two three four five");

  private ScriptedModelServer server;
  private final Heard heard = new Heard();
  private final Cancellation cancellation = new Cancellation();

  @BeforeEach
  void start() throws IOException {
    server = ScriptedModelServer.start();
  }

  @AfterEach
  void stop() throws IOException {
    assertThat(server.violations()).isEmpty();
    server.close();
  }

  @Test
  void text_streams_and_calls_come_with_parsed_arguments() {
    server.then(
        Reply.says("Let me look.")
            .calling(
                Reply.call("fs_read", "path", "a\n⟦b⟧", "from", 3), Reply.call("system_facts")));

    var said = (Said) ask();

    assertThat(heard.text).containsExactly("Let ", "me ", "look.");
    assertThat(said.text()).isEqualTo("Let me look.");
    assertThat(said.requests())
        .extracting(ToolRequest::tool, ToolRequest::arguments, ToolRequest::problem)
        .containsExactly(
            tuple("fs_read", Map.of("path", "a\n⟦b⟧", "from", 3L)),
            tuple("system_facts", Map.of()));
    assertThat(said.usage()).isEqualTo(new ChatModel.Usage(100, 10));
    assertThat(said.cutByLength()).isFalse();
  }

  @Test
  void the_request_says_what_it_must_and_no_more() {
    ask();

    var body = server.requests().getFirst();
    assertThat(body.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("model", "messages", "stream", "stream_options", "tools");
    assertThat(body.toString()).doesNotContain("null", "x-secret", "strict", "additional");
    assertThat(body.at("/tools/0/function/parameters").toString())
        .isEqualTo(
            """
            {"type":"object","properties":{"path":{"type":"string","description":"the file"},\
            "from":{"type":"integer","description":"its first line","minimum":1,"maximum":9}},\
            "required":["path"]}\
            """);
    assertThat(server.keys()).containsExactly(KEY);
  }

  @Test
  void a_name_that_the_model_made_up_is_sent_back_as_one_that_the_service_accepts() {
    var made = new ToolRequest("c1", "fs.read it", "{}", Map.of(), Optional.empty());
    var messages =
        List.<Message>of(
            new Message.User("hi"),
            new Message.Assistant("", List.of(made)),
            new Message.Observation("c1", "fs.read it", ""));

    model(KEY).reply(new ChatModel.Request(messages, List.of()), heard, cancellation);

    var body = server.requests().getFirst();
    assertThat(body.at("/messages/1/tool_calls/0/function/name").asText()).isEqualTo("fs_read_it");
    assertThat(body.has("tools")).isFalse();
  }

  @Test
  void arguments_that_are_no_object_come_as_a_problem() {
    server.then(
        Reply.calls(Reply.call("fs_read", "path", "x")).failing(new Reply.MalformedArguments()));

    var request = ((Said) ask()).requests().getFirst();

    assertThat(request.arguments()).isEmpty();
    assertThat(request.json()).isEqualTo("{}");
    assertThat(request.problem()).get().asString().contains("line 1, column");
  }

  @Test
  void an_answer_cut_by_its_length_says_so_and_a_missing_end_mark_is_no_fault() {
    server.then(LONG.finishing("length")).then(LONG.failing(new Reply.NoDone()));

    assertThat(((Said) ask()).cutByLength()).isTrue();
    assertThat(((Said) ask()).text()).isEqualTo("one two three four five");
  }

  @Test
  void a_finish_reason_that_only_this_service_knows_is_one() {
    server.then(LONG.finishing("eos"));
    assertThat(((Said) ask()).text()).isEqualTo("one two three four five");
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault(new Reply.Status(401, ""), Kind.CREDENTIALS, "refused the key from OPENAI_API_KEY"),
        fault(new Reply.Status(404, ""), Kind.REFUSED, "has no model 'gpt-4o'"),
        fault(new Reply.Status(400, ""), Kind.REFUSED, "refused the request"),
        fault(new Reply.Status(302, ""), Kind.REFUSED, "redirects to ''"),
        fault(new Reply.Status(429, "3600"), Kind.UNAVAILABLE, "limits the rate"),
        fault(new Reply.NoChoices(), Kind.CUT, "sent an empty answer"),
        fault(new Ends(Ends.How.TRUNCATED, 2), Kind.CUT, "no finish reason"),
        fault(new Ends(Ends.How.ERROR_EVENT, 2), Kind.CUT, "broke off its answer: scripted error"),
        fault(new Ends(Ends.How.MALFORMED, 2), Kind.CUT, "cannot be read: '{\"choices\": ['"),
        fault(new Ends(Ends.How.HANGS, 2), Kind.CUT, "fell silent"),
        fault(new Ends(Ends.How.HANGS, 0), Kind.UNAVAILABLE, "sent nothing for"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void a_fault_ends_as_a_sentence_with_the_text_that_was_shown(
      Reply.Fault fault, Kind kind, String sentence) {
    server.then(LONG.failing(fault));

    boolean hangs = fault instanceof Ends ends && ends.how() == Ends.How.HANGS;

    var broken = (Broken) ask(model(server.url(), () -> KEY, 4, hangs ? SHORT : LONG_ENOUGH));

    assertThat(broken.kind()).isEqualTo(kind);
    assertThat(broken.problem()).contains(sentence);
    assertThat(broken.hint()).isNotBlank();
    assertThat(broken.partial()).isEqualTo(String.join("", heard.text));
    assertThat(server.requests()).hasSize(1);
  }

  /** The end of a connection may overtake events that came before it. */
  @ParameterizedTest
  @EnumSource(names = {"CUT", "RESET"})
  void a_connection_that_ends_in_the_middle_is_told(Ends.How how) {
    server.then(LONG.failing(new Ends(how, 2)));

    var broken = (Broken) ask(model(server.url(), () -> KEY, 1));

    assertThat(broken.problem()).containsAnyOf("closed", "reset");
    assertThat(broken.kind()).isIn(Kind.CUT, Kind.UNAVAILABLE);
    assertThat(broken.partial()).isEqualTo(String.join("", heard.text));
  }

  @Test
  void what_may_pass_is_tried_again_while_nothing_was_shown() {
    server
        .then(LONG.failing(new Reply.Status(429, "0")))
        .then(LONG.failing(new Reply.Status(503, "0")))
        .then(LONG.failing(new Ends(Ends.How.RESET, 0)))
        .then(LONG);

    assertThat(ask()).isInstanceOf(Said.class);
    assertThat(server.requests()).hasSize(4);
    assertThat(heard.retries).hasSize(3);
    assertThat(heard.retries.get(0)).contains("limits the rate").contains("HTTP 429");
    assertThat(heard.retries.get(1)).contains("failed").contains("HTTP 503");
    assertThat(heard.retries.get(2)).contains("closed the connection");
  }

  @Test
  void tries_end_and_are_counted() {
    for (int i = 0; i < 4; i++) {
      server.then(LONG.failing(new Reply.Status(500, "0")));
    }
    assertThat(((Broken) ask()).problem()).endsWith("(HTTP 500), 4 times");
  }

  @Test
  void a_proxys_page_is_tried_again_and_named() {
    server.then(LONG.failing(new Reply.Html())).then(LONG);

    assertThat(ask()).isInstanceOf(Said.class);
    assertThat(heard.retries).singleElement().asString().contains("an HTML page");
  }

  @Test
  void an_address_where_nobody_listens_is_named() throws IOException {
    int port;
    try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    var address = "http://127.0.0.1:" + port + "/v1";

    var broken = (Broken) ask(model(address, () -> KEY, 1));

    assertThat(broken.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(broken.problem())
        .isEqualTo("the model service at '" + address + "' cannot be reached: connection refused");
  }

  @Test
  void a_cancellation_ends_an_answer_that_goes_on_and_nothing_is_told_after_it() {
    server.then(LONG.failing(new Ends(Ends.How.HANGS, 2)));
    heard.onText = cancellation::cancel;

    var broken = (Broken) ask();

    assertThat(broken.kind()).isEqualTo(Kind.CANCELLED);
    assertThat(broken.partial()).isEqualTo("one ");
    assertThat(heard.text).containsExactly("one ");
  }

  @Test
  void a_cancellation_ends_a_wait_for_the_next_try() {
    server.then(LONG.failing(new Reply.Status(429, "59")));
    heard.onRetry = cancellation::cancel;

    assertThat(((Broken) ask()).kind()).isEqualTo(Kind.CANCELLED);
  }

  @Test
  void what_is_cancelled_before_is_never_sent() {
    cancellation.cancel();

    assertThat(((Broken) ask()).kind()).isEqualTo(Kind.CANCELLED);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void a_key_that_was_refused_is_asked_for_once_more() {
    var keys = new ArrayDeque<>(List.of("expired", "fresh"));
    var model = model(server.url(), keys::remove, 4);
    server.then(LONG.failing(new Reply.Status(401, ""))).then(LONG).then(LONG);

    assertThat(ask(model)).isInstanceOf(Said.class);
    assertThat(ask(model)).isInstanceOf(Said.class);
    assertThat(server.keys()).containsExactly("expired", "fresh", "fresh");
  }

  @Test
  void a_key_that_is_not_to_be_had_ends_with_its_own_sentence() {
    var none = new FuseException(FuseException.Kind.CREDENTIALS, "no key: locked", "unlock it");

    var broken =
        (Broken)
            ask(
                model(
                    server.url(),
                    () -> {
                      throw none;
                    },
                    4));

    assertThat(broken).isEqualTo(new Broken(Kind.CREDENTIALS, "no key: locked", "unlock it", ""));
  }

  @Test
  void a_key_never_stands_in_an_error() {
    var broken = (Broken) ask(model("two words é" + KEY));
    assertThat(broken.kind()).isEqualTo(Kind.CREDENTIALS);
    assertThat(broken.toString()).contains("OPENAI_API_KEY").doesNotContain(KEY);

    server.then(LONG.failing(new Reply.Status(401, "", "wrong key " + KEY + ".")));
    assertThat(((Broken) ask()).problem()).contains(": wrong key (the key).");
  }

  @Test
  void without_a_key_none_is_sent() {
    ask(model(""));
    assertThat(server.keys()).isEmpty();
  }

  @Test
  void windows_are_known_by_the_beginning_of_a_name() {
    assertThat(OpenAiChatModel.window("gpt-4o-2024-11-20")).isEqualTo(128_000);
    assertThat(OpenAiChatModel.window("gpt-4.1-mini")).isEqualTo(1_047_576);
  }

  @Test
  void tokens_are_counted_as_the_service_counts_them() {
    assertThat(model(KEY).count("tiktoken is great!")).isEqualTo(6);
  }

  private ChatModel.Reply ask() {
    return ask(model(KEY));
  }

  private ChatModel.Reply ask(ChatModel model) {
    var read =
        ToolSpec.of(
            "fs_read",
            "Reads a file.",
            Schema.object()
                .required("path", Schema.string("the file").secret())
                .optional("from", Schema.integer("its first line").range(1, 9)),
            Ceiling.reads("files"));
    var facts =
        ToolSpec.of("system_facts", "Tells facts.", Schema.object(), Ceiling.reads("system"));
    List<Message> messages = List.of(new Message.Instructions("Be brief."), new Message.User("hi"));
    return model.reply(new ChatModel.Request(messages, List.of(read, facts)), heard, cancellation);
  }

  private ChatModel model(String key) {
    return model(server.url(), () -> key, 4);
  }

  private static ChatModel model(String address, Supplier<String> key, int tries) {
    return model(address, key, tries, LONG_ENOUGH);
  }

  private static ChatModel model(String address, Supplier<String> key, int tries, Duration idle) {
    var settings =
        new ModelSettings(
            "gpt-4o",
            address,
            key,
            "OPENAI_API_KEY",
            Optional.empty(),
            Optional.empty(),
            idle,
            tries);
    return new OpenAiChatModel(settings, Connection.warm(address));
  }

  private static Arguments fault(Reply.Fault fault, Kind kind, String sentence) {
    return Arguments.of(fault, kind, sentence);
  }

  private static org.assertj.core.groups.Tuple tuple(String tool, Map<String, Object> arguments) {
    return org.assertj.core.groups.Tuple.tuple(tool, arguments, Optional.empty());
  }

  /** What a listener was told, and what it does then. */
  private static final class Heard implements ChatModel.Listener {
    final List<String> text = new ArrayList<>();
    final List<String> retries = new ArrayList<>();
    Runnable onText = () -> {};
    Runnable onRetry = () -> {};

    @Override
    public void text(String delta) {
      text.add(delta);
      onText.run();
    }

    @Override
    public void retrying(String why, long afterMillis) {
      retries.add(why);
      onRetry.run();
    }
  }
}
