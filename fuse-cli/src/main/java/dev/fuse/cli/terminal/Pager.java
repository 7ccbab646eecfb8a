package dev.fuse.cli.terminal;

import dev.fuse.cli.home.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Shows a long text through the person's pager on a terminal, as git does, and else as it is. */
public record Pager(Environment environment, Screen screen) {

  public void show(String text) {
    var device = screen.device();
    var pager = environment.find("FUSE_PAGER").or(() -> environment.find("PAGER")).orElse("less");
    boolean paged =
        device.outIsTerminal()
            && device.inIsTerminal()
            && !device.accessible()
            && !pager.isBlank()
            && !pager.equals("cat");
    if (!paged || !through(pager, text)) {
      screen.data(text.stripTrailing() + "\n");
    }
  }

  /** Whether it could be shown so. */
  private boolean through(String pager, String text) {
    try {
      var builder =
          new ProcessBuilder(
              "/bin/sh", "-c", "command -v ${0%% *} >/dev/null || exit 127; " + pager, pager);
      builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      // Quits where all fits on the screen, leaves it there, and lets colours through.
      builder.environment().putIfAbsent("LESS", "FRX");
      var process = builder.start();
      try (var in = process.getOutputStream()) {
        in.write((text.stripTrailing() + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException _) {
        // The person has quit before the end.
        return process.waitFor() != 127;
      }
      return process.waitFor() != 127;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
