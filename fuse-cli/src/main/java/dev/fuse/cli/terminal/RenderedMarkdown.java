package dev.fuse.cli.terminal;

import dev.fuse.agent.Printable;
import java.util.List;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * Renders block by block: what is printed stays as it is, so that scrolling and selecting work. The
 * block under way is printed when the next one begins.
 */
final class RenderedMarkdown implements MarkdownStream {

  private final Screen screen;
  private final Parser parser =
      Parser.builder()
          .extensions(List.of(TablesExtension.create(), StrikethroughExtension.create()))
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          .build();
  private final StringBuilder open = new StringBuilder();
  private boolean first = true;

  RenderedMarkdown(Screen screen) {
    this.screen = screen;
  }

  @Override
  public void accept(String delta) {
    open.append(Printable.of(delta));
    if (delta.indexOf('\n') >= 0) {
      settle();
    }
  }

  @Override
  public void end() {
    var document = parser.parse(open.toString());
    for (var block = document.getFirstChild(); block != null; block = block.getNext()) {
      print(block);
    }
    open.setLength(0);
    first = true;
  }

  /** Prints all top blocks but the last, which may go on. */
  private void settle() {
    var document = parser.parse(open.toString());
    var last = document.getLastChild();
    if (last == null || last == document.getFirstChild()) {
      return;
    }
    for (var block = document.getFirstChild(); block != last; block = block.getNext()) {
      print(block);
    }
    int start = last.getSourceSpans().getFirst().getInputIndex();
    open.delete(0, start);
  }

  private void print(Node block) {
    var text = new BlockRenderer(screen.width(), screen.outColors()).render(block);
    screen.data((first ? "" : "\n") + text + "\n");
    first = false;
  }
}
