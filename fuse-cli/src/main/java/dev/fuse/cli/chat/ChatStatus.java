package dev.fuse.cli.chat;

import dev.fuse.agent.Agent;
import dev.fuse.brief.ChatModel;
import dev.fuse.cli.chat.Chat.Led;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.invocation.Invocation;
import dev.fuse.cli.invocation.Resources;
import dev.fuse.cli.session.MarkdownExport;
import dev.fuse.cli.terminal.ChatConsole;
import dev.fuse.cli.terminal.Pager;
import dev.fuse.cli.terminal.Screen;
import dev.fuse.text.Printable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;

/** What a chat tells about itself, and makes of itself. */
record ChatStatus(Invocation invocation, Resources resources, Chat chat) {

  void tools() {
    var text = new StringBuilder();
    var prefix = "";
    for (var spec : resources.catalog().specs()) {
      var owner = resources.catalog().owner(spec.name()).map(it -> it.name()).orElse("");
      if (!owner.equals(prefix)) {
        text.append(prefix.isEmpty() ? "" : "\n").append(owner).append('\n');
        prefix = owner;
      }
      Screen.wrapped(spec.name() + "  " + spec.description(), invocation.screen().width() - 6)
          .forEach(
              line ->
                  text.append(line.startsWith(spec.name()) ? "  " : "      ")
                      .append(line)
                      .append('\n'));
    }
    invocation.screen().data(text.toString());
  }

  void permissions(String rest, Led led) {
    if (rest.startsWith("revoke ")) {
      revoke(rest.substring("revoke ".length()).strip(), led);
      return;
    }
    for (var kind : List.of("deny", "ask", "allow")) {
      resources
          .settings()
          .permissions(kind)
          .forEach(
              placed ->
                  invocation.note(
                      "  %-6s %s   (%s)".formatted(kind, placed.rule().text(), placed.reason())));
    }
    led.agent
        .gate()
        .grants()
        .forEach(rule -> invocation.note("  allow  " + rule.text() + "   (this conversation)"));
    if (led.agent.gate().plan()) {
      invocation.note("  deny   whatever changes something   (plan mode)");
    }
    invocation.note("  Reads run. Anything else asks, unless a rule covers it.");
  }

  /** Of this conversation's rules; those of the settings have a command of their own. */
  private void revoke(String rule, Led led) {
    invocation.note(
        led.agent.gate().revoke(rule)
            ? "  revoked: " + rule
            : "  no rule of this conversation is '"
                + rule
                + "'; fuse permissions revoke removes one from your settings");
  }

  void context(Led led) {
    resources
        .facts()
        .values()
        .forEach(
            (name, value) -> invocation.note("  %-16s %s".formatted(name, Printable.line(value))));
    int tokens = Agent.size(led.transcript);
    var window =
        chat.model()
            .map(ChatModel::window)
            .map(size -> " of " + size + " (" + Math.round(100.0 * tokens / size) + " %)")
            .orElse("");
    invocation.note(
        "  %-16s %d messages, about %d tokens%s"
            .formatted("conversation", led.transcript.messages().size(), tokens, window));
  }

  void compact(String rest, Led led) {
    int before = Agent.size(led.transcript);
    var shorter = Agent.compact(led.transcript);
    int after = Agent.size(shorter);
    if (before == after) {
      invocation.note("  nothing to compact");
      return;
    }
    var what = "about " + before + " tokens → " + after + ": the results of earlier calls";
    if (rest.equals("show")) {
      invocation.note("  /compact would drop " + what);
      return;
    }
    led.transcript = shorter;
    invocation.note("  dropped " + what + "; they are kept, and the model can read them again");
  }

  void cost() {
    var usage = chat.usage();
    invocation.note("  " + usage.input() + " tokens in, " + usage.output() + " out");
  }

  void output(String id, ChatConsole console, Led led) {
    var wanted = id.startsWith("o") ? id : "o" + id;
    try (var reader = led.conversation.outputs().find(wanted).orElse(null)) {
      if (reader == null) {
        invocation.note("  no output '" + wanted + "' in this conversation");
        return;
      }
      var text = reader.lines().map(Printable::of).collect(Collectors.joining("\n"));
      console.outside(() -> new Pager(invocation.environment(), invocation.screen()).show(text));
    } catch (IOException e) {
      invocation.note("  it cannot be read: " + e.getMessage());
    }
  }

  void save(String file, Led led) {
    if (!file.isEmpty()) {
      export(file, led);
      return;
    }
    led.conversation.flush();
    invocation.note(
        led.conversation.saved()
            ? "  saved as it goes; resume with: fuse -r " + led.conversation.id()
            : "  this conversation is not saved; /save FILE writes it to a file");
  }

  private void export(String file, Led led) {
    var path = invocation.environment().path(file);
    try {
      Files.writeString(path, MarkdownExport.of(led.transcript), StandardOpenOption.CREATE_NEW);
      invocation.note("  written to " + path);
    } catch (FileAlreadyExistsException e) {
      throw new FuseException(
          Kind.FAILED, "'" + path + "' already exists and was left unchanged", "name a new file");
    } catch (IOException e) {
      throw new FuseException(Kind.FAILED, "'" + path + "' cannot be written: " + e, "");
    }
  }
}
