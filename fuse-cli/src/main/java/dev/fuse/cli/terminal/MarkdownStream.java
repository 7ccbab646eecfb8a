package dev.fuse.cli.terminal;

import dev.fuse.agent.Printable;

/** Markdown on its way to standard output: rendered on a terminal, as it came into a pipe. */
interface MarkdownStream {

  /** Takes a piece of the text. */
  void accept(String delta);

  /** The text is whole. */
  void end();

  static MarkdownStream to(Screen screen) {
    return screen.device().outIsTerminal() && !screen.device().accessible()
        ? new RenderedMarkdown(screen)
        : new PlainMarkdown(screen);
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
        screen.data(Printable.of(delta));
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
