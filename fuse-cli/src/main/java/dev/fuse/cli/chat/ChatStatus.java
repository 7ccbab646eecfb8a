package dev.fuse.cli.chat;

import dev.fuse.agent.Agent;
import dev.fuse.brief.ChatModel;
import dev.fuse.cli.chat.Chat.Led;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.invocation.Invocation;
import dev.fuse.cli.invocation.Resources;
import dev.fuse.cli.session.MarkdownExport;
import dev.fuse.text.Printable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What a chat tells about itself, and makes of itself. */
record ChatStatus(Invocation invocation, Resources resources, Chat chat) {

  void tools() {
    resources
        .catalog()
        .specs()
        .forEach(spec -> invocation.note("  " + spec.name() + "  " + spec.description()));
  }

  void permissions(Led led) {
    for (var kind : List.of("deny", "ask", "allow")) {
      resources
          .settings()
          .permissions(kind)
          .forEach(
              placed ->
                  invocation.note(
                      "  %-6s %s   (%s)".formatted(kind, placed.rule().text(), placed.place())));
    }
    led.agent
        .gate()
        .grants()
        .forEach(rule -> invocation.note("  allow  " + rule.text() + "   (this conversation)"));
    if (led.agent.gate().plan()) {
      invocation.note("  deny   whatever changes something   (plan)");
    }
    invocation.note("  what reads is run; whatever else no rule covers asks");
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

  void compact(Led led) {
    int before = Agent.size(led.transcript);
    led.transcript = Agent.compact(led.transcript);
    int after = Agent.size(led.transcript);
    invocation.note(
        before == after
            ? "  there is nothing to leave out"
            : "  about "
                + before
                + " tokens became "
                + after
                + "; results of calls are kept, and the model can read them again");
  }

  void cost() {
    var usage = chat.usage();
    invocation.note("  " + usage.input() + " tokens in, " + usage.output() + " out");
  }

  void output(String id, Led led) {
    var wanted = id.startsWith("o") ? id : "o" + id;
    try (var reader = led.conversation.outputs().find(wanted).orElse(null)) {
      if (reader == null) {
        invocation.note("  there is no output '" + wanted + "'");
        return;
      }
      reader.lines().map(Printable::of).forEach(invocation::data);
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
            ? "  it is saved as it goes; fuse -r " + led.conversation.id() + " goes on with it"
            : "  this conversation is not saved; /save FILE writes it into a file");
  }

  private void export(String file, Led led) {
    var path = invocation.environment().path(file);
    try {
      Files.writeString(path, MarkdownExport.of(led.transcript), StandardOpenOption.CREATE_NEW);
      invocation.note("  written to " + path);
    } catch (FileAlreadyExistsException e) {
      throw new FuseException(
          Kind.FAILED, "'" + path + "' is there already and was left as it is", "name a new file");
    } catch (IOException e) {
      throw new FuseException(Kind.FAILED, "'" + path + "' cannot be written: " + e, "");
    }
  }
}
