package dev.fuse.cli.terminal;

import dev.fuse.agent.Printable;
import java.util.List;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * Renders as the text comes: what is printed stays as it is, so that scrolling and selecting work.
 * Of the block under way all lines but the last are printed, once no mark in them is open; a table
 * waits for its end, since its columns do.
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

  /** Lines of the block under way that are on the screen. */
  private int shown;

  RenderedMarkdown(Screen screen) {
    this.screen = screen;
  }

  @Override
  public void accept(String delta) {
    open.append(Printable.of(delta));
    if (delta.chars().anyMatch(Character::isWhitespace)) {
      settle();
    }
  }

  @Override
  public void end() {
    var document = parser.parse(open.toString());
    for (var block = document.getFirstChild(); block != null; block = block.getNext()) {
      print(block, Integer.MAX_VALUE);
      ended();
    }
    open.setLength(0);
    first = true;
  }

  /** Prints all top blocks but the last whole, and of that what will not change. */
  private void settle() {
    var document = parser.parse(open.toString());
    var last = document.getLastChild();
    if (last == null) {
      return;
    }
    if (last != document.getFirstChild()) {
      for (var block = document.getFirstChild(); block != last; block = block.getNext()) {
        print(block, Integer.MAX_VALUE);
        ended();
      }
      open.delete(0, last.getSourceSpans().getFirst().getInputIndex());
    }
    if (lasts(last)) {
      print(last, lines(last).size() - 1);
    }
  }

  private boolean lasts(Node block) {
    var text = open.toString().strip();
    boolean closed =
        count(text, "**") % 2 == 0
            && count(text, "`") % 2 == 0
            && count(text, "[") == count(text, "](");
    return switch (block) {
      case Paragraph _ -> closed && !text.startsWith("|");
      case BulletList _, OrderedList _ -> closed;
      case FencedCodeBlock _ -> true;
      default -> false;
    };
  }

  private static int count(String text, String mark) {
    int count = 0;
    for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length())) {
      count++;
    }
    return count;
  }

  private List<String> lines(Node block) {
    return new BlockRenderer(screen.width(), screen.outColors()).render(block).lines().toList();
  }

  /** Prints the lines of a block up to that one that are not on the screen yet. */
  private void print(Node block, int until) {
    var lines = lines(block);
    for (; shown < Math.min(until, lines.size()); shown++) {
      screen.data((shown == 0 && !first ? "\n" : "") + lines.get(shown) + "\n");
    }
  }

  private void ended() {
    first = false;
    shown = 0;
  }
}
