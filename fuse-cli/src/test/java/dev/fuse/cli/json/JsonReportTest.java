package dev.fuse.cli.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.fuse.agent.AgentEvent;
import dev.fuse.agent.Outcome.Status;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.scenario.ScenarioClassifier.Classification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonReportTest {

  private final ObjectMapper jackson = new ObjectMapper();

  @Test
  void a_report_fits_the_published_schema() throws IOException {
    var outcome =
        Samples.outcome(Status.UNCONFIRMED, List.of(Samples.read("c2"), Samples.refused("c3")));

    var json = JsonReport.of(outcome, ExitCode.UNCONFIRMED, Optional.of("20261124-1"));

    assertThat(schema().validate(jackson.readTree(Json.write(json)))).isEmpty();
  }

  @Test
  void so_does_what_is_printed_where_nothing_was_asked() throws IOException {
    var json = JsonReport.of(new FuseException(FuseException.Kind.USAGE, "unknown 'x'", "see y"));

    assertThat(schema().validate(jackson.readTree(Json.write(json)))).isEmpty();
    assertThat(json).containsEntry("exitCode", 2);
  }

  @Test
  void the_schema_refuses_what_lacks_or_adds_something() throws IOException {
    var json =
        JsonReport.of(Samples.outcome(Status.DONE, List.of()), ExitCode.DONE, Optional.empty());
    json.remove("denials");
    json.put("extra", 1);

    assertThat(schema().validate(jackson.readTree(Json.write(json)))).hasSize(2);
  }

  @Test
  void a_denial_names_the_call_and_the_rule_that_would_let_it_through() throws IOException {
    var outcome = Samples.outcome(Status.UNCONFIRMED, List.of(Samples.refused("c3")));
    var json =
        Json.object(Json.write(JsonReport.of(outcome, ExitCode.UNCONFIRMED, Optional.empty())));

    assertThat((List<?>) json.get("denials"))
        .singleElement()
        .satisfies(
            denial -> {
              var fields = (Map<?, ?>) denial;
              assertThat(fields.get("allow")).isEqualTo("fs_write(path:notes.md)");
              assertThat(fields.get("rule")).isEqualTo("changes ask");
              assertThat(((Map<?, ?>) fields.get("call")).get("tool")).isEqualTo("fs_write");
            });
    assertThat(json.get("session")).isNull();
    assertThat(json.get("error")).isEqualTo(Map.of("problem", "not whole", "hint", ""));
  }

  @Test
  void each_event_is_one_line_that_fits_the_published_schema() throws IOException {
    var session = Optional.of("20261124-1");
    var lines = new ArrayList<String>();
    lines.add(JsonReport.begins(session));
    for (var event :
        List.of(
            new AgentEvent.Classified(Classification.none(""), Optional.empty()),
            new AgentEvent.CallStarted("c1", "fs_read", Map.of("path", "a\nb"), "a", false),
            new AgentEvent.CallProgress("c1", "half"),
            new AgentEvent.CallEnded(Samples.read("c1")),
            new AgentEvent.TurnStarted(1, 12, 900),
            new AgentEvent.Retrying("HTTP 429", 1_000),
            new AgentEvent.TextDelta("It\n"),
            new AgentEvent.TextEnded(true),
            new AgentEvent.Noted("so"),
            Samples.said(Samples.turn("why?", "r1").get(1)),
            new AgentEvent.Ended(Samples.outcome(Status.DONE, List.of())))) {
      lines.add(JsonReport.line(event, session));
    }
    lines.add(JsonReport.line(new FuseException(FuseException.Kind.USAGE, "unknown 'x'", "")));

    for (var line : lines) {
      assertThat(line).doesNotContain("\n");
      assertThat(schema("stream").validate(jackson.readTree(line))).as(line).isEmpty();
    }
    assertThat(schema("stream").validate(jackson.readTree("{\"type\":\"new\"}"))).isNotEmpty();
  }

  private static JsonSchema schema() throws IOException {
    return schema("output");
  }

  private static JsonSchema schema(String name) {
    var file = Path.of("..", "docs", name + ".schema.json");
    return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(file.toUri());
  }
}
