package dev.fuse.cli.terminal;

import dev.fuse.text.Printable;

/** Markdown on its way to standard output: rendered on a terminal, as it came into a pipe. */
interface MarkdownStream {

  /** Takes a piece of the text. */
  void accept(String delta);

  /** The text is whole. */
  void end();

  static MarkdownStream to(Screen screen) {
    return new Printed(
        (screen.device().outIsTerminal() || screen.outColors()) && !screen.device().accessible()
            ? new RenderedMarkdown(screen)
            : new PlainMarkdown(screen));
  }

  /** Lets nothing through that moves a cursor, even if it comes in pieces. */
  final class Printed implements MarkdownStream {

    private static final int LONGEST_SEQUENCE = 64;

    private final MarkdownStream to;
    private String held = "";

    Printed(MarkdownStream to) {
      this.to = to;
    }

    @Override
    public void accept(String delta) {
      var text = held + delta;
      int whole = whole(text);
      held = text.substring(whole);
      if (whole > 0) {
        to.accept(Printable.of(text.substring(0, whole)));
      }
    }

    /** Without half a character, and without a sequence that has only begun. */
    private static int whole(String text) {
      int end = text.length();
      int escape = text.lastIndexOf('\u001b');
      if (escape >= 0 && escape > end - LONGEST_SEQUENCE) {
        return escape;
      }
      boolean half =
          end > 0
              && (Character.isHighSurrogate(text.charAt(end - 1)) || text.charAt(end - 1) == '\r');
      return half ? end - 1 : end;
    }

    @Override
    public void end() {
      to.accept(Printable.of(held));
      held = "";
      to.end();
    }
  }

  /** As it came; ends with a line feed. */
  final class PlainMarkdown implements MarkdownStream {
    private final Screen screen;
    private boolean open;

    PlainMarkdown(Screen screen) {
      this.screen = screen;
    }

    @Override
    public void accept(String delta) {
      if (!delta.isEmpty()) {
        screen.data(delta);
        open = !delta.endsWith("\n");
      }
    }

    @Override
    public void end() {
      if (open) {
        screen.data("\n");
        open = false;
      }
    }
  }
}
