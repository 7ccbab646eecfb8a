package dev.fuse.cli;

import dev.fuse.agent.Agent;
import dev.fuse.agent.ChatModel;
import dev.fuse.agent.Outcome;
import dev.fuse.agent.Transcript;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.home.PrivateFile;
import dev.fuse.cli.home.Project;
import dev.fuse.cli.session.Conversation;
import dev.fuse.cli.terminal.ChatConsole;
import dev.fuse.gate.Cancellation;
import dev.fuse.spi.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A chat: prompt after prompt in one conversation. */
final class Chat {

  private static final List<String> COMMANDS =
      List.of("/help", "/scenario", "/tools", "/cost", "/output", "/clear", "/quit");

  private static final String HELP =
      """
      /scenario NAME|none   use this one for the next prompts; /scenario alone classifies again
      /tools                the tools that there are
      /cost                 tokens of this conversation
      /output N             an output that was cut, whole
      /clear                begin a new conversation
      /quit                 end (Ctrl-D as well)
      !COMMAND              run a command of your own shell; the model does not see it
      Alt-Enter or \\ at the end of a line goes on in the next one; Ctrl-C stops what runs\
      """;

  private final Assembly assembly;
  private final Optional<ChatModel> model;
  private final Talk talk;
  private ChatModel.Usage usage = ChatModel.Usage.NONE;
  private String scenario;

  Chat(Assembly assembly, Optional<ChatModel> model) {
    this.assembly = assembly;
    this.model = model;
    this.talk = new Talk(assembly);
    this.scenario = assembly.flags().scenario();
  }

  ExitCode run(Optional<String> first) {
    var history = assembly.home().findFolder("history").map(this::history);
    boolean vi = assembly.settings().text("edit-mode").equals("vi");
    try (var console = ChatConsole.open(history, assembly::masked, vi, this::complete)) {
      greet();
      var begin = first;
      while (conversation(console, begin)) {
        begin = Optional.empty();
      }
      return ExitCode.DONE;
    } catch (IOException e) {
      throw new FuseException(
          Kind.FAILED,
          "the terminal cannot be used: " + e.getMessage(),
          "fuse 'question' needs none");
    }
  }

  /** Whether another one is wanted. */
  private boolean conversation(ChatConsole console, Optional<String> first) {
    try (var conversation = talk.conversation()) {
      var agent =
          assembly.agent(
              model,
              conversation,
              assembly.confirmer(console::typedAhead),
              talk.events(conversation),
              false,
              this::asked);
      var transcript = conversation.transcript();
      var next = first;
      while (true) {
        var line = next.or(() -> console.readLine("fuse> ")).map(String::strip);
        next = Optional.empty();
        if (line.isEmpty() || line.get().equals("/quit") || line.get().equals("/exit")) {
          conversation.flush();
          return false;
        }
        if (line.get().equals("/clear")) {
          return true;
        }
        if (!line.get().isEmpty() && !command(line.get(), conversation)) {
          conversation.asked(assembly.masked(line.get()));
          transcript = answer(agent, console, line.get(), transcript);
          conversation.flush();
        }
      }
    }
  }

  private Transcript answer(
      Agent agent, ChatConsole console, String prompt, Transcript transcript) {
    var cancellation = new AtomicReference<>(Cancellation.within(assembly.cancellation()));
    Outcome outcome;
    try {
      outcome =
          console.whileWorking(
              () -> cancellation.get().cancel(),
              () ->
                  agent.answer(
                      new Agent.Prompt(prompt, List.of(), scenario),
                      transcript,
                      cancellation.get()));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("answering throws nothing checked", e);
    }
    usage = usage.plus(outcome.usage());
    talk.tell(outcome);
    return outcome.transcript();
  }

  /** A parameter's value from the person; empty where it is left open. */
  private String asked(Scenario scenario, Scenario.Parameter parameter) {
    var question =
        "  "
            + scenario.name()
            + " needs "
            + parameter.name()
            + " ("
            + parameter.description()
            + "), Enter leaves it open: ";
    var answer = assembly.person().flatMap(person -> person.ask(question)).orElse("");
    return assembly.masked(answer.strip());
  }

  /** Runs a command of the chat; false where the line is a prompt. */
  private boolean command(String line, Conversation conversation) {
    if (line.startsWith("!")) {
      shell(line.substring(1));
      return true;
    }
    if (!line.startsWith("/")) {
      return false;
    }
    var words = line.split("\\s+", 2);
    var rest = words.length > 1 ? words[1] : "";
    switch (words[0]) {
      case "/help" -> assembly.note(HELP);
      case "/scenario" -> useScenario(rest);
      case "/tools" ->
          assembly
              .catalog()
              .specs()
              .forEach(s -> assembly.note("  " + s.name() + "  " + s.description()));
      case "/cost" ->
          assembly.note("  " + usage.input() + " tokens in, " + usage.output() + " out");
      case "/output" -> output(rest, conversation);
      default -> {
        var meant = dev.fuse.spi.Spelling.didYouMean(words[0], COMMANDS);
        assembly.note("  there is no command '" + words[0] + "'" + meant + "; /help lists them");
      }
    }
    return true;
  }

  private void useScenario(String name) {
    var why = Talk.whyNot(name, assembly.scenarios());
    if (why.isPresent()) {
      var names = String.join(", ", assembly.scenarios().names());
      assembly.note("  " + why.get() + "; there are " + names);
      return;
    }
    scenario = name;
    assembly.note(name.isEmpty() ? "  each question is classified" : "  scenario " + name);
  }

  private void output(String id, Conversation conversation) {
    var wanted = id.startsWith("o") ? id : "o" + id;
    try (var reader = conversation.outputs().find(wanted).orElse(null)) {
      if (reader == null) {
        assembly.note("  there is no output '" + wanted + "'");
        return;
      }
      reader.lines().forEach(assembly::data);
    } catch (IOException e) {
      assembly.note("  it cannot be read: " + e.getMessage());
    }
  }

  private void shell(String command) {
    try {
      var shell = assembly.environment().find("SHELL").orElse("/bin/sh");
      new ProcessBuilder(shell, "-c", command).inheritIO().start().waitFor();
    } catch (IOException e) {
      assembly.note("  it cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> complete(String word) {
    if (word.startsWith("/")) {
      return COMMANDS.stream().filter(command -> command.startsWith(word)).toList();
    }
    if (!word.startsWith("@")) {
      return List.of();
    }
    var typed = word.substring(1);
    int slash = typed.lastIndexOf('/');
    var folder = assembly.environment().path(slash < 0 ? "." : typed.substring(0, slash + 1));
    try (var files = Files.list(folder)) {
      var start = "@" + typed.substring(0, slash + 1);
      return files
          .map(file -> start + file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
          .filter(name -> name.startsWith(word))
          .sorted()
          .limit(50)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private Path history(Path folder) {
    var file = folder.resolve(Project.of(assembly.environment()).slug());
    try {
      PrivateFile.append(file).close();
    } catch (IOException e) {
      assembly.note("  what is typed is not kept: " + e.getMessage());
    }
    return file;
  }

  private void greet() {
    var name = model.map(ChatModel::name).orElse("no model");
    assembly.note(
        "Fuse, " + name + ", in " + assembly.environment().directory() + "; /help, Ctrl-D ends");
  }
}
