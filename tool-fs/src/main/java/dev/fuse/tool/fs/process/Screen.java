package dev.fuse.tool.fs.process;

import dev.fuse.tool.fs.place.Shown;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What would be left on a screen of a program's output. */
final class Screen {

  private static final Pattern ESCAPE =
      Pattern.compile(
          "\u001B\\[[0-?]*["
              + " -/]*[@-~]|\u001B\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|\u001B[@-Z\\\\-_]|\u001B[()][A-Z0-9]");

  private Screen() {}

  static String text(String output) {
    if (output.isEmpty()) {
      return "";
    }
    var lines = ESCAPE.matcher(output).replaceAll("").replace("\r\n", "\n").split("\n", -1);
    var text = Arrays.stream(lines).map(Screen::line).collect(Collectors.joining("\n"));
    return text.endsWith("\n") ? text : text + "\n";
  }

  /** A carriage return goes back to the start of the line, a backspace one character. */
  private static String line(String line) {
    int last = line.lastIndexOf('\r');
    return Shown.line(last < 0 ? line : line.substring(last + 1), Integer.MAX_VALUE);
  }
}
