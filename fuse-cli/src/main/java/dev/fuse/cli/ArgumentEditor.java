package dev.fuse.cli;

import dev.fuse.cli.home.Environment;
import dev.fuse.cli.home.Json;
import dev.fuse.cli.terminal.TerminalConfirmer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lets the person change a call's arguments as JSON in their own editor. */
record ArgumentEditor(Environment environment) implements TerminalConfirmer.Editor {

  @Override
  public Map<String, Object> edit(Map<String, Object> arguments) {
    var editor = environment.find("VISUAL").or(() -> environment.find("EDITOR")).orElse("vi");
    try {
      var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      var file = Files.createTempFile(environment.temporary(), "fuse-call-", ".json", mode);
      try {
        Files.writeString(file, Json.writeIndented(arguments) + "\n");
        var tty = new File("/dev/tty");
        var process =
            new ProcessBuilder("/bin/sh", "-c", editor + " \"$1\"", "editor", file.toString())
                .redirectInput(tty)
                .redirectOutput(tty)
                .redirectError(tty)
                .start();
        if (process.waitFor() != 0) {
          throw new IllegalArgumentException(
              "the editor '"
                  + editor
                  + "' ended with "
                  + process.exitValue()
                  + "; nothing changed");
        }
        var changed = new LinkedHashMap<String, Object>();
        Json.object(Files.readString(file)).forEach((key, value) -> put(changed, key, value));
        return changed;
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("that is no call: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalArgumentException("the editor was interrupted", e);
    }
  }

  private static void put(Map<String, Object> map, String key, Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }
}
