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
import dev.fuse.cli.plan.PlanRecorder;
import dev.fuse.cli.session.Conversation;
import dev.fuse.cli.session.Saved;
import dev.fuse.cli.terminal.EventPrinter;
import dev.fuse.cli.terminal.Resizing;
import dev.fuse.cli.terminal.Screen;
import dev.fuse.gate.CallRecord;
import dev.fuse.gate.Confirmer;
import dev.fuse.gate.Decision;
import dev.fuse.scenario.Library;
import dev.fuse.text.Spelling;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Answers one prompt, or begins a chat. */
public final class OneShot {

  private static final int PICKED = 50;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

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
      var input = invocation.input().get();
      if (words.isEmpty()) {
        prompt = Optional.of(input.whole().strip()).filter(text -> !text.isEmpty());
        chat = false;
      } else {
        input.find().ifPresent(text -> attachments.add(new Agent.Attachment.Text("stdin", text)));
        if (attachments.isEmpty() && input.silent()) {
          invocation.note("  nothing arrived on standard input; continuing without it");
        }
      }
    }
    checkScenario();
    if (chat) {
      return new Chat(this, agents, models, model).run(prompt);
    }
    if (prompt.isEmpty()) {
      throw new FuseException(
          Kind.USAGE, "no question given", "write one: fuse 'why is checkout crashing?'");
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
      var id = flags.resume().get();
      return id.isEmpty()
          ? picked().map(this::resumed).orElseGet(resources.conversations()::start)
          : resumed(resources.conversations().saved(id));
    }
    if (flags.last()) {
      var latest = resources.conversations().findLatest();
      if (latest.isPresent()) {
        return resumed(latest.get());
      }
      invocation.note("  no earlier conversation here; starting a new one");
    }
    return resources.conversations().start();
  }

  /** The conversation that the person picks; empty where they pick none. */
  Optional<Saved> picked() {
    var saved = resources.conversations().list(PICKED);
    if (saved.isEmpty()) {
      invocation.note("  no conversations saved here yet");
      return Optional.empty();
    }
    var person =
        agents
            .someone()
            .orElseThrow(
                () ->
                    new FuseException(
                        Kind.USAGE,
                        "--resume needs an ID, since there is no terminal to pick on",
                        "fuse sessions list shows the IDs"));
    var choices = saved.stream().map(it -> shown(it)).toList();
    var number = person.pick("Resume which conversation?", choices);
    return number.isPresent() ? Optional.of(saved.get(number.getAsInt())) : Optional.empty();
  }

  private static String shown(Saved saved) {
    return TIME.withZone(ZoneId.systemDefault()).format(saved.modified())
        + "  "
        + saved.heading().title();
  }

  /** That conversation, with what the person should know about it told. */
  Conversation resumed(Saved saved) {
    var conversation = resources.conversations().resume(saved);
    conversation.notes().forEach(invocation::note);
    if (!flags.look().quiet() && flags.output() == Flags.Output.TEXT) {
      new LastExchange(invocation.screen()).show(saved, resources.conversations());
    }
    return conversation;
  }

  private ExitCode once(
      Optional<ChatModel> model,
      Conversation conversation,
      String prompt,
      List<Agent.Attachment> attachments) {
    if (invocation.screen().device().outIsTerminal()) {
      Resizing.follow(invocation.screen());
    }
    var plan = flags.files().planOut().map(_ -> new PlanRecorder());
    var schema =
        flags
            .files()
            .outputSchema()
            .map(file -> AnswerSchema.read(invocation.environment().path(file)));
    var confirmer = plan.<Confirmer>map(it -> it).orElseGet(() -> agents.confirmer(_ -> {}));
    var events = events(conversation);
    var agent = agents.of(model, conversation, confirmer, events, Agents.Asker.NOBODY);
    conversation.asked(resources.masked(prompt));
    var all = new ArrayList<>(attachments);
    all.addAll(files(prompt, agent));
    var asked = schema.map(it -> it.instructing(prompt)).orElse(prompt);
    var question = new Agent.Prompt(asked, all, flags.scenario());
    var outcome =
        withFindings(
            agent.answer(question, conversation.transcript(), invocation.cancellation()),
            question,
            conversation,
            events);
    var code = ExitCode.of(outcome);
    if (schema.isPresent() && code == ExitCode.DONE) {
      outcome = schema.get().fitting(outcome);
      code = ExitCode.of(outcome);
      if (flags.output() == Flags.Output.TEXT && code == ExitCode.DONE) {
        invocation.data(outcome.answer().strip());
      }
    }
    if (plan.isPresent()) {
      code = planned(plan.get(), prompt, code, outcome);
    }
    conversation.flush();
    if (flags.output() == Flags.Output.JSON) {
      var session =
          conversation.saved() ? Optional.of(conversation.id()) : Optional.<String>empty();
      invocation.data(Json.writeIndented(JsonReport.of(outcome, code, session)));
    }
    tell(outcome);
    return code;
  }

  private List<Agent.Attachment> files(String prompt, Agent agent) {
    var files = new AttachedFiles(invocation.environment());
    files.missing(prompt).forEach(name -> invocation.note("  " + AttachedFiles.notThere(name)));
    return files.read(prompt, agent, invocation.cancellation());
  }

  /** Where no model could be reached, what Fuse finds by itself, marked as that. */
  private Outcome withFindings(
      Outcome outcome,
      Agent.Prompt question,
      Conversation conversation,
      Consumer<AgentEvent> events) {
    boolean unreached =
        outcome.withModel()
            && outcome.status() == Outcome.Status.FAILED
            && outcome.answer().isBlank()
            && outcome.calls().isEmpty();
    if (!unreached) {
      return outcome;
    }
    invocation.note("  the model did not answer; this is what Fuse found by itself:");
    var alone =
        agents
            .of(Optional.empty(), conversation, Confirmer.nobody(), events, Agents.Asker.NOBODY)
            .answer(question, conversation.transcript(), invocation.cancellation());
    return Amended.withFindings(outcome, alone);
  }

  private ExitCode planned(PlanRecorder plan, String prompt, ExitCode code, Outcome outcome) {
    var file = invocation.environment().path(flags.files().planOut().orElseThrow());
    var hash = plan.write(file, resources.masked(prompt));
    invocation.note(
        "plan with " + plan.size() + (plan.size() == 1 ? " change" : " changes") + ": " + file);
    invocation.note("  sha256 " + hash);
    invocation.note("  run it: fuse apply " + file);
    return outcome.status() == Outcome.Status.DONE ? ExitCode.DONE : code;
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
          flags.files().outputSchema().isPresent()
              ? _ -> {}
              : new EventPrinter(
                  invocation.screen(), resources.facts(), look.quiet(), look.verbose());
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
      Screen.wrapped(
              "no model is set; to have one answer, set OPENAI_API_KEY, or OPENAI_BASE_URL for any"
                  + " OpenAI-compatible server",
              invocation.screen().width() - 2)
          .forEach(line -> invocation.note("  " + line));
    }
  }

  private void tellRefusal(CallRecord call) {
    if (call.ruling() instanceof Decision.Refused refused && refused.by() == Decision.By.NOBODY) {
      invocation.note("fuse: not run: " + call.tool() + " " + call.summary());
      invocation.note("  needs confirmation, but there is no terminal to ask on");
      refused.allow().forEach(rule -> invocation.note("  allow it with " + rule.option()));
      if (refused.allow().isEmpty()) {
        invocation.note("  no rule can allow it; run Fuse at a terminal");
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
                ? "the scenario '"
                    + name
                    + "' is disabled; enable it with fuse scenarios enable "
                    + name
                : "the scenario '" + name + "' has errors; see fuse scenarios show " + name);
  }
}
