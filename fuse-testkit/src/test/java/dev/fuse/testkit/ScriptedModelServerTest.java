package dev.fuse.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptedModelServerTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static final String SCRIPT =
      """
      {"rules": [
         {"name": "list first", "when": {"user": "files in (\\\\w+)", "turn": 0, "has_tool": "^fs_"},
          "reply": {"tool_calls": [{"name": "fs_list", "arguments": {"path": "{{1}}", "depth": 2}}]}},
         {"when": {"tool": "fs_list", "not": {"tool_result": "denied"}},
          "replies": ["You have {{tool_result}}.", "Still {{tool_result}}."], "times": 2}],
       "replies": [{"text": "One.", "usage": {"prompt_tokens": 5, "completion_tokens": 2}}],
       "fallback": {"text": "Nothing is left."}}
      """;

  @Test
  void rules_come_first_then_replies_then_the_fallback() throws Exception {
    try (var server = ScriptedModelServer.start(Script.parse(SCRIPT))) {
      var call = delta(ask(server, user("list the files in src please")), "/tool_calls/0/function");
      assertThat(call.map(part -> part.path("name").asText() + part.path("arguments").asText()))
          .containsExactly("fs_list", "{\"path\":\"src\",\"depth\":2}");

      var answered = answered("fs_list", "a.txt");
      assertThat(text(ask(server, answered))).isEqualTo("You have a.txt.");
      assertThat(text(ask(server, answered))).isEqualTo("Still a.txt.");
      assertThat(text(ask(server, answered))).isEqualTo("One.");
      assertThat(text(ask(server, answered("fs_list", "denied")))).isEqualTo("Nothing is left.");
      assertThat(server.violations()).isEmpty();
    }
  }

  @Test
  void usage_and_the_end_of_an_answer_come_as_from_the_service() throws Exception {
    try (var server = ScriptedModelServer.start(Script.parse(SCRIPT))) {
      var answer = ask(server, user("hi")).body();
      assertThat(answer)
          .contains("\"finish_reason\":\"stop\"", "\"prompt_tokens\":5", "\"completion_tokens\":2")
          .endsWith("data: [DONE]\n\n");
    }
  }

  @Test
  void text_comes_in_pieces_of_a_size_that_split_no_character() throws Exception {
    var paced = Reply.says("ab😀cd").paced(new Reply.Pace(0, 0, 3));
    try (var server = ScriptedModelServer.start(Script.of(paced))) {
      assertThat(delta(ask(server, user("hi")), "/content").map(JsonNode::asText))
          .containsExactly("ab😀", "cd");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{'role':'tool','tool_call_id':'x','content':'y'}] | answers no call",
        "[{'role':'assistant','tool_calls':[{'id':'x'}]},{'role':'user','content':'hi'}]"
            + " | calls without a result",
        "[{'role':'assistant','tool_calls':[{'id':'x'}]}] | calls without a result",
      })
  void what_the_service_would_refuse_is_refused_when_strict(String messages, String refusal)
      throws Exception {
    try (var server = ScriptedModelServer.startStrict(Script.of(Reply.says("hi")))) {
      var answer = post(server, "{'messages':" + messages + ",'stream':true}");
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains(refusal);
      assertThat(server.violations()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | empty",
        "[{'function':{'name':'a.b','parameters':{'type':'object'}}}] | is not allowed",
        "[{'function':{'name':'a','parameters':{'type':'string'}}}] | no object",
        "[{'function':{'name':'a','parameters':{'type':'object','required':['x']}}}]"
            + " | requires 'x'",
        "[{'function':{'name':'a','parameters':{'type':'object'}}},"
            + "{'function':{'name':'a','parameters':{'type':'object'}}}] | twice",
      })
  void tools_that_the_service_would_refuse_are_noted(String tools, String refusal)
      throws Exception {
    try (var server = ScriptedModelServer.start()) {
      var message = "[{'role':'user','content':'hi'}]";
      post(server, "{'messages':" + message + ",'stream':true,'tools':" + tools + "}");
      assertThat(server.violations()).singleElement().asString().contains(refusal);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'rules':[{'when':{'usr':'x'},'reply':'y'}]} | cannot ask for 'usr'",
        "{'rules':[{'when':{'user':'('},'reply':'y'}]} | is no pattern",
        "{'rules':[{'when':{}}]} | has no reply",
        "{'reply':[]} | a script has no 'reply'",
        "[{'txt':'x'}] | a reply has no 'txt'",
        "[{'fault':'explode'}] | there is no fault 'explode'",
      })
  void a_mistake_in_a_script_is_named(String script, String problem) {
    assertThatThrownBy(() -> Script.parse(script.replace('\'', '"')))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "status, 500",
    "html, 502",
    "truncate, 200",
    "no_done, 200",
    "error_event, 200",
    "malformed_json, 200",
    "malformed_args, 200",
    "empty, 200"
  })
  void each_fault_can_be_written_in_a_script(String fault, int status) throws Exception {
    var script = Script.parse("[{\"text\":\"a b\",\"fault\":\"" + fault + "\"}]");
    try (var server = ScriptedModelServer.start(script)) {
      assertThat(ask(server, user("hi")).statusCode()).isEqualTo(status);
    }
  }

  @Test
  void models_are_listed_and_other_paths_are_not_found() throws Exception {
    try (var server = ScriptedModelServer.start()) {
      assertThat(get(server, "/models").body()).contains("\"scripted\"");
      assertThat(get(server, "/nothing").statusCode()).isEqualTo(404);
    }
  }

  private static HttpResponse<String> get(ScriptedModelServer server, String path)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(server.url() + path)).build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  private static HttpResponse<String> ask(
      ScriptedModelServer server, List<Map<String, Object>> messages) throws Exception {
    var tool =
        Map.of("function", Map.of("name", "fs_list", "parameters", Map.of("type", "object")));
    var body = Map.of("messages", messages, "stream", true, "tools", List.of(tool));
    return post(server, JSON.writeValueAsString(body));
  }

  private static HttpResponse<String> post(ScriptedModelServer server, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + "/chat/completions"))
            .POST(BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  private static List<Map<String, Object>> user(String text) {
    return List.of(Map.of("role", "user", "content", text));
  }

  private static List<Map<String, Object>> answered(String tool, String result) {
    var call = Map.of("id", "c1", "function", Map.of("name", tool, "arguments", "{}"));
    return List.of(
        Map.of("role", "user", "content", "do it"),
        Map.of("role", "assistant", "tool_calls", List.of(call)),
        Map.of("role", "tool", "tool_call_id", "c1", "content", result));
  }

  private static String text(HttpResponse<String> answer) {
    return delta(answer, "/content").map(JsonNode::asText).collect(Collectors.joining());
  }

  private static java.util.stream.Stream<JsonNode> delta(HttpResponse<String> answer, String path) {
    return answer
        .body()
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> parse(line.substring("data: ".length())).at("/choices/0/delta" + path))
        .filter(node -> !node.isMissingNode());
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
