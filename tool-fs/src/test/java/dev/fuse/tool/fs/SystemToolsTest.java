package dev.fuse.tool.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.Finding;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.fs.machine.Disk;
import dev.fuse.tool.fs.machine.LinuxMachine;
import dev.fuse.tool.fs.machine.Listener;
import dev.fuse.tool.fs.machine.MacMachine;
import dev.fuse.tool.fs.machine.Machine;
import dev.fuse.tool.fs.machine.check.DiskCheck;
import dev.fuse.tool.fs.machine.check.MachineCheck;
import dev.fuse.tool.fs.machine.check.SystemDiagnosis;
import dev.fuse.tool.fs.machine.check.VersionRange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemToolsTest {

  @TempDir Path root;

  @Test
  void facts_tell_the_port_this_test_listens_on_and_that_we_hold_it() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var text =
          new Desk(root).run("system_facts", "programs", List.of("sh", "no-such-program")).text();
      assertThat(text)
          .contains(
              "127.0.0.1:"
                  + socket.getLocalPort()
                  + "  java (pid "
                  + ProcessHandle.current().pid()
                  + ")")
          .contains("memory: ")
          .contains("disk ")
          .contains("not on PATH: ")
          .contains("no-such-program");
    }
  }

  @Test
  void a_program_that_may_not_know_how_to_tell_its_version_is_found_and_not_started()
      throws IOException {
    var bin = Files.createDirectories(root.resolve("bin"));
    var trace = root.resolve("deployed");
    Files.writeString(bin.resolve("deploy"), "#!/bin/sh\ntouch " + trace + "\n");
    bin.resolve("deploy").toFile().setExecutable(true);
    var desk = new Desk(root, Map.of("PATH", bin + ":/usr/bin:/bin"));
    assertThat(desk.run("system_facts", "programs", List.of("deploy")).text())
        .contains("deploy version not told " + bin.resolve("deploy"));
    assertThat(trace).doesNotExist();
  }

  @Test
  void a_port_that_the_question_names_is_found_taken() throws IOException {
    try (var socket = new ServerSocket(0)) {
      int port = socket.getLocalPort();
      var result = new Desk(root).diagnose("why is port " + port + " in use?");
      assertThat(result.findings())
          .anySatisfy(
              finding -> {
                assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
                assertThat(finding.subject()).isEqualTo("port " + port);
                assertThat(finding.seen()).contains("pid " + ProcessHandle.current().pid());
              });
    }
  }

  @Test
  void a_wrong_program_for_the_project_is_found() throws IOException {
    var bin = Files.createDirectories(root.resolve("bin"));
    program(bin, "node", "echo v18.2.0");
    program(bin, "go", "echo go version go1.22.1 linux/amd64");
    var desk = new Desk(root, Map.of("PATH", bin + ":/usr/bin:/bin"));
    desk.write(".nvmrc", "20\n");
    desk.write("go.mod", "module x\n\ngo 1.21\n");
    var findings = desk.diagnose("").findings();
    assertThat(findings).filteredOn(finding -> finding.subject().equals("go")).isEmpty();
    assertThat(findings)
        .filteredOn(finding -> finding.subject().equals("node"))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.seen())
                    .isEqualTo(
                        ".nvmrc asks for 20 (20); node on PATH is 18.2.0 (" + bin + "/node)"));
  }

  @Test
  void a_program_of_the_project_itself_is_never_started() throws IOException {
    var desk = new Desk(root, Map.of("PATH", root.resolve("project/bin") + ":.:/usr/bin:/bin"));
    var bin = Files.createDirectories(desk.directory.resolve("bin"));
    program(bin, "node", "touch " + root.resolve("ran") + "; echo v20.0.0");
    desk.write(".nvmrc", "20\n");
    desk.diagnose("");
    desk.run("system_facts", "programs", List.of("node", "bin/node", "../project/bin/node"));
    assertThat(root.resolve("ran")).doesNotExist();
  }

  @Test
  void a_check_that_hangs_or_fails_is_not_checked_and_costs_no_other() throws Exception {
    var never = new CountDownLatch(1);
    var result =
        (ToolResult.Ok)
            SystemDiagnosis.run(
                Duration.ofMillis(900),
                List.of(
                    check(
                        "slow",
                        () -> {
                          never.await();
                          return List.of();
                        }),
                    check(
                        "broken",
                        () -> {
                          throw new IllegalStateException("no such thing");
                        }),
                    check("fine", () -> List.of(Finding.error("x", "is bad", "", "")))));
    assertThat(result.findings()).hasSize(2);
    assertThat(result.findings().getLast().notChecked())
        .hasSize(2)
        .anySatisfy(what -> assertThat(what).isEqualTo("slow: took too long"))
        .anySatisfy(what -> assertThat(what).startsWith("broken: ").contains("no such thing"));
  }

  @Test
  void a_full_disk_and_used_up_inodes_are_errors_and_room_is_none() {
    var findings =
        DiskCheck.findings(
            List.of(
                new Disk("/dev/a", Path.of("/a"), 100L << 30, 50L << 20, Optional.of(3)),
                new Disk("/dev/b", Path.of("/b"), 100L << 30, 50L << 30, Optional.of(100)),
                new Disk("/dev/c", Path.of("/c"), 100L << 30, 50L << 30, Optional.of(10))),
            disk -> "/var/log 30 GB");
    assertThat(findings).extracting(Finding::subject).containsExactly("disk /a", "disk /b");
    assertThat(findings).extracting(Finding::severity).containsOnly(Finding.Severity.ERROR);
  }

  @ParameterizedTest
  @CsvSource({
    "20, 20.1.0, true",
    "20, 2.0.1, false",
    ">=3.11, 3.12.1, true",
    ">=3.11, 3.9.2, false",
    "'>=3.9,<3.12', 3.12.0, false",
    "^18.1 || >=20, 18.0.9, false",
    "^18.1 || >=20, 19.0.0, false",
    "^18.1 || >=20, 22.0.0, true",
    "~=3.11, 3.14.0, true",
    "~1.2.3, 1.3.0, false",
    "18.x, 18.9.1, true",
    "1.8, 8.0.2, true",
    "v20.11, 20.11.1, true",
    ">=18 <21, 21.0.0, false"
  })
  void ranges_hold_as_their_ecosystems_say(String range, String version, boolean holds) {
    assertThat(VersionRange.of(range).orElseThrow().holds(version)).isEqualTo(holds);
  }

  @Test
  void ranges_that_are_not_understood_are_none() {
    assertThat(VersionRange.of("latest")).isEmpty();
    assertThat(VersionRange.of("1.2 - 2.0")).isEmpty();
    assertThat(VersionRange.exactly("lts/hydrogen")).isEmpty();
  }

  @Test
  void addresses_of_proc_and_answers_of_a_mac_are_read() {
    assertThat(LinuxMachine.address("0100007F")).isEqualTo("127.0.0.1");
    assertThat(LinuxMachine.address("00000000000000000000000001000000"))
        .isEqualTo("0:0:0:0:0:0:0:1");
    assertThat(
            MacMachine.listening(
                "p501\ncControlCenter\nf9\nn*:7000\np77\ncjava\nn127.0.0.1:8080\n"))
        .containsExactly(
            new Listener("*", 7000, 501, "ControlCenter", ""),
            new Listener("127.0.0.1", 8080, 77, "java", ""));
    var memory =
        MacMachine.memory(
            16L << 30,
            """
            Mach Virtual Memory Statistics: (page size of 16384 bytes)
            Pages free: 1000.
            Pages inactive: 500.
            """,
            "total = 2048.00M  used = 1024.00M  free = 1024.00M  (encrypted)");
    assertThat(memory)
        .isEqualTo(new Machine.Memory(16L << 30, 1500 * 16384, 2048L << 20, 1024L << 20));
  }

  private static void program(Path folder, String name, String script) throws IOException {
    var file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    file.toFile().setExecutable(true);
  }

  private static MachineCheck check(String name, Callable<List<Finding>> findings) {
    return new MachineCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public List<Finding> findings() {
        try {
          return findings.call();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        } catch (RuntimeException e) {
          throw e;
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }
}
