package dev.fuse.cli.chat;

import dev.fuse.brief.ChatModel;
import dev.fuse.cli.chat.Chat.Led;
import dev.fuse.cli.invocation.Invocation;
import dev.fuse.cli.invocation.Resources;
import dev.fuse.cli.model.Models;
import dev.fuse.cli.session.Saved;
import dev.fuse.cli.terminal.ChatConsole;
import dev.fuse.text.Spelling;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The commands of a chat: lines that begin with {@code /} or {@code !}. */
final class ChatCommands {

  private static final int OFFERED = 10;

  private static final String MORE =
      """
      @FILE                 attach a file to a prompt
      !COMMAND              run a command of your own shell; the model does not see it
      Alt-Enter or \\ at the end of a line goes on in the next one; Ctrl-C stops what runs\
      """;

  private final OneShot prompts;
  private final Invocation invocation;
  private final Resources resources;
  private final Models models;
  private final Chat chat;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** What a command does with the rest of its line. */
  private interface Action {
    void run(String rest, ChatConsole console, Led led);
  }

  /**
   * A command.
   *
   * @param takes what it takes, for people
   * @param words what its first word may be
   */
  private record Entry(String takes, String help, Supplier<List<String>> words, Action action) {}

  ChatCommands(OneShot prompts, Models models, Chat chat) {
    this.prompts = prompts;
    this.invocation = prompts.invocation();
    this.resources = prompts.resources();
    this.models = models;
    this.chat = chat;
    var about = new ChatStatus(invocation, resources, chat);
    var undo = new ChatUndo(invocation, resources, chat);
    add("/help", "", "this", List::of, (_, _, _) -> help());
    add("/model", "[NAME]", "the model, or ask another one from now on", List::of, this::model);
    add(
        "/scenario",
        "[NAME|none]",
        "use this one for the next prompts; alone classifies again",
        this::scenarios,
        (name, _, _) -> useScenario(name));
    add(
        "/plan",
        "[on|off]",
        "only read, change nothing; alone switches it",
        () -> List.of("on", "off"),
        this::plan);
    add("/tools", "", "the tools that there are", List::of, (_, _, _) -> about.tools());
    add(
        "/permissions",
        "",
        "the rules that calls are let through or refused by",
        List::of,
        (_, _, led) -> about.permissions(led));
    add(
        "/context",
        "",
        "where this is, and how full the model's window is",
        List::of,
        (_, _, led) -> about.context(led));
    add(
        "/compact",
        "",
        "leave the results of calls out of what the model is sent again",
        List::of,
        (_, _, led) -> about.compact(led));
    add("/cost", "", "tokens of this chat", List::of, (_, _, _) -> about.cost());
    add(
        "/output",
        "N",
        "an output that was cut, whole",
        List::of,
        (id, _, led) -> about.output(id, led));
    add(
        "/save",
        "[FILE]",
        "how to resume this, or write it into a new file as Markdown",
        List::of,
        (file, _, led) -> about.save(file, led));
    add(
        "/resume",
        "[ID]",
        "go on with another conversation; alone lists them",
        this::conversations,
        (id, _, _) -> resume(id));
    add(
        "/undo",
        "[ID|list]",
        "take back the latest change of this conversation",
        () -> undo.words(),
        undo::run);
    add("/clear", "", "begin a new conversation", List::of, (_, _, _) -> chat.goOn(this::fresh));
    add("/quit", "", "end (Ctrl-D as well)", List::of, (_, _, _) -> {});
  }

  private void add(
      String name, String takes, String help, Supplier<List<String>> words, Action action) {
    entries.put(name, new Entry(takes, help, words, action));
  }

  List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** What the first word after a command may be. */
  List<String> words(String command) {
    return Optional.ofNullable(entries.get(command)).map(e -> e.words().get()).orElse(List.of());
  }

  boolean ends(String line) {
    return line.equals("/quit") || line.equals("/exit");
  }

  /** Runs a command; false where the line is a prompt. */
  boolean run(String line, ChatConsole console, Led led) {
    if (line.startsWith("!")) {
      shell(line.substring(1));
      return true;
    }
    var words = line.split("\\s+", 2);
    if (!words[0].matches("/[a-z]*")) {
      // A path at the start of a question is no command.
      return false;
    }
    var entry = entries.get(words[0]);
    if (entry == null) {
      var meant = Spelling.didYouMean(words[0], names());
      invocation.note("  there is no command '" + words[0] + "'" + meant + "; /help lists them");
      return true;
    }
    entry.action().run(words.length > 1 ? words[1].strip() : "", console, led);
    return true;
  }

  private void help() {
    entries.forEach(
        (name, entry) ->
            invocation.note(
                "  %-21s %s".formatted((name + " " + entry.takes()).strip(), entry.help())));
    invocation.note(MORE.indent(2).stripTrailing());
  }

  private void model(String name, ChatConsole console, Led led) {
    if (name.isEmpty()) {
      invocation.note("  " + chat.model().map(ChatModel::name).orElse("no model is set"));
      return;
    }
    var other = models.named(name);
    if (other.isEmpty()) {
      invocation.note("  no key and no address of a model are set; set OPENAI_API_KEY");
      return;
    }
    chat.model(other.get());
    led.agent.ask(other.get());
    invocation.note("  " + other.get().name() + " is asked from now on");
  }

  private void plan(String wanted, ChatConsole console, Led led) {
    var gate = led.agent.gate();
    if (!wanted.isEmpty() && !wanted.equals("on") && !wanted.equals("off")) {
      invocation.note("  '" + wanted + "' is neither on nor off");
      return;
    }
    boolean on = wanted.isEmpty() ? !gate.plan() : wanted.equals("on");
    if (!on && invocation.flags().plan()) {
      invocation.note("  Fuse was started with --plan, which holds until it ends");
      return;
    }
    gate.plan(on);
    var now = on ? "only what reads is run" : "changes are run again, after asking";
    chat.aside("from here on " + now);
    invocation.note("  " + now);
  }

  private List<String> scenarios() {
    var names = new java.util.ArrayList<>(resources.scenarios().library().names());
    names.add("none");
    return names;
  }

  private void useScenario(String name) {
    var why = OneShot.whyNot(name, resources.scenarios().library());
    if (why.isPresent()) {
      invocation.note("  " + why.get() + "; there are " + String.join(", ", scenarios()));
      return;
    }
    chat.scenario(name);
    invocation.note(name.isEmpty() ? "  each question is classified" : "  scenario " + name);
  }

  private List<String> conversations() {
    return resources.conversations().list(OFFERED).stream().map(Saved::id).toList();
  }

  private void resume(String id) {
    if (!id.isEmpty()) {
      var saved = resources.conversations().saved(id);
      chat.goOn(() -> prompts.resumed(saved));
      return;
    }
    var saved = resources.conversations().list(OFFERED);
    saved.forEach(one -> invocation.note("  " + one.id() + "  " + one.heading().title()));
    invocation.note(saved.isEmpty() ? "  none is saved here" : "  /resume ID goes on with one");
  }

  private dev.fuse.cli.session.Conversation fresh() {
    return invocation.flags().noSession()
        ? resources.conversations().startUnsaved()
        : resources.conversations().start();
  }

  private void shell(String command) {
    try {
      var shell = invocation.environment().find("SHELL").orElse("/bin/sh");
      new ProcessBuilder(shell, "-c", command).inheritIO().start().waitFor();
    } catch (IOException e) {
      invocation.note("  it cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
