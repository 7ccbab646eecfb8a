package dev.fuse.cli.chat;

import dev.fuse.agent.Agent;
import dev.fuse.agent.AgentEvent;
import dev.fuse.agent.Outcome;
import dev.fuse.brief.ChatModel;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.invocation.Flags;
import dev.fuse.cli.invocation.Invocation;
import dev.fuse.cli.invocation.Resources;
import dev.fuse.cli.json.Json;
import dev.fuse.cli.json.JsonReport;
import dev.fuse.cli.model.Models;
import dev.fuse.cli.session.Conversation;
import dev.fuse.cli.terminal.EventPrinter;
import dev.fuse.gate.CallRecord;
import dev.fuse.gate.Decision;
import dev.fuse.scenario.Library;
import dev.fuse.text.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Answers one prompt, or begins a chat. */
public final class OneShot {

  private final Invocation invocation;
  private final Resources resources;
  private final Agents agents;
  private final Models models;
  private final Flags flags;

  public OneShot(Invocation invocation, Resources resources, Agents agents, Models models) {
    this.invocation = invocation;
    this.resources = resources;
    this.agents = agents;
    this.models = models;
    this.flags = invocation.flags();
  }

  Invocation invocation() {
    return invocation;
  }

  Resources resources() {
    return resources;
  }

  public ExitCode converse(Optional<String> words) {
    var device = invocation.screen().device();
    var attachments = new ArrayList<Agent.Attachment>();
    var prompt = words;
    boolean chat = flags.chat() || (words.isEmpty() && device.inIsTerminal());
    var model = models.find();
    if (!device.inIsTerminal()) {
      var input = new StandardInput(invocation.in());
      if (words.isEmpty()) {
        prompt = Optional.of(input.whole().strip()).filter(text -> !text.isEmpty());
        chat = false;
      } else {
        input.find().ifPresent(text -> attachments.add(new Agent.Attachment.Text("stdin", text)));
        if (attachments.isEmpty() && input.silent()) {
          invocation.note("  nothing came on standard input; going on without it");
        }
      }
    }
    checkScenario();
    if (chat) {
      return new Chat(this, agents, models, model).run(prompt);
    }
    if (prompt.isEmpty()) {
      throw new FuseException(
          Kind.USAGE, "there is no question", "write one: fuse 'why is checkout crashing?'");
    }
    try (var conversation = conversation()) {
      return once(model, conversation, prompt.get(), attachments);
    }
  }

  /** The conversation that the flags name. */
  Conversation conversation() {
    if (flags.noSession()) {
      return resources.conversations().startUnsaved();
    }
    if (flags.resume().isPresent()) {
      return resumed(resources.conversations().saved(flags.resume().get()));
    }
    if (flags.last()) {
      var latest = resources.conversations().findLatest();
      if (latest.isPresent()) {
        return resumed(latest.get());
      }
      invocation.note("  there is no earlier conversation here; this is a new one");
    }
    return resources.conversations().start();
  }

  /** That conversation, with what the person should know about it told. */
  Conversation resumed(dev.fuse.cli.session.Saved saved) {
    var conversation = resources.conversations().resume(saved);
    conversation.notes().forEach(invocation::note);
    return conversation;
  }

  private ExitCode once(
      Optional<ChatModel> model,
      Conversation conversation,
      String prompt,
      List<Agent.Attachment> attachments) {
    var events = events(conversation);
    var agent =
        agents.of(model, conversation, agents.confirmer(_ -> {}), events, Agents.Asker.NOBODY);
    conversation.asked(resources.masked(prompt));
    var all = new ArrayList<>(attachments);
    all.addAll(
        new AttachedFiles(invocation.environment()).read(prompt, agent, invocation.cancellation()));
    var outcome =
        agent.answer(
            new Agent.Prompt(prompt, all, flags.scenario()),
            conversation.transcript(),
            invocation.cancellation());
    var code = ExitCode.of(outcome.status());
    conversation.flush();
    if (flags.output() == Flags.Output.JSON) {
      var session =
          conversation.saved() ? Optional.of(conversation.id()) : Optional.<String>empty();
      invocation.data(Json.writeIndented(JsonReport.of(outcome, code, session)));
    }
    tell(outcome);
    return code;
  }

  /** Who hears of a run: the conversation's file, and what the person sees. */
  Consumer<AgentEvent> events(Conversation conversation) {
    var session = conversation.saved() ? Optional.of(conversation.id()) : Optional.<String>empty();
    var shown = shown(session);
    return event -> {
      invocation.trace().ifPresent(trace -> trace.accept(event));
      if (event instanceof AgentEvent.Classified classified) {
        classified.chosen().ifPresent(resources::warm);
      }
      conversation.accept(event);
      shown.accept(event);
    };
  }

  private Consumer<AgentEvent> shown(Optional<String> session) {
    var look = flags.look();
    return switch (flags.output()) {
      case TEXT ->
          new EventPrinter(invocation.screen(), resources.facts(), look.quiet(), look.verbose());
      case JSON -> _ -> {};
      case STREAM_JSON -> {
        invocation.data(JsonReport.begins(session));
        yield event -> invocation.data(JsonReport.line(event, session));
      }
    };
  }

  /** What went wrong, what was not allowed, and how to have a model. */
  void tell(Outcome outcome) {
    if (!outcome.problem().isEmpty()) {
      invocation.note("fuse: " + outcome.problem());
      if (!outcome.hint().isEmpty()) {
        invocation.note("  " + outcome.hint());
      }
    }
    outcome.calls().forEach(this::tellRefusal);
    if (!outcome.withModel() && !flags.look().quiet()) {
      invocation.note(
          "  no model is set; set OPENAI_API_KEY, or OPENAI_BASE_URL for any OpenAI-compatible"
              + " server, to have one answer");
    }
  }

  private void tellRefusal(CallRecord call) {
    if (call.ruling() instanceof Decision.Refused refused && refused.by() == Decision.By.NOBODY) {
      invocation.note(
          "fuse: not run, nobody was there to confirm it: " + call.tool() + " " + call.summary());
      refused
          .allow()
          .forEach(rule -> invocation.note("  let it through with " + rule.option()));
      if (refused.allow().isEmpty()) {
        invocation.note("  no rule lets it through; it needs a person at a terminal");
      }
    }
  }

  private void checkScenario() {
    whyNot(flags.scenario(), resources.scenarios().library())
        .ifPresent(
            why -> {
              var names = String.join(", ", resources.scenarios().library().names());
              throw new FuseException(Kind.USAGE, why, "scenarios are " + names + ", or none");
            });
  }

  /** Why a scenario cannot be used by its name; empty where it can, or where none is named. */
  static Optional<String> whyNot(String name, Library library) {
    if (name.isEmpty() || name.equals("none") || library.find(name).isPresent()) {
      return Optional.empty();
    }
    var entry = library.entries().stream().filter(it -> it.file().name().equals(name)).findFirst();
    return Optional.of(
        entry.isEmpty()
            ? "there is no scenario '" + name + "'" + Spelling.didYouMean(name, library.names())
            : entry.get().state() == Library.State.DISABLED
                ? "the scenario '" + name + "' is disabled; fuse scenarios enable " + name
                : "the scenario '" + name + "' has mistakes; fuse scenarios show " + name);
  }
}
