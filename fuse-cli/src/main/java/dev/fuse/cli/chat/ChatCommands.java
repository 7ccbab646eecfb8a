package dev.fuse.cli.chat;

import dev.fuse.brief.ChatModel;
import dev.fuse.cli.chat.Chat.Led;
import dev.fuse.cli.invocation.Invocation;
import dev.fuse.cli.invocation.Resources;
import dev.fuse.cli.model.Models;
import dev.fuse.cli.session.Saved;
import dev.fuse.cli.terminal.ChatConsole;
import dev.fuse.cli.terminal.Screen;
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

  private static final int NAMES = 22;

  /** Lines that are not commands, with what they do. */
  private static final Map<String, String> MORE =
      Map.of(
          "@FILE", "attach a file to a prompt",
          "!COMMAND", "run a command in your own shell; the model does not see it",
          "Alt-Enter", "new line; a \\ at the end of a line does the same",
          "Esc, Ctrl-C", "stop what runs; what you typed meanwhile stays in the prompt");

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
    add("/help", "", "show this help", List::of, (_, _, _) -> help());
    add(
        "/model",
        "[NAME]",
        "show the model, or ask another one from now on",
        this::modelNames,
        this::model);
    add(
        "/scenario",
        "[NAME|none]",
        "use a scenario for the next prompts; without a name, classify again",
        this::scenarios,
        (name, _, _) -> useScenario(name));
    add(
        "/plan",
        "[on|off]",
        "switch plan mode (read-only)",
        () -> List.of("on", "off"),
        this::plan);
    add("/tools", "", "list the tools", List::of, (_, _, _) -> about.tools());
    add(
        "/permissions",
        "[revoke RULE]",
        "list the rules for calls, or take one back",
        () -> List.of("revoke"),
        (rest, _, led) -> about.permissions(rest, led));
    add(
        "/context",
        "",
        "show where this is, and how full the model's window is",
        List::of,
        (_, _, led) -> about.context(led));
    add(
        "/compact",
        "[show]",
        "shorten the context: drop old tool results ('show' only tells what would go)",
        () -> List.of("show"),
        (rest, _, led) -> about.compact(rest, led));
    add("/cost", "", "show the tokens of this chat", List::of, (_, _, _) -> about.cost());
    add(
        "/output",
        "N",
        "print a truncated output in full",
        List::of,
        (id, console, led) -> about.output(id, console, led));
    add(
        "/save",
        "[FILE]",
        "save as Markdown, or show the resume command",
        List::of,
        (file, _, led) -> about.save(file, led));
    add(
        "/resume",
        "[ID]",
        "resume another conversation; without an ID, pick one",
        this::conversations,
        (id, _, _) -> resume(id));
    add(
        "/undo",
        "[ID|list]",
        "undo the latest change of this conversation",
        () -> undo.words(),
        undo::run);
    add("/clear", "", "start a new conversation", List::of, (_, _, _) -> clear());
    add("/quit", "", "exit (also exit, quit, Ctrl-D)", List::of, (_, _, _) -> {});
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
    return line.matches("/quit|/exit|quit|exit");
  }

  /** Runs a command; false where the line is a prompt. */
  boolean run(String line, boolean byHand, ChatConsole console, Led led) {
    if (line.equals("?")) {
      help();
      return true;
    }
    if (line.startsWith("!")) {
      shell(line.substring(1), byHand, console);
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
      invocation.note("  unknown command '" + words[0] + "'" + meant + "; see /help");
      return true;
    }
    entry.action().run(words.length > 1 ? words[1].strip() : "", console, led);
    return true;
  }

  private void help() {
    entries.forEach((name, entry) -> help((name + " " + entry.takes()).strip(), entry.help()));
    MORE.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(java.util.Comparator.reverseOrder()))
        .forEach(entry -> help(entry.getKey(), entry.getValue()));
  }

  /** Broken between words, under the first one of its kind. */
  private void help(String name, String text) {
    int width = invocation.screen().width() - NAMES - 2;
    var start = "  %-21s ".formatted(name);
    if (width < NAMES) {
      invocation.note(start.stripTrailing());
      Screen.wrapped(text, invocation.screen().width() - 6)
          .forEach(line -> invocation.note("      " + line));
      return;
    }
    for (var line : Screen.wrapped(text, width)) {
      invocation.note(start + line);
      start = " ".repeat(start.length());
    }
  }

  /** Models that were named before: in the settings and with {@code -m}. */
  private List<String> modelNames() {
    return models.names();
  }

  private void model(String name, ChatConsole console, Led led) {
    if (name.isEmpty()) {
      pickModel(led);
      return;
    }
    use(name, led);
  }

  private void pickModel(Led led) {
    var names = models.names();
    var now = chat.model().map(ChatModel::name).orElse("none");
    if (names.isEmpty()) {
      invocation.note("  the model is " + now + "; /model NAME asks another one");
      return;
    }
    var person = chat.person();
    if (person.isEmpty()) {
      invocation.note("  the model is " + now);
      return;
    }
    var picked = person.get().pick("Model (now " + now + "; /model NAME takes any name)", names);
    picked.ifPresent(number -> use(names.get(number), led));
  }

  private void use(String name, Led led) {
    var other = models.named(name);
    if (other.isEmpty()) {
      invocation.note("  no model is set; set OPENAI_API_KEY or OPENAI_BASE_URL");
      return;
    }
    chat.model(other.get());
    led.agent.ask(other.get());
    invocation.note("  the model is now " + other.get().name());
  }

  private void plan(String wanted, ChatConsole console, Led led) {
    var gate = led.agent.gate();
    if (!wanted.isEmpty() && !wanted.equals("on") && !wanted.equals("off")) {
      invocation.note("  '" + wanted + "' is not 'on' or 'off'");
      return;
    }
    boolean on = wanted.isEmpty() ? !gate.plan() : wanted.equals("on");
    if (!on && invocation.flags().plan()) {
      invocation.note("  Fuse was started with --plan; start it again without to change anything");
      return;
    }
    gate.plan(on);
    chat.aside(on ? "from here on only reads are run" : "from here on changes run after asking");
    invocation.note(
        on
            ? "  plan mode on: read-only"
            : "  plan mode off: changes are possible again, each after a question");
  }

  private List<String> scenarios() {
    var names = new java.util.ArrayList<>(resources.scenarios().library().names());
    names.add("none");
    return names;
  }

  private void useScenario(String name) {
    var why = OneShot.whyNot(name, resources.scenarios().library());
    if (why.isPresent()) {
      invocation.note("  " + why.get() + "; scenarios: " + String.join(", ", scenarios()));
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
    prompts.picked().ifPresent(saved -> chat.goOn(() -> prompts.resumed(saved)));
  }

  private void clear() {
    chat.forget();
    chat.goOn(this::fresh);
    invocation.note("  new conversation");
  }

  private dev.fuse.cli.session.Conversation fresh() {
    return invocation.flags().noSession()
        ? resources.conversations().startUnsaved()
        : resources.conversations().start();
  }

  private void shell(String command, boolean byHand, ChatConsole console) {
    if (!byHand) {
      invocation.note("  not run: a line that was pasted or typed ahead never runs in the shell");
      invocation.note("  type the ! yourself to run it");
      console.propose(command);
      return;
    }
    console.outside(() -> run(command));
  }

  private void run(String command) {
    try {
      var shell = invocation.environment().find("SHELL").orElse("/bin/sh");
      new ProcessBuilder(shell, "-c", command).inheritIO().start().waitFor();
    } catch (IOException e) {
      invocation.note("  '" + command + "' cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
