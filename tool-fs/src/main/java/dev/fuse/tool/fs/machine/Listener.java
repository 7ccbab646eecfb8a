package dev.fuse.tool.fs.machine;

import dev.fuse.tool.fs.place.Shown;
import java.util.Map;

/**
 * Somebody who waits for connections.
 *
 * @param pid 0 where that is not to be seen
 * @param program empty where that is not to be seen
 * @param directory where it runs; empty where that is not to be seen
 */
public record Listener(String address, int port, long pid, String program, String directory) {

  /** {@code java (pid 4711)}. */
  public String holder() {
    return pid == 0
        ? "a process of another user"
        : "%s (pid %d)".formatted(program.isEmpty() ? "a process" : Shown.name(program), pid);
  }

  public Map<String, Object> structured() {
    return Map.of("address", address, "port", (long) port, "pid", pid, "program", program);
  }
}
