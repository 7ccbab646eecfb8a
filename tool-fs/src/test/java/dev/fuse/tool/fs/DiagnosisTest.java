package dev.fuse.tool.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.Finding;
import dev.fuse.tool.fs.machine.Disk;
import dev.fuse.tool.fs.machine.KernelLog;
import dev.fuse.tool.fs.machine.Listener;
import dev.fuse.tool.fs.machine.Machine;
import dev.fuse.tool.fs.machine.Programs;
import dev.fuse.tool.fs.machine.check.DiskFill;
import dev.fuse.tool.fs.machine.check.MemoryCheck;
import dev.fuse.tool.fs.machine.check.NameCheck;
import dev.fuse.tool.fs.place.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault is made, and must be found with its subject and what was seen. */
class DiagnosisTest {

  @TempDir Path root;

  @Test
  void a_folder_without_faults_has_none() throws IOException {
    assertThat(faults(new Desk(root))).isEmpty();
  }

  @Test
  void scripts_with_windows_lines_without_bit_and_broken_links() throws IOException {
    var desk = new Desk(root);
    desk.write("run.sh", "#!/bin/sh\r\necho\r\n").toFile().setExecutable(true);
    desk.write("gradlew", "#!/bin/sh\n");
    desk.write("lib.py", "#!/usr/bin/env python3\n");
    desk.write("ignored/x.sh", "#!/bin/sh\r\n");
    desk.write(".gitignore", "ignored/\n");
    Files.createSymbolicLink(desk.directory.resolve("current"), Path.of("releases/7"));
    assertThat(faults(desk))
        .extracting(Finding::subject, Finding::severity)
        .containsExactly(
            Tuple.tuple("run.sh", Finding.Severity.ERROR),
            Tuple.tuple("gradlew", Finding.Severity.WARNING),
            Tuple.tuple("current", Finding.Severity.WARNING));
  }

  @Test
  void proxy_variables_that_contradict_each_other() throws IOException {
    var desk =
        new Desk(
            root, Map.of("http_proxy", "http://u:p@one:3128", "HTTP_PROXY", "http://two:3128"));
    assertThat(faults(desk))
        .extracting(Finding::subject)
        .containsExactlyInAnyOrder("http_proxy", "NO_PROXY", "https_proxy");
    assertThat(faults(desk)).noneMatch(finding -> finding.seen().contains("u:p"));
    var dead = new Desk(root, Map.of("https_proxy", "http://127.0.0.1:1", "no_proxy", "localhost"));
    assertThat(faults(dead))
        .singleElement()
        .satisfies(finding -> assertThat(finding.seen()).contains("nobody listens on port 1"));
  }

  @Test
  void certificates_that_are_missing_expired_or_not_checked() throws Exception {
    var expired = Certificates.make(root, "old", "-startdate", "-40d", "-validity", "30");
    var desk =
        new Desk(
            root,
            Map.of(
                "NODE_EXTRA_CA_CERTS",
                expired.pem().toString(),
                "SSL_CERT_FILE",
                "/none.pem",
                "GIT_SSL_NO_VERIFY",
                "true"));
    assertThat(faults(desk))
        .extracting(Finding::subject)
        .containsExactlyInAnyOrder("SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "GIT_SSL_NO_VERIFY");
    assertThat(faults(desk))
        .anySatisfy(
            finding -> assertThat(finding.cause()).isEqualTo("the certificate has expired"));
  }

  @Test
  void files_from_the_future_say_that_the_clock_is_off() throws IOException {
    var desk = new Desk(root);
    Files.setLastModifiedTime(
        desk.write("later", ""), FileTime.from(Instant.now().plusSeconds(9000)));
    assertThat(faults(desk))
        .singleElement()
        .satisfies(finding -> assertThat(finding.subject()).isEqualTo("clock"));
  }

  @Test
  void places_to_write_to_and_path_entries() throws IOException {
    var open = Files.createDirectory(root.resolve("open"));
    open.toFile().setWritable(true, false);
    var desk = new Desk(root, Map.of("TMPDIR", "/no/such", "PATH", open + "::bin:/usr/bin:/bin"));
    assertThat(faults(desk))
        .extracting(Finding::seen)
        .hasSize(4)
        .anyMatch(seen -> seen.contains("relative entry ''"))
        .anyMatch(seen -> seen.contains("everybody may write"));
  }

  @Test
  void a_right_version_that_is_shadowed_is_named() throws IOException {
    var first = program("first", "node", "v16.1.0");
    var second = program("second", "node", "v20.1.0");
    var desk = new Desk(root, Map.of("PATH", first + ":" + second + ":/usr/bin:/bin"));
    desk.write("package.json", "{\"engines\": {\"node\": \">=20\"}}");
    assertThat(faults(desk))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.next())
                    .isEqualTo("put " + second + " before " + first + " in PATH"));
  }

  @Test
  void a_jdk_that_is_too_old_is_found_by_java_home() throws IOException {
    var jdk = Files.createDirectories(root.resolve("jdk/bin")).getParent();
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
    var desk = new Desk(root, Map.of("JAVA_HOME", jdk.toString()));
    desk.write(
        "pom.xml",
        "<project><properties><!-- <java.version>11</java.version>"
            + " --><java.version>17</java.version></properties></project>");
    assertThat(faults(desk))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.subject()).isEqualTo("Java");
              assertThat(finding.seen())
                  .contains("pom.xml asks for >=17")
                  .contains("JAVA_HOME is '" + jdk + "', Java 11.0.2");
            });
  }

  @Test
  void a_resolver_without_name_server() throws IOException {
    var file = Files.writeString(root.resolve("resolv.conf"), "# nothing\nsearch x\n");
    assertThat(new NameCheck(file).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.subject()).isEqualTo("DNS"));
  }

  @Test
  void memory_swap_load_and_kills() throws IOException {
    var machine = new Sick();
    var log = new KernelLog(new Programs(Place.of(new Desk(root).context)));
    assertThat(new MemoryCheck(machine, log).findings())
        .extracting(Finding::subject)
        .containsExactly("memory", "swap", "load", "memory");
    assertThat(
            KernelLog.kills(
                "[1] x\n[2] Out of memory: Killed process 77 (java) total-vm:1kB\n[3] y\n"))
        .containsExactly("[2] Out of memory: Killed process 77 (java) total-vm:1kB");
  }

  @Test
  void what_fills_a_disk_is_named() throws IOException {
    var desk = new Desk(root);
    Files.createDirectories(desk.home.resolve(".cache"));
    Files.write(desk.home.resolve(".cache/big"), new byte[2_000_000]);
    var disk = new Disk("/dev/x", Path.of("/"), 10_000_000, 10, Optional.empty());
    assertThat(new DiskFill(Place.of(desk.context)).of(disk))
        .contains(desk.home + "/.cache 2.0 MB");
  }

  private static List<Finding> faults(Desk desk) {
    // Of the machine that the test runs on nothing is known.
    return desk.diagnose("").findings().stream()
        .filter(finding -> finding.severity() != Finding.Severity.INFO)
        .filter(finding -> !finding.subject().matches("load|memory|swap|disk .*|CA bundle"))
        .toList();
  }

  private Path program(String folder, String name, String version) throws IOException {
    var file = Files.createDirectories(root.resolve(folder)).resolve(name);
    Files.writeString(file, "#!/bin/sh\necho " + version + "\n");
    file.toFile().setExecutable(true);
    return file.getParent();
  }

  private record Sick() implements Machine {
    @Override
    public String system() {
      return "";
    }

    @Override
    public Optional<Memory> memory() {
      return Optional.of(new Memory(100, 1, 100, 1));
    }

    @Override
    public Optional<Load> load() {
      return Optional.of(new Load(1000, 1000, 1000));
    }

    @Override
    public List<Listener> listening() {
      return List.of();
    }

    @Override
    public Optional<Long> killedForMemory() {
      return Optional.of(3L);
    }
  }
}
