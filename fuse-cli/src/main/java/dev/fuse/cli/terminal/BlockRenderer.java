package dev.fuse.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.jline.utils.AttributedString;

/** One Markdown block as lines of at most that many columns. */
record BlockRenderer(int width, boolean colors) {

  String render(Node block) {
    return String.join("\n", lines(block));
  }

  private List<String> lines(Node block) {
    return switch (block) {
      case Heading heading -> List.of(Style.BOLD.on(inline(heading), colors));
      case Paragraph paragraph -> Wrap.wrap(inline(paragraph), width);
      case FencedCodeBlock code -> code(code.getLiteral());
      case IndentedCodeBlock code -> code(code.getLiteral());
      case HtmlBlock html -> html.getLiteral().lines().toList();
      case ThematicBreak _ -> List.of(Style.DIM.on("─".repeat(Math.min(width, 40)), colors));
      case BlockQuote quote -> prefixed(quote, "│ ", "│ ");
      case BulletList list -> items(list, 0);
      case OrderedList list ->
          items(list, list.getMarkerStartNumber() == null ? 1 : list.getMarkerStartNumber());
      case TableBlock table -> table(table);
      default -> Wrap.wrap(inline(block), width);
    };
  }

  private List<String> code(String literal) {
    return literal.lines().map(line -> "  " + Style.CYAN.on(line, colors)).toList();
  }

  private List<String> items(Node list, int number) {
    var lines = new ArrayList<String>();
    int count = number;
    for (var item = list.getFirstChild(); item != null; item = item.getNext()) {
      if (item instanceof ListItem) {
        var mark = number == 0 ? "• " : count++ + ". ";
        lines.addAll(prefixed(item, mark, " ".repeat(mark.length())));
      }
    }
    return lines;
  }

  private List<String> prefixed(Node parent, String first, String rest) {
    var narrower = new BlockRenderer(Math.max(20, width - first.length()), colors);
    var lines = new ArrayList<String>();
    for (var child = parent.getFirstChild(); child != null; child = child.getNext()) {
      for (var line : narrower.lines(child)) {
        lines.add((lines.isEmpty() ? first : rest) + line);
      }
    }
    return lines.isEmpty() ? List.of(first.stripTrailing()) : lines;
  }

  private List<String> table(TableBlock table) {
    var rows = new ArrayList<List<String>>();
    int head = 0;
    for (var part = table.getFirstChild(); part != null; part = part.getNext()) {
      for (var row = part.getFirstChild(); row != null; row = row.getNext()) {
        if (row instanceof TableRow) {
          rows.add(cells(row));
          head += part instanceof TableHead ? 1 : 0;
        }
      }
    }
    return new TableLayout(width, colors).lines(rows, head);
  }

  private List<String> cells(Node row) {
    var cells = new ArrayList<String>();
    for (var cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
      if (cell instanceof TableCell) {
        cells.add(inline(cell));
      }
    }
    return cells;
  }

  private String inline(Node parent) {
    var text = new StringBuilder();
    for (var node = parent.getFirstChild(); node != null; node = node.getNext()) {
      text.append(one(node));
    }
    return text.toString();
  }

  private String one(Node node) {
    return switch (node) {
      case Text text -> text.getLiteral();
      case Code code -> Style.CYAN.on(code.getLiteral(), colors);
      case StrongEmphasis strong -> Style.BOLD.on(inline(strong), colors);
      case Emphasis emphasis -> Style.ITALIC.on(inline(emphasis), colors);
      case Strikethrough gone -> "~" + inline(gone) + "~";
      case Link link -> link(inline(link), link.getDestination());
      case Image image -> link(inline(image), image.getDestination());
      case SoftLineBreak _ -> " ";
      case HardLineBreak _ -> "\n";
      case HtmlInline html -> html.getLiteral();
      default -> inline(node);
    };
  }

  private String link(String text, String destination) {
    return text.isEmpty() || text.equals(destination)
        ? Style.UNDERLINE.on(destination, colors)
        : text + " (" + Style.UNDERLINE.on(destination, colors) + ")";
  }

  /** How many columns a text takes, escape sequences not counted. */
  static int columns(String text) {
    return AttributedString.fromAnsi(text).columnLength();
  }
}
