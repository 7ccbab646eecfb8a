package dev.fuse.cli.terminal;

import dev.fuse.cli.terminal.Keys.Press;
import dev.fuse.run.Cancellation;
import dev.fuse.text.Printable;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Picks one of a list with the arrow keys; typing filters it. */
public final class Picker {

  private static final int SHOWN = 10;

  private final Keys keys;
  private final String title;
  private final List<String> choices;
  private final int width;
  private String filter = "";
  private int at;
  private int drawn;

  private Picker(Keys keys, String title, List<String> choices, int width) {
    this.keys = keys;
    this.title = title;
    this.choices = choices;
    this.width = width;
  }

  /**
   * The number of what is picked, from 0.
   *
   * @return empty where nothing is picked; {@code null} never
   */
  public static OptionalInt pick(
      Tty tty, Cancellation cancellation, String title, List<String> choices, int width) {
    try (var keys = Keys.of(tty, cancellation, true).orElse(null)) {
      return keys == null ? OptionalInt.empty() : new Picker(keys, title, choices, width).pick();
    }
  }

  private OptionalInt pick() {
    while (true) {
      var fitting = fitting();
      at = Math.clamp(at, 0, Math.max(0, fitting.size() - 1));
      draw(fitting);
      switch (keys.next()) {
        case Press.Gone() -> {
          return ended(OptionalInt.empty());
        }
        case Press.Pasted(var text, _) -> filter += text.replaceAll("\\p{Cntrl}", "");
        case Press.Key(var name) -> {
          if (name.equals("Enter")) {
            return ended(fitting.isEmpty() ? OptionalInt.empty() : OptionalInt.of(fitting.get(at)));
          }
          if (name.matches("Escape|Interrupt|End of input")) {
            return ended(OptionalInt.empty());
          }
          key(name);
        }
      }
    }
  }

  private void key(String name) {
    switch (name) {
      case "Up" -> at--;
      case "Down" -> at++;
      case "Backspace" -> filter = filter.isEmpty() ? "" : filter.substring(0, filter.length() - 1);
      case "Clear" -> filter = "";
      default -> type(name);
    }
  }

  private void type(String name) {
    if (name.codePointCount(0, name.length()) == 1 && name.charAt(0) >= ' ') {
      filter += name;
    }
  }

  private List<Integer> fitting() {
    var wanted = filter.toLowerCase(Locale.ROOT);
    return IntStream.range(0, choices.size())
        .filter(i -> choices.get(i).toLowerCase(Locale.ROOT).contains(wanted))
        .boxed()
        .toList();
  }

  private void draw(List<Integer> fitting) {
    var screen = new StringBuilder();
    erase(screen);
    screen.append(Cells.cut(title + (filter.isEmpty() ? "" : "  /" + filter), width - 1));
    int from = Math.max(0, Math.min(at - SHOWN / 2, fitting.size() - SHOWN));
    var rows = fitting.subList(from, Math.min(fitting.size(), from + SHOWN));
    for (int i = 0; i < rows.size(); i++) {
      var mark = from + i == at ? "› " : "  ";
      screen
          .append("\r\n")
          .append(Cells.cut(mark + Printable.line(choices.get(rows.get(i))), width - 1));
    }
    var rest = fitting.size() - rows.size();
    var keysLine =
        "↑↓ choose · type to filter · Enter picks · Esc cancels"
            + (rest > 0 ? " · " + rest + " more" : "");
    screen
        .append("\r\n")
        .append(Cells.cut(fitting.isEmpty() ? "nothing fits" : keysLine, width - 1));
    drawn = rows.size() + 1;
    keys.tty().out().print(screen);
    keys.tty().out().flush();
  }

  private void erase(StringBuilder screen) {
    screen.append('\r');
    if (drawn > 0) {
      screen.append("\u001b[").append(drawn).append('A');
    }
    screen.append("\u001b[J");
  }

  private OptionalInt ended(OptionalInt picked) {
    var screen = new StringBuilder();
    erase(screen);
    keys.tty().out().print(screen);
    keys.tty().out().flush();
    return picked;
  }
}
