package dev.fuse.cli.chat;

import dev.fuse.cli.session.Conversations;
import dev.fuse.cli.session.Saved;
import dev.fuse.cli.session.Story;
import dev.fuse.cli.session.Story.Part;
import dev.fuse.cli.terminal.Screen;
import dev.fuse.text.Printable;

/** Shows where a conversation stood: its title, the last prompt and the last answer. */
record LastExchange(Screen screen) {

  private static final int LINES = 12;

  void show(Saved saved, Conversations conversations) {
    screen.note(
        "  resuming '" + Printable.line(saved.heading().title()) + "' (" + saved.id() + ")");
    for (var part : Story.of(conversations.events(saved)).last().parts()) {
      switch (part) {
        case Part.Asked(var text) -> screen.note("  you: " + Printable.line(first(text)));
        case Part.Answered(var text) -> answered(text);
        case Part.Called(var tool, var summary, var outcome) ->
            screen.note("  " + tool + " " + Printable.line(summary) + ": " + outcome);
      }
    }
  }

  private void answered(String text) {
    var lines = text.lines().toList();
    lines.stream().limit(LINES).forEach(line -> screen.note("  │ " + Printable.of(line)));
    if (lines.size() > LINES) {
      screen.note("  │ … " + (lines.size() - LINES) + " more lines: fuse sessions show");
    }
  }

  private static String first(String text) {
    return text.lines().findFirst().orElse("");
  }
}
