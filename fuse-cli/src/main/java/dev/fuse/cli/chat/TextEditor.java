package dev.fuse.cli.chat;

import dev.fuse.cli.home.Environment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/** The person's own editor on the controlling terminal: {@code VISUAL}, {@code EDITOR} or vi. */
record TextEditor(Environment environment) {

  /**
   * Opens a file and waits until the editor has ended.
   *
   * @throws IllegalArgumentException with a sentence if it cannot be run or ends with an error
   */
  void open(Path file) {
    var editor = environment.find("VISUAL").or(() -> environment.find("EDITOR")).orElse("vi");
    var tty = new File("/dev/tty");
    try {
      int code =
          new ProcessBuilder("/bin/sh", "-c", editor + " \"$1\"", "editor", file.toString())
              .redirectInput(tty)
              .redirectOutput(tty)
              .redirectError(tty)
              .start()
              .waitFor();
      if (code != 0) {
        throw new IllegalArgumentException("the editor '" + editor + "' ended with " + code);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the editor '" + editor + "' cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalArgumentException("the editor was interrupted", e);
    }
  }
}
