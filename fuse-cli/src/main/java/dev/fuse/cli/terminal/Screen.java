package dev.fuse.cli.terminal;

import dev.fuse.agent.Printable;
import java.io.PrintStream;
import java.util.Optional;

/**
 * The one door to standard output and standard error: data to the one, everything else to the
 * other.
 */
public final class Screen {

  private static final int NARROWEST = 40;
  private static final int USUAL = 100;

  private final PrintStream out;
  private final PrintStream err;
  private final Device device;
  private boolean status;

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
      var auto = noColor.isPresent() || dumb ? "never" : "auto";
      int width = columns.filter(c -> c.matches("\\d{1,4}")).map(Integer::parseInt).orElse(0);
      return new Device(
          terminals.contains("0"),
          terminals.contains("1"),
          terminals.contains("2"),
          color.isEmpty() || color.equals("auto") ? auto : color,
          width,
          accessible || dumb);
    }
  }

  public Screen(PrintStream out, PrintStream err, Device device) {
    this.out = out;
    this.err = err;
    this.device = device;
  }

  public Device device() {
    return device;
  }

  /** How many columns a line may have. */
  public int width() {
    return device.columns() == 0 ? USUAL : Math.max(NARROWEST, device.columns());
  }

  /** Data as it is, without a line feed of ours. */
  public synchronized void data(String text) {
    clearStatus();
    out.print(text);
    out.flush();
  }

  /** A line beside the data. */
  public synchronized void note(String line) {
    clearStatus();
    err.println(line);
    err.flush();
  }

  /** A line that the next one takes the place of; only on a terminal. */
  public synchronized void status(String line) {
    if (!device.errIsTerminal() || device.accessible()) {
      return;
    }
    var short_ = line.length() > width() - 1 ? line.substring(0, width() - 1) : line;
    err.print("\r\u001b[K" + Style.DIM.on(short_, errColors()));
    err.flush();
    status = true;
  }

  public synchronized void clearStatus() {
    if (status) {
      err.print("\r\u001b[K");
      err.flush();
      status = false;
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

  /** Text from outside that may be printed. */
  public static String printable(String text) {
    return Printable.of(text);
  }
}
