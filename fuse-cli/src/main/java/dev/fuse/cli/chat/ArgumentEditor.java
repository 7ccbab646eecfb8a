package dev.fuse.cli.chat;

import dev.fuse.cli.home.Environment;
import dev.fuse.cli.json.Json;
import dev.fuse.cli.terminal.TerminalConfirmer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lets the person change a call's arguments as JSON in their own editor. */
record ArgumentEditor(Environment environment) implements TerminalConfirmer.Editor {

  @Override
  public Map<String, Object> edit(Map<String, Object> arguments) {
    try {
      var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      var file = Files.createTempFile(environment.temporary(), "fuse-call-", ".json", mode);
      try {
        Files.writeString(file, Json.writeIndented(arguments) + "\n");
        new TextEditor(environment).open(file);
        var changed = new LinkedHashMap<String, Object>();
        Json.object(Files.readString(file)).forEach((key, value) -> put(changed, key, value));
        return changed;
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("that is not a call: " + e.getMessage(), e);
    }
  }

  private static void put(Map<String, Object> map, String key, Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }
}
