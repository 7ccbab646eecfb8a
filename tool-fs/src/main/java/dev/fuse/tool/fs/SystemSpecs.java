package dev.fuse.tool.fs;

import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolSpec;

/** What is known of the tools for the machine before their code is loaded. */
final class SystemSpecs {

  static final String MACHINE = "machine";

  private SystemSpecs() {}

  static ToolSpec facts() {
    return ToolSpec.of(
            "system_facts",
            "This machine: system, disks, memory, load, listening ports and who holds them,"
                + " versions of programs on PATH.",
            Schema.object()
                .optional(
                    "programs",
                    Schema.array(
                        "whose version is told; those of a developer's machine if left out",
                        Schema.string("name"))),
            Ceiling.reads(MACHINE))
        .keywords("disk", "memory", "port", "version", "installed", "machine", "load", "cpu");
  }

  static ToolSpec diagnose() {
    return ToolSpec.of(
            "system_diagnose",
            "What is wrong with this machine for this project: full disk or inodes, memory, load,"
                + " ports in use, wrong JDK, Node, Python or Go.",
            Schema.object().optional("question", Schema.string("ports named in it are looked up")),
            Ceiling.reads(MACHINE))
        .keywords("wrong", "broken", "full", "slow", "in use", "version", "environment");
  }
}
