package dev.fuse.agent;

import dev.fuse.agent.Outcome.Status;
import dev.fuse.boundary.Boundary;
import dev.fuse.boundary.Outputs;
import dev.fuse.boundary.SecretVault;
import dev.fuse.brief.ChatModel;
import dev.fuse.brief.ChatModel.Broken;
import dev.fuse.brief.ChatModel.Said;
import dev.fuse.brief.Guide;
import dev.fuse.brief.Guidebook;
import dev.fuse.brief.HostTools;
import dev.fuse.brief.Message;
import dev.fuse.brief.Message.Assistant;
import dev.fuse.brief.Message.Instructions;
import dev.fuse.brief.Message.Observation;
import dev.fuse.brief.Message.User;
import dev.fuse.brief.Transcript;
import dev.fuse.brief.Window;
import dev.fuse.gate.CallRecord;
import dev.fuse.gate.Gate;
import dev.fuse.run.Cancellation;
import dev.fuse.run.SecretSource;
import dev.fuse.run.ToolRequest;
import dev.fuse.run.Toolbox;
import dev.fuse.run.UndoLog;
import dev.fuse.spi.Facts;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Undo;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One prompt to one answer: classify, gather, brief, then the model and its calls in turn until it
 * answers. One agent serves one conversation, one prompt at a time.
 */
public final class Agent {

  private Optional<ChatModel> model;
  private final Guidebook book;
  private final Toolbox toolbox;
  private final Gate gate;
  private final Boundary boundary;
  private final Calls calls;
  private final Context where;
  private final Limits limits;
  private final Consumer<AgentEvent> events;
  private Run current = Run.none();

  /** What was offered for the prompt before. */
  private List<String> offered = List.of();

  /**
   * What keeps and gives for the conversation.
   *
   * @param sources of values that only the person gives
   */
  public record Keepers(SecretVault vault, Outputs outputs, UndoLog undo, SecretSource sources) {}

  /**
   * Where and when a conversation is.
   *
   * @param earlierCalls how many calls it had before; those of this agent count on
   */
  public record Context(Facts facts, Clock clock, int earlierCalls) {}

  /**
   * A person's prompt.
   *
   * @param attachments whole texts by name, such as standard input
   * @param scenario the name of the one to use, {@code none}, or empty to classify
   */
  public record Prompt(String text, List<Attachment> attachments, String scenario) {
    public Prompt {
      attachments = List.copyOf(attachments);
    }

    public static Prompt of(String text) {
      return new Prompt(text, List.of(), "");
    }
  }

  /** A text that comes with a prompt: data, not instructions. */
  public sealed interface Attachment {
    /** A whole text, such as standard input. */
    record Text(String name, String text) implements Attachment {}

    /** What a call made by the person's hand gave, such as a file that they name. */
    record Result(CallRecord call) implements Attachment {}
  }

  public Agent(
      Optional<ChatModel> model,
      Guidebook book,
      Toolbox toolbox,
      Gate gate,
      Keepers keepers,
      Context where,
      Limits limits,
      Consumer<AgentEvent> events) {
    this.model = model;
    this.book = book;
    this.gate = gate;
    this.where = where;
    this.limits = limits;
    this.events = events;
    this.boundary = new Boundary(keepers.vault(), keepers.outputs(), limits.resultTokens());
    this.toolbox =
        toolbox.with(HostTools.of(keepers.outputs(), this::findTools, this::useScenario));
    var runner = new Runner(this.toolbox, gate, boundary, keepers, limits.call(), events);
    runner.countFrom(where.earlierCalls());
    this.calls = new Calls(this.toolbox, gate, runner);
  }

  /**
   * Answers a prompt.
   *
   * @param transcript what was said before in this conversation
   */
  public Outcome answer(Prompt prompt, Transcript transcript, Cancellation cancellation) {
    calls.nextPrompt();
    var ending = new Ending(cancellation, limits.time());
    try {
      offered = current.offered();
      current = Run.begin(prompt, current.scenario(), book, where.facts(), boundary);
      events.accept(new AgentEvent.Classified(current.classification(), current.chosen()));
      var outcome = answer(prompt, transcript, ending);
      events.accept(new AgentEvent.Ended(outcome));
      return outcome;
    } finally {
      ending.close();
    }
  }

  /** What rules on the calls of this conversation. */
  public Gate gate() {
    return gate;
  }

  /** Asks this model from the next turn on. */
  public void ask(ChatModel other) {
    model = Optional.of(other);
  }

  /** About how many tokens of the model's window a conversation takes. */
  public static int size(Transcript transcript) {
    return Window.estimate(new ChatModel.Request(transcript.messages(), List.of()));
  }

  /** The conversation without the results of calls, which are kept whole as outputs. */
  public static Transcript compact(Transcript transcript) {
    return Window.compact(transcript);
  }

  /** Makes one call by a person's hand, through the same gate and boundary. */
  public CallRecord call(String tool, Map<String, Object> arguments, Cancellation cancellation) {
    calls.nextPrompt();
    var request = new ToolRequest("1", tool, "", arguments, Optional.empty());
    return calls.run(List.of(request), "", List.of(), cancellation).records().getFirst();
  }

  /** Takes a change back by a person's hand, unless its target has changed since. */
  public CallRecord undo(Undo undo, Cancellation cancellation) {
    calls.nextPrompt();
    return calls.undo(undo, cancellation);
  }

  private Outcome answer(Prompt prompt, Transcript transcript, Ending ending) {
    var steps =
        model.isPresent() ? current.stepsWithModel(toolbox) : current.stepsWithoutModel(toolbox);
    var time = model.isPresent() ? limits : patient(limits);
    var evidence = calls.evidence(steps, time, ending.cancellation());
    if (ending.over()) {
      return finish(ending.status(), "", "stopped while looking around", "", transcript, evidence);
    }
    if (model.isEmpty()) {
      var asked = new Asked(current.scenario(), current.clues(), current.lacking());
      var report = Report.of(evidence, asked, boundary.outputs());
      return finish(Status.DONE, report, "", "", transcript, evidence);
    }
    current.offer(toolbox, gate.plan(), earlier(transcript), evidence);
    var brief = transcript;
    if (brief.messages().isEmpty()) {
      brief =
          said(
              brief,
              new Instructions(
                  Guide.system(where.facts(), ZonedDateTime.now(where.clock()), gate.plan())));
    }
    brief = said(brief, new User(current.question(attachments(prompt), evidence)));
    return converse(brief, evidence, ending);
  }

  /** The model and its calls in turn. */
  private Outcome converse(Transcript brief, List<CallRecord> evidence, Ending ending) {
    var transcript = brief;
    boolean answerNow = false;
    for (int turn = 1; ; turn++) {
      boolean last = turn >= limits.turns() || answerNow;
      var tools = last ? List.<ToolSpec>of() : current.tools();
      var fitting = Window.fit(transcript, tools, model.orElseThrow());
      if (fitting.isEmpty()) {
        return finish(
            Status.LIMIT,
            "",
            "the question alone is longer than the model's window",
            "ask about a part of it, or name a model with a larger window",
            transcript,
            evidence);
      }
      if (fitting.get().messages().size() < transcript.messages().size()) {
        events.accept(
            new AgentEvent.Noted(
                "  earlier turns are condensed to fit the model's window; they are saved whole"));
      }
      transcript = fitting.get();
      var request = new ChatModel.Request(transcript.messages(), tools);
      events.accept(new AgentEvent.TurnStarted(turn, tools.size(), Window.estimate(request)));
      current.turned(turn);
      var reply = model.orElseThrow().reply(request, listener(), ending.cancellation());
      if (reply instanceof Broken broken) {
        return broken(broken, ending, transcript, evidence);
      }
      var said = capped((Said) reply);
      current.used(said.usage());
      boolean answered = said.requests().isEmpty() || last;
      events.accept(new AgentEvent.TextEnded(answered));
      var text = boundary.words(said.text(), "the model");
      var asked =
          answered ? List.<ToolRequest>of() : said.requests().stream().map(this::masked).toList();
      transcript = said(transcript, new Assistant(text, asked));
      if (answered) {
        return answered(text, said.cutByLength(), turn >= limits.turns(), transcript, evidence);
      }
      var batch = calls.run(said.requests(), text, current.policies(), ending.cancellation());
      current.called(batch.records());
      transcript = observed(transcript, said, batch);
      if (batch.stopped() || ending.over()) {
        return finish(
            batch.stopped() ? Status.DENIED : ending.status(),
            "",
            batch.stopped() ? "you stopped the run" : ending.problem(),
            "",
            transcript,
            evidence);
      }
      answerNow = batch.onlyRepeats();
    }
  }

  /** The tools that were offered for the last prompt or called before it, the latest first. */
  private List<String> earlier(Transcript transcript) {
    var names = new ArrayList<String>();
    transcript.messages().reversed().stream()
        .flatMap(
            message -> message instanceof Observation seen ? Stream.of(seen.tool()) : Stream.of())
        .forEach(names::add);
    names.addAll(offered);
    return names;
  }

  private Outcome answered(
      String text, boolean cut, boolean limited, Transcript transcript, List<CallRecord> evidence) {
    if (text.isBlank()) {
      return finish(
          limited ? Status.LIMIT : Status.FAILED,
          "",
          limited ? stoppedAfter() : "the model stopped without an answer",
          limited ? "raise --max-turns" : "ask again, or name another model with -m",
          transcript,
          evidence);
    }
    if (cut) {
      return finish(
          Status.LIMIT,
          text,
          "the answer was cut at the model's length limit",
          "raise model.max-output-tokens",
          transcript,
          evidence);
    }
    return limited && limits.turns() > 1 && !current.refused()
        ? finish(Status.LIMIT, text, stoppedAfter(), "raise --max-turns", transcript, evidence)
        : finish(current.status(), text, "", "", transcript, evidence);
  }

  private String stoppedAfter() {
    int most = limits.turns();
    return "stopped after " + most + (most == 1 ? " turn" : " turns") + " (--max-turns)";
  }

  private Outcome broken(
      Broken broken, Ending ending, Transcript transcript, List<CallRecord> evidence) {
    var partial = boundary.words(broken.partial(), "the model");
    var kept = partial.isBlank() ? transcript : said(transcript, new Assistant(partial, List.of()));
    events.accept(new AgentEvent.TextEnded(true));
    var problem = boundary.words(broken.problem(), "the model");
    return switch (broken.kind()) {
      case CANCELLED -> finish(ending.status(), partial, ending.problem(), "", kept, evidence);
      case CREDENTIALS ->
          finish(Status.CREDENTIALS, partial, problem, broken.hint(), kept, evidence);
      case UNAVAILABLE, CUT, REFUSED ->
          finish(Status.FAILED, partial, problem, broken.hint(), kept, evidence);
    };
  }

  private Transcript observed(Transcript transcript, Said said, Calls.Batch batch) {
    var result = transcript;
    for (int i = 0; i < batch.records().size(); i++) {
      var record = batch.records().get(i);
      var id = said.requests().get(i).id();
      result = said(result, new Observation(id, record.tool(), record.text()));
    }
    return result;
  }

  private static Said capped(Said said) {
    return new Said(
        said.text(),
        said.requests().stream().map(ToolRequest::capped).toList(),
        said.usage(),
        said.cutByLength());
  }

  /** What is kept and sent again; what runs has the arguments as the model wrote them. */
  private ToolRequest masked(ToolRequest request) {
    return new ToolRequest(
        request.id(),
        request.tool(),
        boundary.words(request.json(), "the model"),
        boundary.arguments(request.arguments()),
        request.problem());
  }

  private Transcript said(Transcript transcript, Message message) {
    events.accept(new AgentEvent.Said(message));
    return transcript.with(message);
  }

  private List<String> attachments(Prompt prompt) {
    var texts = new ArrayList<String>();
    for (var attachment : prompt.attachments()) {
      texts.add(
          switch (attachment) {
            case Attachment.Result(var call) -> call.text();
            case Attachment.Text(var name, var text) ->
                boundary.observe(name, name, ToolResult.ok(text), limits.resultTokens()).text();
          });
    }
    return texts;
  }

  private String findTools(String need) {
    var found = new ArrayList<>(book.rank(need, toolbox.specs()).stream().limit(5).toList());
    toolbox.specs().stream()
        .filter(spec -> need.contains(spec.name()) && !found.contains(spec))
        .forEach(found::add);
    var lines = new ArrayList<String>();
    for (var spec : found) {
      if (!HostTools.NAMES.contains(spec.name()) && (spec.reading() || !gate.plan())) {
        current.add(spec.name());
        lines.add(spec.name() + ": " + spec.description());
      }
    }
    return lines.isEmpty()
        ? "no tool fits; all are " + current.others()
        : "now offered:\n" + String.join("\n", lines);
  }

  private String useScenario(String name) {
    var scenario =
        book.find(name)
            .orElseThrow(() -> ToolFailure.notFound("there is no scenario '" + name + "'", ""));
    var filled = current.use(scenario);
    var gathered = calls.evidence(filled.steps(), limits, new Cancellation());
    return Guide.guidance(filled) + Guide.evidence(gathered);
  }

  private Outcome finish(
      Status status,
      String answer,
      String problem,
      String hint,
      Transcript transcript,
      List<CallRecord> evidence) {
    return new Outcome(
        status,
        answer,
        problem,
        hint,
        model.isPresent(),
        current.classification(),
        current.scenario(),
        current.lacking().stream().map(Guidebook.Lacking::toString).toList(),
        evidence,
        current.calls(),
        current.turns(),
        current.usage(),
        transcript);
  }

  private ChatModel.Listener listener() {
    return new ChatModel.Listener() {
      @Override
      public void text(String delta) {
        events.accept(new AgentEvent.TextDelta(delta));
      }

      @Override
      public void retrying(String why, long afterMillis) {
        events.accept(new AgentEvent.Retrying(why, afterMillis));
      }
    };
  }

  /** Without a model the evidence is the answer, and there is nothing else to wait for. */
  private static Limits patient(Limits limits) {
    return new Limits(
        limits.turns(),
        limits.time(),
        limits.call(),
        limits.resultTokens(),
        limits.localEvidence().multipliedBy(10),
        limits.remoteEvidence().multipliedBy(4));
  }
}
