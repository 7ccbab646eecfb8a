package dev.fuse.tool.fs.process;

import java.time.Instant;
import java.util.Map;

/**
 * A process.
 *
 * @param program its short name
 * @param command its command line; the short name where that is not to be seen
 * @param memory resident, in bytes
 * @param cpuMillis used since its start
 */
public record RunningProcess(
    long pid,
    long parent,
    String user,
    String program,
    String command,
    long memory,
    long cpuMillis,
    Instant started) {

  /** The system of a target that is a process. */
  public static final String PROCESS = "process";

  public Map<String, Object> structured() {
    return Map.of(
        "pid", pid,
        "parent", parent,
        "user", user,
        "program", program,
        "memory", memory,
        "cpuMillis", cpuMillis,
        "started", started.toString());
  }
}
