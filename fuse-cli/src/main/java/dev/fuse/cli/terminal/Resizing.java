package dev.fuse.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;

/** Follows the width of the terminal outside a chat, where nothing else asks for it. */
public final class Resizing {

  private Resizing() {}

  /** From now on the screen is as wide as the terminal is. */
  public static void follow(Screen screen) {
    var columns = new AtomicInteger(screen.device().columns());
    screen.measuredBy(columns::get);
    Signals.register("WINCH", () -> columns.set(measured(columns.get())));
  }

  private static int measured(int before) {
    try {
      var process =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var size = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return size.matches("\\d+ \\d+\\s*")
          ? Integer.parseInt(size.strip().replaceFirst(".* ", ""))
          : before;
    } catch (IOException e) {
      return before;
    }
  }
}
