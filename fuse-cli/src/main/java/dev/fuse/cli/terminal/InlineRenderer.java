package dev.fuse.cli.terminal;

import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Running text of one block; while it grows, only up to where a mark may still be closed. */
final class InlineRenderer {

  private final boolean codeMarks;
  private final boolean open;
  private final AttributedStringBuilder text = new AttributedStringBuilder();
  private boolean stopped;

  InlineRenderer(boolean codeMarks, boolean open) {
    this.codeMarks = codeMarks;
    this.open = open;
  }

  AttributedString render(Node block, AttributedStyle style) {
    children(block, style);
    return stopped ? wholeWords() : text.toAttributedString();
  }

  private void children(Node parent, AttributedStyle style) {
    for (var node = parent.getFirstChild(); node != null && !stopped; node = node.getNext()) {
      one(node, style);
    }
  }

  private void one(Node node, AttributedStyle style) {
    switch (node) {
      case Text plain -> plain(plain.getLiteral(), style);
      case Code code -> {
        var mark = codeMarks ? "`" : "";
        text.append(mark + code.getLiteral() + mark, style.foreground(AttributedStyle.CYAN));
      }
      case StrongEmphasis strong -> children(strong, style.bold());
      case Emphasis emphasis -> children(emphasis, style.italic());
      case Strikethrough gone -> children(gone, style.crossedOut());
      case Link link -> link(link, link.getDestination(), style);
      case Image image -> link(image, image.getDestination(), style);
      case SoftLineBreak _ -> text.append(" ");
      case HardLineBreak _ -> text.append("\n");
      case HtmlInline html -> text.append(html.getLiteral(), style);
      default -> children(node, style);
    }
  }

  private void plain(String literal, AttributedStyle style) {
    int end = open ? OpenMark.in(literal) : literal.length();
    text.append(literal.substring(0, end).replace('\t', ' '), style);
    stopped = end < literal.length();
  }

  /** Where it leads stands beside what it says: the one may belie the other. */
  private void link(Node node, String destination, AttributedStyle style) {
    int start = text.length();
    children(node, style.underline());
    var shown = text.subSequence(start, text.length()).toString();
    if (shown.isEmpty() || shown.equals(destination)) {
      text.setLength(start);
      text.append(destination, style.underline());
    } else if (!destination.equals("mailto:" + shown)) {
      text.append(" (" + destination + ")", style.faint());
    }
  }

  private AttributedString wholeWords() {
    int end = text.length();
    while (end > 0 && !Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return text.subSequence(0, end);
  }
}
