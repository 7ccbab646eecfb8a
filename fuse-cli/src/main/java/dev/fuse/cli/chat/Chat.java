package dev.fuse.cli.chat;

import dev.fuse.agent.Agent;
import dev.fuse.brief.ChatModel;
import dev.fuse.brief.Transcript;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.home.PrivateFile;
import dev.fuse.cli.home.Project;
import dev.fuse.cli.invocation.Invocation;
import dev.fuse.cli.invocation.Resources;
import dev.fuse.cli.model.Models;
import dev.fuse.cli.session.Conversation;
import dev.fuse.cli.terminal.ChatConsole;
import dev.fuse.gate.Confirmer;
import dev.fuse.run.Cancellation;
import dev.fuse.scenario.Scenario;
import dev.fuse.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A chat: prompt after prompt in one conversation, and then perhaps in another one. */
final class Chat {

  private static final String PROMPT = "fuse> ";

  private final Invocation invocation;
  private final Resources resources;
  private final Agents agents;
  private final OneShot prompts;
  private final ChatCommands commands;

  /** What the person did beside their prompts, for the model to know with the next one. */
  private final List<String> asides = new ArrayList<>();

  private Optional<ChatModel> model;
  private ChatModel.Usage usage = ChatModel.Usage.NONE;
  private String scenario;
  private Optional<Supplier<Conversation>> next = Optional.empty();
  private Optional<String> last = Optional.empty();

  /** A conversation and who leads it. */
  static final class Led {
    final Conversation conversation;
    final Agent agent;
    Transcript transcript;
    boolean asked;

    Led(Conversation conversation, Agent agent) {
      this.conversation = conversation;
      this.agent = agent;
      this.transcript = conversation.transcript();
    }
  }

  Chat(OneShot prompts, Agents agents, Models models, Optional<ChatModel> model) {
    this.invocation = agents.invocation();
    this.resources = agents.resources();
    this.agents = agents;
    this.model = model;
    this.prompts = prompts;
    this.scenario = invocation.flags().scenario();
    this.commands = new ChatCommands(prompts, models, this);
  }

  Optional<ChatModel> model() {
    return model;
  }

  void model(ChatModel other) {
    model = Optional.of(other);
  }

  void scenario(String name) {
    scenario = name;
  }

  ChatModel.Usage usage() {
    return usage;
  }

  /** Counts from nothing, as a new conversation does. */
  void forget() {
    usage = ChatModel.Usage.NONE;
    asides.clear();
  }

  /** Tells the model with the next prompt. */
  void aside(String text) {
    asides.add(text);
  }

  /** Ends this conversation and goes on with that one. */
  void goOn(Supplier<Conversation> other) {
    next = Optional.of(other);
  }

  ExitCode run(Optional<String> first) {
    var history = resources.home().findFolder("history").map(this::history);
    boolean vi = resources.settings().text("edit-mode").equals("vi");
    var completion = new ChatCompletion(invocation.environment(), commands);
    var editing = new ChatConsole.Editing(history, resources::masked, vi, completion::of);
    try (var console = ChatConsole.open(editing, invocation.screen())) {
      greet();
      next = Optional.of(prompts::conversation);
      var begin = first;
      while (next.isPresent()) {
        var current = next.get();
        next = Optional.empty();
        lead(console, current, begin);
        begin = Optional.empty();
      }
      goodbye();
      return ExitCode.DONE;
    } catch (IOException e) {
      throw new FuseException(
          Kind.FAILED,
          "the terminal cannot be used: " + e.getMessage(),
          "fuse 'question' needs none");
    }
  }

  private void lead(ChatConsole console, Supplier<Conversation> begun, Optional<String> first) {
    try (var conversation = begun.get()) {
      var agent =
          agents.of(
              model, conversation, confirmer(console), prompts.events(conversation), this::asked);
      var led = new Led(conversation, agent);
      var line =
          first.map(text -> new ChatConsole.Line(text, false)).or(() -> console.readLine(PROMPT));
      while (line.isPresent() && !commands.ends(line.get().text().strip())) {
        take(line.get(), console, led);
        if (next.isPresent()) {
          return;
        }
        line = console.readLine(PROMPT);
      }
      conversation.flush();
      last = conversation.saved() && led.asked ? Optional.of(conversation.id()) : last;
    }
  }

  private Confirmer confirmer(ChatConsole console) {
    return agents
        .person(console::typedAhead)
        .<Confirmer>map(person -> person.within(console::hands))
        .orElseGet(Confirmer::nobody);
  }

  private void take(ChatConsole.Line given, ChatConsole console, Led led) {
    var line = given.text().strip();
    try {
      if (!line.isEmpty() && !commands.run(line, given.byHand(), console, led)) {
        led.conversation.asked(resources.masked(line));
        led.asked = true;
        answer(line, console, led);
        led.conversation.flush();
      }
    } catch (FuseException e) {
      invocation.note("fuse: " + e.problem());
      if (!e.hint().isEmpty()) {
        invocation.note("  " + e.hint());
      }
    }
  }

  private void answer(String line, ChatConsole console, Led led) {
    var said = asides.isEmpty() ? line : line + "\n\n(" + String.join("; ", asides) + ")";
    var outcome =
        interruptibly(
            console,
            cancellation -> {
              var files = new AttachedFiles(invocation.environment());
              files
                  .missing(line)
                  .forEach(name -> invocation.note("  " + AttachedFiles.notThere(name)));
              var attachments = files.read(line, led.agent, cancellation);
              return led.agent.answer(
                  new Agent.Prompt(said, attachments, scenario), led.transcript, cancellation);
            });
    asides.clear();
    usage = usage.plus(outcome.usage());
    led.transcript = outcome.transcript();
    prompts.tell(outcome);
  }

  /** What Ctrl-C ends. */
  interface Work<T> {
    T until(Cancellation cancellation);
  }

  /** Does something that Ctrl-C ends instead of the chat. */
  <T> T interruptibly(ChatConsole console, Work<T> work) {
    var cancellation = new AtomicReference<>(Cancellation.within(invocation.cancellation()));
    try {
      return console.whileWorking(
          () -> cancellation.get().cancel(), () -> work.until(cancellation.get()));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("answering throws nothing checked", e);
    }
  }

  /** A parameter's value from the person; empty where it is left open. */
  private String asked(Scenario scenario, Scenario.Parameter parameter) {
    var question =
        "  %s needs %s (%s); Enter to leave it open: "
            .formatted(scenario.name(), parameter.name(), parameter.description());
    var answer = person().flatMap(person -> person.ask(question)).orElse("");
    return resources.masked(answer.strip());
  }

  Optional<PersonAtTerminal> person() {
    return agents.someone();
  }

  private Path history(Path folder) {
    var file = folder.resolve(Project.of(invocation.environment()).slug());
    try {
      PrivateFile.append(file).close();
    } catch (IOException e) {
      invocation.note("  the history is not saved: " + e.getMessage());
    }
    return file;
  }

  /** How to resume what was said. */
  private void goodbye() {
    last.ifPresent(id -> invocation.note("  resume with: fuse -r " + id));
  }

  /** Where changes would go, before the first question. */
  private void status() {
    var parts = new ArrayList<String>();
    resources.facts().find("kube-context").ifPresent(it -> parts.add("context " + it));
    resources.facts().find("kube-namespace").ifPresent(it -> parts.add("namespace " + it));
    resources.facts().find("google-project").ifPresent(it -> parts.add("project " + it));
    if (invocation.flags().plan()) {
      parts.add("plan mode: read-only");
    }
    if (!parts.isEmpty()) {
      invocation.note("  " + Printable.line(String.join(" · ", parts)));
    }
  }

  private void greet() {
    var name = model.map(ChatModel::name).orElse("no model");
    invocation.note(
        "Fuse · " + name + " · " + invocation.environment().directory() + " · /help, Ctrl-D exits");
    status();
  }
}
