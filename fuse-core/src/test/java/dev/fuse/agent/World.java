package dev.fuse.agent;

import dev.fuse.boundary.Outputs;
import dev.fuse.boundary.SecretVault;
import dev.fuse.brief.ChatModel;
import dev.fuse.brief.ChatModel.Reply;
import dev.fuse.brief.ChatModel.Said;
import dev.fuse.brief.ChatModel.Usage;
import dev.fuse.brief.Guidebook;
import dev.fuse.brief.Message;
import dev.fuse.brief.Transcript;
import dev.fuse.gate.Confirmer;
import dev.fuse.gate.Gate;
import dev.fuse.rule.Rule;
import dev.fuse.run.Cancellation;
import dev.fuse.run.ToolRequest;
import dev.fuse.run.Toolbox;
import dev.fuse.run.UndoLog;
import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.ConfirmationPolicy;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Facts;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Target;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Undo;
import dev.fuse.spi.Verb;
import dev.fuse.text.Glob;
import java.io.BufferedReader;
import java.io.StringReader;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** An agent with everything around it made by hand. */
final class World {

  final List<AgentEvent> events = java.util.Collections.synchronizedList(new ArrayList<>());
  final List<ChatModel.Request> requests = new ArrayList<>();
  final Deque<Function<ChatModel.Request, Reply>> replies = new ArrayDeque<>();
  final Map<String, Tool> tools = new LinkedHashMap<>();
  final List<Confirmer.Confirmation> asked = new ArrayList<>();
  final Deque<Confirmer.Answer> answers = new ArrayDeque<>();
  final List<Undo> undos = new ArrayList<>();
  final List<Rule> allow = new ArrayList<>();
  final List<ConfirmationPolicy> policies = new ArrayList<>();
  final Map<String, String> outputs = new LinkedHashMap<>();
  final SecretVault vault = SecretVault.of(Map.of("DB_PASSWORD", "correct-horse-battery"));
  final Cancellation cancellation = new Cancellation();
  Guidebook book = Guidebook.empty();
  boolean somebody = true;
  boolean plan;
  boolean withModel = true;
  int turns = 20;
  int window = 100_000;
  Duration callLimit = Duration.ofSeconds(20);

  static Said says(String text) {
    return new Said(text, List.of(), new Usage(100, 10), false);
  }

  static Said calls(ToolRequest... requests) {
    return new Said("", List.of(requests), new Usage(100, 10), false);
  }

  static ToolRequest request(String id, String tool, Object... pairs) {
    var arguments = Arguments.of(pairs).values();
    return new ToolRequest(id, tool, arguments.toString(), arguments, Optional.empty());
  }

  World reply(Reply reply) {
    replies.add(_ -> reply);
    return this;
  }

  /** A tool {@code name(path)} with one effect. */
  World tool(String name, Verb verb, Risk risk, Function<Call, ToolResult> body) {
    var ceiling = new Ceiling(java.util.Set.of(verb), java.util.Set.of("files"), risk, false);
    var schema =
        Schema.object()
            .optional("path", Schema.string("A path"))
            .optional("lines", Schema.integer("How many").range(1, 10))
            .optional("text", Schema.string("A text").secret());
    tools.put(
        name,
        new Tool() {
          private final ToolSpec spec = ToolSpec.of(name, "Does " + name, schema, ceiling);

          @Override
          public ToolSpec spec() {
            return spec;
          }

          @Override
          public Action prepare(Arguments arguments, Call call) {
            var path = arguments.string("path", "/here");
            return Action.of(
                name + " " + path,
                new Effect(verb, Target.of("files", "path", path), risk, false),
                body::apply);
          }
        });
    return this;
  }

  World reading(String name, Function<Call, ToolResult> body) {
    return tool(name, Verb.READ, Risk.NONE, body);
  }

  World changing(String name, Function<Call, ToolResult> body) {
    return tool(name, Verb.UPDATE, Risk.LOW, body);
  }

  Agent agent() {
    var specs = tools.values().stream().map(Tool::spec).toList();
    return new Agent(
        withModel ? Optional.of(model()) : Optional.empty(),
        book,
        new Toolbox(specs, tools::get),
        new Gate(
            new Gate.Policies(policies, allow, plan, List.of(Glob.ofName("*prod*")), Facts.none()),
            confirmer(),
            _ -> {}),
        new Agent.Keepers(vault, keptOutputs(), undoLog(), (_, _) -> "from-the-person"),
        new Agent.Context(Facts.none(), Clock.systemUTC(), 0),
        new Limits(
            turns,
            Duration.ofMinutes(1),
            callLimit,
            4_000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10)),
        events::add);
  }

  Outcome ask(String prompt) {
    return agent().answer(Agent.Prompt.of(prompt), Transcript.empty(), cancellation);
  }

  /** What the model was told of the calls in its last request. */
  List<String> observations() {
    return requests.getLast().messages().stream()
        .filter(Message.Observation.class::isInstance)
        .map(message -> ((Message.Observation) message).text())
        .toList();
  }

  private ChatModel model() {
    return new ChatModel() {
      @Override
      public String name() {
        return "scripted";
      }

      @Override
      public int window() {
        return window;
      }

      @Override
      public int count(String text) {
        return text.length() / 4;
      }

      @Override
      public Reply reply(Request request, Listener listener, Cancellation cancellation) {
        requests.add(request);
        var reply = replies.isEmpty() ? says("nothing more") : replies.poll().apply(request);
        if (reply instanceof Said said) {
          listener.text(said.text());
        }
        return reply;
      }
    };
  }

  private Confirmer confirmer() {
    return new Confirmer() {
      @Override
      public boolean present() {
        return somebody;
      }

      @Override
      public Answer ask(Confirmation confirmation, Cancellation cancellation) {
        asked.add(confirmation);
        return answers.isEmpty() ? new Answer.No("") : answers.poll();
      }
    };
  }

  private Outputs keptOutputs() {
    return new Outputs() {
      @Override
      public synchronized String keep(String tool, String text) {
        var id = "o" + (outputs.size() + 1);
        outputs.put(id, text);
        return id;
      }

      @Override
      public Optional<BufferedReader> find(String id) {
        return Optional.ofNullable(outputs.get(id))
            .map(t -> new BufferedReader(new StringReader(t)));
      }
    };
  }

  private UndoLog undoLog() {
    return new UndoLog() {
      @Override
      public String keep(byte[] content) {
        return "k1";
      }

      @Override
      public Optional<byte[]> find(String reference) {
        return Optional.empty();
      }

      @Override
      public void record(String tool, String summary, Undo undo) {
        undos.add(undo);
      }
    };
  }
}
