package dev.fuse.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableCell.Alignment;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.ThematicBreak;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * One Markdown block as lines.
 *
 * @param width how many columns a line may have
 * @param codeMarks whether code in running text keeps its backticks, where no colour sets it off
 * @param open the block that still grows, of which only what will not change is rendered; empty
 *     where all is whole
 */
record BlockRenderer(int width, boolean codeMarks, List<Node> open) {

  private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
  private static final AttributedStyle CODE = PLAIN.foreground(AttributedStyle.CYAN);
  private static final int NARROWEST = 20;

  List<AttributedString> lines(Node block) {
    return switch (block) {
      case Heading heading -> wrapped(heading, PLAIN.bold());
      case FencedCodeBlock code -> verbatim(code.getLiteral(), "  ", CODE);
      case IndentedCodeBlock code -> verbatim(code.getLiteral(), "  ", CODE);
      case HtmlBlock html -> verbatim(html.getLiteral(), "", PLAIN);
      case ThematicBreak _ ->
          List.of(new AttributedString("─".repeat(Math.min(width, 40)), PLAIN.faint()));
      case BlockQuote quote -> prefixed(quote, "│ ", "│ ");
      case BulletList list -> items(list, -1);
      case OrderedList list -> items(list, first(list));
      case LinkReferenceDefinition link ->
          List.of(new AttributedString("[" + link.getLabel() + "]: " + link.getDestination()));
      case TableBlock table -> open.contains(table) ? List.of() : table(table);
      default -> wrapped(block, PLAIN);
    };
  }

  private List<AttributedString> wrapped(Node block, AttributedStyle style) {
    var inlines = new InlineRenderer(codeMarks, open.contains(block));
    return Wrap.words(inlines.render(block, style), width);
  }

  /** As it is: what is longer than the screen stays one line, so that it can be copied. */
  private static List<AttributedString> verbatim(
      String literal, String indent, AttributedStyle style) {
    return literal
        .lines()
        .map(
            line ->
                line.isBlank()
                    ? AttributedString.EMPTY
                    : new AttributedStringBuilder()
                        .append(indent)
                        .append(line, style)
                        .toAttributedString())
        .toList();
  }

  private static int first(OrderedList list) {
    var number = list.getMarkerStartNumber();
    return number == null ? 1 : number;
  }

  private List<AttributedString> items(Node list, int first) {
    var lines = new ArrayList<AttributedString>();
    int number = first;
    for (var item = list.getFirstChild(); item != null; item = item.getNext()) {
      if (apart(item)) {
        lines.add(AttributedString.EMPTY);
      }
      var mark = first < 0 ? "• " : number++ + ". ";
      lines.addAll(prefixed(item, mark, " ".repeat(mark.length())));
    }
    return lines;
  }

  private List<AttributedString> prefixed(Node parent, String first, String rest) {
    var narrower = new BlockRenderer(Math.max(NARROWEST, width - first.length()), codeMarks, open);
    var lines = new ArrayList<AttributedString>();
    for (var child = parent.getFirstChild(); child != null; child = child.getNext()) {
      if (apart(child)) {
        lines.add(prefixed(lines.isEmpty() ? first : rest, AttributedString.EMPTY));
      }
      for (var line : narrower.lines(child)) {
        lines.add(prefixed(lines.isEmpty() ? first : rest, line));
      }
    }
    return lines.isEmpty() ? List.of(prefixed(first, AttributedString.EMPTY)) : lines;
  }

  static AttributedString prefixed(String prefix, AttributedString line) {
    if (line.length() == 0) {
      return new AttributedString(prefix.stripTrailing());
    }
    return new AttributedStringBuilder().append(prefix).append(line).toAttributedString();
  }

  /** Whether a blank line stands between a block and the one before it. */
  static boolean apart(Node block) {
    var before = block.getPrevious();
    if (before == null || before.getSourceSpans().isEmpty() || block.getSourceSpans().isEmpty()) {
      return false;
    }
    return block.getSourceSpans().getFirst().getLineIndex()
        > before.getSourceSpans().getLast().getLineIndex() + 1;
  }

  private List<AttributedString> table(TableBlock table) {
    List<AttributedString> head = new ArrayList<>();
    var alignments = new ArrayList<Alignment>();
    var rows = new ArrayList<List<AttributedString>>();
    for (var part = table.getFirstChild(); part != null; part = part.getNext()) {
      for (var row = part.getFirstChild(); row != null; row = row.getNext()) {
        var cells = new ArrayList<AttributedString>();
        for (var cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
          boolean inHead = part instanceof TableHead;
          var style = inHead ? PLAIN.bold() : PLAIN;
          cells.add(new InlineRenderer(codeMarks, false).render(cell, style));
          if (inHead && cell instanceof TableCell named) {
            alignments.add(named.getAlignment() == null ? Alignment.LEFT : named.getAlignment());
          }
        }
        if (part instanceof TableHead) {
          head = cells;
        } else {
          rows.add(cells);
        }
      }
    }
    return new TableLayout(head, alignments, rows, width).lines();
  }

  /** The innermost block at the end of a block, the one that more text would go to. */
  static Node innermost(Node block) {
    var last = block.getLastChild();
    return last instanceof Block && !(block instanceof TableBlock) ? innermost(last) : block;
  }
}
