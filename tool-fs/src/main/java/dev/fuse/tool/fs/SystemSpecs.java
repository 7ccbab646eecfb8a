package dev.fuse.tool.fs;

import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.fs.machine.Machine;
import java.util.Set;

/** What is known of the tools for the machine before their code is loaded. */
final class SystemSpecs {

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
            Ceiling.reads(Machine.MACHINE))
        .keywords("disk", "memory", "port", "version", "installed", "machine", "load", "cpu");
  }

  static ToolSpec environment() {
    return ToolSpec.of(
            "system_environment",
            "Environment variables, secret ones without value; which program PATH finds and"
                + " shadows.",
            Schema.object()
                .optional(
                    "names", Schema.array("variables; all if left out", Schema.string("name")))
                .optional("programs", Schema.array("looked up on PATH", Schema.string("name"))),
            Ceiling.reads(Machine.MACHINE))
        .keywords("environment variable", "PATH", "which", "shadow", "JAVA_HOME", "proxy");
  }

  static ToolSpec services() {
    return ToolSpec.of(
            "system_services",
            "Services of systemd or launchd, failed ones first.",
            Schema.object()
                .optional("name", Schema.string("part of the line"))
                .optional("limit", Schema.integer("lines").range(1, 500).byDefault(40)),
            Ceiling.reads(Machine.MACHINE))
        .keywords("service", "systemd", "daemon", "unit", "failed", "launchd");
  }

  static ToolSpec reach() {
    return ToolSpec.of(
            "system_reach",
            "Whether a host is reached from here: DNS, TCP, TLS chain and expiry, trust, proxy,"
                + " clock skew.",
            Schema.object()
                .required("host", Schema.string("name or address"))
                .optional("port", Schema.integer("TCP port").range(1, 65535).byDefault(443))
                .optional("tls", Schema.bool("speak TLS; by the port if left out")),
            Ceiling.of(Risk.HIGH, true, Set.of(Verb.READ), Machine.NETWORK))
        .keywords("reach", "connect", "DNS", "certificate", "TLS", "proxy", "clock", "network");
  }

  static ToolSpec diagnose() {
    return ToolSpec.of(
            "system_diagnose",
            "What is wrong with this machine for this project: disk, memory, load, ports, versions,"
                + " PATH, kube context, Google project, proxy, certificates, DNS, clock, scripts,"
                + " links.",
            Schema.object().optional("question", Schema.string("ports named in it are looked up")),
            Ceiling.reads(Machine.MACHINE))
        .keywords("wrong", "broken", "full", "slow", "in use", "version", "environment");
  }
}
