package dev.fuse.cli.json;

import dev.fuse.agent.AgentEvent;
import dev.fuse.agent.Outcome;
import dev.fuse.brief.ChatModel;
import dev.fuse.brief.Message;
import dev.fuse.brief.Transcript;
import dev.fuse.gate.CallRecord;
import dev.fuse.gate.Decision;
import dev.fuse.gate.Decision.By;
import dev.fuse.rule.Rule;
import dev.fuse.run.ToolRequest;
import dev.fuse.scenario.ScenarioClassifier.Candidate;
import dev.fuse.scenario.ScenarioClassifier.Classification;
import dev.fuse.scenario.ScenarioClassifier.Fit;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Finding;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Verb;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls, messages and outcomes as an agent makes them. */
public final class Samples {

  public static final Effect READ = Effect.read(Target.of("files", "path", "/srv/notes.md"));
  public static final Effect WRITE =
      Effect.local(Verb.UPDATE, Target.of("files", "path", "notes.md"), Risk.LOW);

  private Samples() {}

  public static CallRecord read(String call) {
    return record(call, "fs_read", READ, new Decision.Allowed("reads run", false), "ok");
  }

  public static CallRecord refused(String call) {
    var rule = Rule.parse("fs_write(path:notes.md)");
    var refused = new Decision.Refused(By.NOBODY, "changes ask", "nobody to ask", List.of(rule));
    return record(call, "fs_write", WRITE, refused, "refused");
  }

  public static CallRecord declined(String call) {
    var no = new Decision.Refused(By.PERSON, "declined", "declined", List.of());
    return record(call, "fs_write", WRITE, no, "refused");
  }

  public static CallRecord written(String call) {
    return record(call, "fs_write", WRITE, new Decision.Allowed("the person", true), "ok");
  }

  private static CallRecord record(
      String call, String tool, Effect effect, Decision ruling, String outcome) {
    return new CallRecord(
        call,
        tool,
        Map.of("path", "notes.md"),
        "notes.md",
        List.of(effect),
        ruling,
        outcome,
        "<data>text</data>",
        "o1",
        List.of(Finding.warning("notes.md", "it is old", "", "write").notChecked("links")),
        Optional.of(Map.of("bytes", 3L)),
        outcome.equals("ok")
            ? Optional.empty()
            : Optional.of(ToolResult.failed(ToolResult.Kind.FORBIDDEN, "refused", "")),
        12,
        3,
        false);
  }

  public static List<Message> turn(String question, String request) {
    return List.of(
        new Message.User(question),
        new Message.Assistant(
            "I look.",
            List.of(
                new ToolRequest(
                    request,
                    "fs_read",
                    "{\"path\":\"notes.md\",\"from\":1}",
                    Map.of("path", "notes.md", "from", 1L),
                    Optional.empty()))),
        new Message.Observation(request, "fs_read", "⟦secret:db#1⟧ and \"text\"\n"),
        new Message.Assistant("It says so.", List.of()));
  }

  public static AgentEvent said(Message message) {
    return new AgentEvent.Said(message);
  }

  public static Outcome outcome(Outcome.Status status, List<CallRecord> calls) {
    return new Outcome(
        status,
        "It says **so**.",
        status == Outcome.Status.DONE ? "" : "not whole",
        "",
        true,
        new Classification(Fit.GUIDE, List.of(new Candidate("local-environment", 0.9)), ""),
        "local-environment",
        List.of("gh_runs: not installed"),
        List.of(read("c1")),
        calls,
        2,
        new ChatModel.Usage(1200, 40),
        Transcript.empty());
  }

  public static Outcome withoutModel(Outcome outcome) {
    return new Outcome(
        outcome.status(),
        outcome.answer(),
        outcome.problem(),
        outcome.hint(),
        false,
        outcome.classification(),
        outcome.scenario(),
        outcome.lacking(),
        outcome.evidence(),
        outcome.calls(),
        outcome.turns(),
        outcome.usage(),
        outcome.transcript());
  }
}
