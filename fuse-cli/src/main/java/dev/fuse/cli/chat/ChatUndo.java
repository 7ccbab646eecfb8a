package dev.fuse.cli.chat;

import dev.fuse.cli.chat.Chat.Led;
import dev.fuse.cli.command.UndoChoice;
import dev.fuse.cli.invocation.Invocation;
import dev.fuse.cli.invocation.Resources;
import dev.fuse.cli.session.UndoEntry;
import dev.fuse.cli.terminal.ChatConsole;
import dev.fuse.text.Printable;
import java.util.ArrayList;
import java.util.List;

/** {@code /undo}: takes changes back in the middle of a chat, and lets the model know. */
record ChatUndo(Invocation invocation, Resources resources, Chat chat) {

  List<String> words() {
    var words = new ArrayList<>(List.of("list"));
    choice().entries(false).forEach(entry -> words.add(entry.shortId()));
    return words;
  }

  void run(String rest, ChatConsole console, Led led) {
    if (rest.equals("list")) {
      list();
      return;
    }
    var entries = rest.isEmpty() ? latest(led) : choice().named(List.of(rest.split("\\s+")));
    if (entries.isEmpty()) {
      invocation.note("  this conversation has changed nothing that can be taken back; /undo list");
    }
    for (var entry : entries) {
      if (!takeBack(entry, console, led)) {
        return;
      }
    }
  }

  private void list() {
    var entries = choice().entries(false);
    entries.forEach(
        entry ->
            invocation.note("  " + entry.shortId() + "  " + entry.tool() + "  " + summary(entry)));
    invocation.note(
        entries.isEmpty() ? "  nothing can be taken back" : "  /undo ID takes one back");
  }

  private List<UndoEntry> latest(Led led) {
    return choice().entries(false).stream()
        .filter(entry -> entry.conversation().equals(led.conversation.id()))
        .limit(1)
        .toList();
  }

  private boolean takeBack(UndoEntry entry, ChatConsole console, Led led) {
    var call =
        chat.interruptibly(
            console,
            cancellation ->
                led.conversation.takingBack(
                    entry, () -> led.agent.undo(entry.undo(), cancellation)));
    if (call.ok()) {
      chat.aside("I have taken back this change of before: " + entry.tool() + " " + summary(entry));
      invocation.note("  taken back: " + summary(entry));
      return true;
    }
    call.failure()
        .ifPresent(
            failed -> {
              invocation.note("  " + failed.problem());
              invocation.note("  " + failed.hint());
            });
    return false;
  }

  private UndoChoice choice() {
    return new UndoChoice(resources.conversations().undoLog());
  }

  private static String summary(UndoEntry entry) {
    return Printable.line(entry.summary());
  }
}
