package dev.fuse.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jline.utils.AttributedString;

/**
 * Renders as the text comes, word by word. What is printed stays as it is, so that scrolling and
 * selecting work: a word waits while a mark before it is open, a line of code for its end, a table
 * for its last row, since the widths of its columns do.
 */
final class RenderedMarkdown implements MarkdownStream {

  private static final String MARK = "● ";
  private static final String INDENT = "  ";

  /** A line that has begun and says already what kind of line it is: a whole word, after marks. */
  private static final Pattern TELLING =
      Pattern.compile(
          "(?:[\\s>]|[-*+]\\s|\\d{1,9}[.)]\\s|#{1,6}\\s)*[^\\s|]*[\\p{L}\\p{N}].*", Pattern.DOTALL);

  private static final Pattern NUMBER = Pattern.compile("(?:[\\s>]|[-*+]\\s)*\\d{1,9}[.)]\\s*");

  /**
   * Each look takes time that grows with the block: in a long one it is worth while only after a
   * part of it more.
   */
  private static final int PATIENCE = 128;

  private final Screen screen;
  private final Parser parser =
      Parser.builder()
          .extensions(
              List.of(
                  TablesExtension.create(),
                  StrikethroughExtension.builder().requireTwoTildes(true).build()))
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          .build();

  /** The text of the top block that still grows. */
  private final StringBuilder text = new StringBuilder();

  /** How long it was when it was last looked at. */
  private int looked;

  private boolean first = true;
  private int width;

  /** Whether a blank line goes before that block. */
  private boolean apart;

  /** What the screen shows of that block. */
  private String shown = "";

  RenderedMarkdown(Screen screen) {
    this.screen = screen;
  }

  @Override
  public void accept(String delta) {
    text.append(delta);
    boolean word = delta.codePoints().anyMatch(RenderedMarkdown::endsWord);
    if (word && text.length() - looked >= text.length() / PATIENCE) {
      advance();
      looked = text.length();
    }
  }

  @Override
  public void end() {
    var document = parser.parse(text.toString());
    for (var block = document.getFirstChild(); block != null; block = block.getNext()) {
      finish(block);
    }
    text.setLength(0);
    looked = 0;
    first = true;
    apart = false;
  }

  /** Prints all top blocks but the last whole, and of that what will not change. */
  private void advance() {
    var whole = text.substring(0, text.lastIndexOf("\n") + 1);
    var settled = whole + begun(text.substring(whole.length()));
    var document = parser.parse(settled);
    var last = document.getLastChild();
    if (last == null) {
      return;
    }
    var innermost = BlockRenderer.innermost(last);
    if (!(innermost instanceof Paragraph || innermost instanceof Heading)) {
      document = parser.parse(whole);
      last = document.getLastChild();
    } else if (mayHeadTable(settled)) {
      return;
    }
    if (last == null) {
      return;
    }
    for (var block = document.getFirstChild(); block != last; block = block.getNext()) {
      finish(block);
    }
    drop(last);
    follow(last);
    print(rendered(last, List.of(BlockRenderer.innermost(last))));
    if (BlockRenderer.innermost(last) instanceof TableBlock) {
      screen.status("a table");
    }
  }

  /** What counts of a line that has only begun: its whole words, if it is telling. */
  private static String begun(String line) {
    int end = line.length();
    while (end > 0 && !endsWord(line.codePointBefore(end))) {
      end -= Character.charCount(line.codePointBefore(end));
    }
    var words = line.substring(0, end);
    return TELLING.matcher(words).matches() && !NUMBER.matcher(words).matches() ? words : "";
  }

  /** Wide characters stand without blanks between them. */
  private static boolean endsWord(int c) {
    return Character.isWhitespace(c) || (c >= 0x2e80 && Cells.width(c) == 2);
  }

  /** A line with bars is a table's head or plain text: the next one tells. */
  private static boolean mayHeadTable(String settled) {
    int end = settled.endsWith("\n") ? settled.length() - 1 : settled.length();
    return settled.indexOf("|", settled.lastIndexOf("\n", end - 1) + 1) >= 0;
  }

  /** Forgets the text before a block, all of which is on the screen. */
  private void drop(Node block) {
    if (block.getPrevious() != null) {
      apart = BlockRenderer.apart(block);
      int start = block.getSourceSpans().getFirst().getInputIndex();
      text.delete(0, text.lastIndexOf("\n", start) + 1);
    }
  }

  private AttributedString rendered(Node block, List<Node> open) {
    if (shown.isEmpty()) {
      width = screen.width() - INDENT.length();
    }
    var lines = new ArrayList<AttributedString>();
    for (var line : new BlockRenderer(width, !screen.outColors(), open).lines(block)) {
      lines.add(BlockRenderer.prefixed(first && lines.isEmpty() ? MARK : INDENT, line));
    }
    return AttributedString.join(new AttributedString("\n"), lines);
  }

  /**
   * Where the screen's width has changed in the middle of a block, its rest follows on a new line.
   */
  private void follow(Node block) {
    int now = screen.width() - INDENT.length();
    if (shown.isEmpty() || now == width) {
      return;
    }
    long before = shown.codePoints().filter(c -> !Character.isWhitespace(c)).count();
    width = now;
    var again = rendered(block, List.of(BlockRenderer.innermost(block))).toString();
    int at = 0;
    for (long left = before; at < again.length() && left > 0; at++) {
      left -=
          Character.isWhitespace(again.charAt(at)) || Character.isLowSurrogate(again.charAt(at))
              ? 0
              : 1;
    }
    shown = again.substring(0, at);
    if (!shown.isEmpty()) {
      screen.data("\n" + INDENT);
      while (at < again.length() && Character.isWhitespace(again.charAt(at))) {
        at++;
      }
      shown = again.substring(0, at);
    }
  }

  private void finish(Node block) {
    apart = block.getPrevious() == null ? apart : BlockRenderer.apart(block);
    follow(block);
    var whole = rendered(block, List.of());
    print(whole);
    if (!whole.toString().startsWith(shown)) {
      // It turned out to be something else than it seemed: nothing is taken back.
      screen.data("\n");
      shown = "";
      print(whole);
    }
    screen.data("\n");
    shown = "";
    first = false;
  }

  private void print(AttributedString rendered) {
    if (rendered.length() <= shown.length() || !rendered.toString().startsWith(shown)) {
      return;
    }
    var gap = shown.isEmpty() && apart ? "\n" : "";
    var more = rendered.subSequence(shown.length(), rendered.length());
    screen.data(gap + (screen.outColors() ? more.toAnsi() : more.toString()));
    shown = rendered.toString();
  }
}
