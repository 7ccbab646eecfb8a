package dev.fuse.tool.fs;

import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.fs.process.RunningProcess;
import java.util.Set;

/** What is known of the tools for processes before their code is loaded. */
final class ProcessSpecs {

  private ProcessSpecs() {}

  static ToolSpec list() {
    return ToolSpec.of(
            "process_list",
            "Running processes by name, port or pid, by memory or CPU; one pid in detail.",
            Schema.object()
                .optional("name", Schema.string("part of program or command line"))
                .optional("port", Schema.integer("that it listens on").range(1, 65535))
                .optional("pid", Schema.integer("of one").range(1, Integer.MAX_VALUE))
                .optional(
                    "sort", Schema.choice("order", "memory", "cpu", "newest").byDefault("memory"))
                .optional("limit", Schema.integer("lines").range(1, 500).byDefault(20)),
            Ceiling.reads(RunningProcess.PROCESS))
        .keywords("process", "cpu", "memory", "who listens", "pid", "running", "ps");
  }

  static ToolSpec run() {
    return ToolSpec.of(
            "process_run",
            "Runs a program by argument vector, without a shell: no pipes, globs or variables."
                + " Prefer a tool made for the purpose.",
            Schema.object()
                .required("argv", Schema.array("program and arguments", Schema.string("word")))
                .optional("directory", Schema.string("to run in").byDefault("."))
                .optional("environment", Schema.map("variables to set"))
                .optional("stdin", Schema.string("text it reads"))
                .optional("timeout", Schema.integer("seconds").range(1, 3600).byDefault(60)),
            Ceiling.of(
                Risk.CRITICAL, true, Set.of(Verb.READ, Verb.EXECUTE), RunningProcess.PROCESS))
        .keywords("run", "command", "execute", "build", "test", "program");
  }

  static ToolSpec kill() {
    return ToolSpec.of(
            "process_kill",
            "Ends a process, asking it first; with force at once.",
            Schema.object()
                .required("pid", Schema.integer("of the process").range(1, Integer.MAX_VALUE))
                .optional("force", Schema.bool("without asking it").byDefault(false)),
            Ceiling.of(Risk.CRITICAL, false, Set.of(Verb.DELETE), RunningProcess.PROCESS))
        .keywords("kill", "stop", "end", "terminate", "free the port");
  }
}
