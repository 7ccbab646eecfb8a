package dev.fuse.tool.fs;

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
record RunningProcess(
    long pid,
    long parent,
    String user,
    String program,
    String command,
    long memory,
    long cpuMillis,
    Instant started) {

  /** The system of a target that is a process. */
  static final String PROCESS = "process";

  Map<String, Object> structured() {
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
