package dev.fuse.cli.terminal;

import dev.fuse.text.Printable;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jline.utils.AttributedString;

/**
 * The one door to standard output and standard error: data to the one, everything else to the
 * other.
 */
public final class Screen {

  private static final int NARROWEST = 20;
  private static final int USUAL = 100;

  private final PrintStream out;
  private final PrintStream err;
  private final Device device;
  private final Spinner spinner = new Spinner(this::drawStatus);
  private IntSupplier columns;

  /** Whether the line of the terminal that is written has an end still to come. */
  private boolean midLine;

  /** What stands on that line. */
  private String line = "";

  private String typed = "";
  private boolean typedShown;

  /**
   * What stands behind the streams.
   *
   * @param outIsTerminal whether standard output is a terminal
   * @param errIsTerminal whether standard error is one
   * @param color whether colours may be used on a terminal; {@code always} also where there is none
   * @param columns how wide the terminal is; 0 where that is not known
   * @param accessible whether nothing is drawn, so that it reads well aloud
   */
  public record Device(
      boolean inIsTerminal,
      boolean outIsTerminal,
      boolean errIsTerminal,
      String color,
      int columns,
      boolean accessible) {

    /**
     * Of the launcher's word and the environment.
     *
     * @param terminals the digits of the descriptors that are terminals, such as {@code 012}
     * @param color {@code auto}, {@code always} or {@code never}; empty where no flag or setting
     *     says
     */
    public static Device of(
        String terminals,
        Optional<String> term,
        Optional<String> noColor,
        String color,
        Optional<String> columns,
        boolean accessible) {
      boolean dumb = term.filter("dumb"::equals).isPresent();
      boolean plain = dumb || noColor.filter(value -> !value.isEmpty()).isPresent();
      int width = columns.filter(c -> c.matches("\\d{1,4}")).map(Integer::parseInt).orElse(0);
      return new Device(
          terminals.contains("0"),
          terminals.contains("1"),
          terminals.contains("2"),
          !color.isEmpty() && !color.equals("auto") ? color : plain ? "never" : "auto",
          width,
          accessible || dumb);
    }
  }

  public Screen(PrintStream out, PrintStream err, Device device) {
    this.out = out;
    this.err = err;
    this.device = device;
    this.columns = device::columns;
  }

  public Device device() {
    return device;
  }

  /** From now on the terminal itself says how wide it is. */
  public synchronized void measuredBy(IntSupplier terminal) {
    columns = terminal;
  }

  /** How many columns a line may have. */
  public synchronized int width() {
    int known = columns.getAsInt();
    return known <= 0 ? USUAL : Math.max(NARROWEST, known);
  }

  /** Data as it is, without a line feed of ours. */
  public synchronized void data(String text) {
    clearStatus();
    hideTyped();
    out.print(text);
    out.flush();
    if (device.outIsTerminal() && !text.isEmpty()) {
      midLine = !text.endsWith("\n");
      line = midLine ? (line + text).substring((line + text).lastIndexOf('\n') + 1) : "";
    }
    showTyped();
  }

  /** What the person has typed for the next prompt; shown below what is written. */
  public synchronized void typed(String text) {
    if (!device.errIsTerminal() || device.accessible()) {
      return;
    }
    clearStatus();
    hideTyped();
    typed = text;
    showTyped();
  }

  private void showTyped() {
    if (typed.isEmpty()) {
      return;
    }
    int lines = (int) typed.lines().count();
    var last = typed.lines().reduce((_, next) -> next).orElse("");
    var more = lines > 1 ? "(" + lines + " lines) " : "";
    var shown = Cells.cut("› " + more + Printable.line(last), width() - 1);
    err.print(Style.DIM.on(below() + shown, errColors()) + back());
    err.flush();
    typedShown = true;
  }

  private void hideTyped() {
    if (typedShown) {
      err.print(midLine ? "\n\r\u001b[K" + back() : "\r\u001b[K");
      err.flush();
      typedShown = false;
    }
  }

  private String below() {
    return midLine ? "\n\r\u001b[K" : "\r\u001b[K";
  }

  /** To where the next character of the data goes. */
  private String back() {
    if (!midLine) {
      return "";
    }
    int column = Cells.width(line.replaceAll("\u001b\\[[0-9;]*m", "")) % Math.max(1, width());
    return "\u001b[A\r" + (column > 0 ? "\u001b[" + column + "C" : "");
  }

  /** A line beside the data. */
  public synchronized void note(String text) {
    clearStatus();
    hideTyped();
    if (midLine && device.errIsTerminal()) {
      out.println();
      out.flush();
      midLine = false;
      line = "";
    }
    err.println(text);
    err.flush();
    showTyped();
  }

  /** Says what is under way, until something else is printed; only on a terminal. */
  public synchronized void status(String what) {
    if (device.errIsTerminal() && !device.accessible() && !midLine && typed.isEmpty()) {
      spinner.show(what);
      drawStatus();
    }
  }

  public synchronized void clearStatus() {
    if (spinner.hide()) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }

  private synchronized void drawStatus() {
    if (spinner.visible() && typed.isEmpty()) {
      var line = Cells.cut(spinner.line(), width() - 1);
      err.print("\r\u001b[K" + Style.DIM.on(line, errColors()));
      err.flush();
    }
  }

  public boolean outColors() {
    return colors(device.outIsTerminal());
  }

  public boolean errColors() {
    return colors(device.errIsTerminal());
  }

  private boolean colors(boolean terminal) {
    return switch (device.color()) {
      case "always" -> true;
      case "never" -> false;
      default -> terminal;
    };
  }

  /** A text of words broken into lines of at most that many columns. */
  public static List<String> wrapped(String text, int width) {
    return Wrap.words(new AttributedString(text), Math.max(NARROWEST, width)).stream()
        .map(AttributedString::toString)
        .toList();
  }

  /** Text from outside that may be printed. */
  public static String printable(String text) {
    return Printable.of(text);
  }
}
