package dev.fuse.cli.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {

  @TempDir Path folder;
  Path home;
  final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void install() throws IOException {
    folder = folder.toRealPath();
    home = folder.resolve("opt/fuse one");
    Files.createDirectories(home.resolve("bin"));
    Files.copy(Path.of("src/launcher/fuse"), home.resolve("bin/fuse"));
    write(home.resolve("launch/build"), "b1\n");
    write(home.resolve("launch/jdk"), java("built", "25.0.3") + "\n");
    environment.put("HOME", folder.resolve("me").toString());
  }

  @Test
  void java_is_looked_for_in_the_order_of_the_manual() throws Exception {
    assertThat(run()).contains("java=built");

    environment.put("JAVA_HOME", java("javaHome", "26").toString());
    assertThat(run()).contains("java=javaHome");

    java("opt/fuse one/runtime", "25");
    assertThat(run()).contains("java=opt/fuse one/runtime");

    environment.put("FUSE_JAVA_HOME", java("chosen", "25.0.1").toString());
    assertThat(run()).contains("java=chosen");
  }

  @Test
  void a_java_that_is_too_old_is_passed_over_unless_it_was_asked_for() throws Exception {
    var old = java("old", "17.0.9");
    environment.put("JAVA_HOME", old.toString());
    assertThat(run()).contains("java=built");

    environment.put("FUSE_JAVA_HOME", old.toString());
    assertThat(run())
        .containsExactly(
            "fuse: FUSE_JAVA_HOME is '"
                + old
                + "', where there is Java 17; Fuse needs Java 25 or newer.",
            "Set it to the folder of one, or unset it to have one looked for.",
            "exit 1");

    environment.put("FUSE_JAVA_HOME", folder.resolve("nowhere").toString());
    assertThat(run().getFirst()).endsWith("where there is no Java; Fuse needs Java 25 or newer.");
  }

  @Test
  void arguments_and_exit_code_pass_through_as_they_are() throws Exception {
    assertThat(run("two words", "", "$HOME", "*"))
        .endsWith("arg=two words", "arg=", "arg=$HOME", "arg=*", "exit 7");
  }

  @Test
  void it_runs_from_everywhere_through_links() throws Exception {
    var path = Files.createDirectories(folder.resolve("me/bin"));
    Files.createSymbolicLink(folder.resolve("current"), home);
    Files.createSymbolicLink(path.resolve("fuse"), Path.of("../fuse"));
    Files.createSymbolicLink(folder.resolve("me/fuse"), folder.resolve("current/bin/fuse"));
    environment.put("PATH", path + ":/usr/bin:/bin");

    assertThat(sh(path, "fuse")).contains("arg=-Dfuse.install=" + home);
    assertThat(sh(home, "bin/fuse")).contains("arg=-Dfuse.install=" + home);
    assertThat(sh(path, "sh ./fuse")).contains("arg=-Dfuse.install=" + home);
  }

  @Test
  void a_cache_is_used_only_by_the_build_place_and_java_that_made_it() throws Exception {
    assertThat(run()).noneMatch(line -> line.contains("AOTCache"));

    environment.put("FUSE_TRAIN", home.resolve("launch").toString());
    assertThat(run()).containsExactly("exit 0");
    environment.remove("FUSE_TRAIN");
    var used = "arg=-XX:AOTCache=" + home.resolve("launch/full.aot");
    assertThat(run()).contains(used);
    assertThat(run("--version")).contains("arg=-XX:AOTCache=" + home.resolve("launch/quick.aot"));

    environment.put("JAVA_HOME", java("other", "25.0.4").toString());
    assertThat(run()).doesNotContain(used).noneMatch(line -> line.contains("AOTCache"));
    environment.remove("JAVA_HOME");
    write(home.resolve("launch/build"), "b2\n");
    assertThat(run()).noneMatch(line -> line.contains("AOTCache"));
    write(home.resolve("launch/build"), "b1\n");
    assertThat(run()).contains(used);
    write(home.resolve("lib/copied-anew.jar"), "");
    Files.setLastModifiedTime(
        home.resolve("lib/copied-anew.jar"), FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(run()).noneMatch(line -> line.contains("AOTCache"));
    Files.delete(home.resolve("lib/copied-anew.jar"));
    home = Files.move(home, folder.resolve("moved"));
    assertThat(run()).noneMatch(line -> line.contains("AOTCache"));
  }

  @Test
  void a_cache_of_the_persons_own_serves_where_the_one_that_came_along_does_not_fit()
      throws Exception {
    var kept = folder.resolve("me/.cache/fuse/aot").resolve(home.toString().replace('/', '%'));
    environment.put("FUSE_TRAIN", kept.toString());
    assertThat(run()).containsExactly("exit 0");
    environment.remove("FUSE_TRAIN");

    assertThat(run()).contains("arg=-XX:AOTCache=" + kept.resolve("full.aot"));
  }

  @Test
  void a_training_that_fails_leaves_no_cache() throws Exception {
    environment.put("FUSE_TRAIN", home.resolve("launch").toString());
    write(folder.resolve("built/fails"), "");

    assertThat(run()).containsExactly("exit 1");
    environment.remove("FUSE_TRAIN");
    assertThat(run()).noneMatch(line -> line.contains("AOTCache"));
  }

  @Test
  void a_folder_that_has_gone_is_named() throws Exception {
    var gone = Files.createDirectories(folder.resolve("gone"));

    assertThat(sh(gone, "rmdir '" + gone + "'; '" + home.resolve("bin/fuse") + "'"))
        .endsWith(
            "fuse: the folder that it was started in no longer exists; change to another one.",
            "exit 1");
  }

  /** A Java that prints what it is asked for. */
  private Path java(String name, String version) throws IOException {
    var java = folder.resolve(name);
    write(
        java.resolve("release"),
        """
        IMPLEMENTOR="Somebody"
        JAVA_RUNTIME_VERSION="%s+9"
        JAVA_VERSION="%s"
        """
            .formatted(version, version));
    write(
        java.resolve("bin/java"),
        """
        #!/bin/sh
        for arg; do
          case $arg in -XX:AOTCacheOutput=*) out=${arg#*=} ;; esac
        done
        if [ -n "${out-}" ]; then
          [ -f '%2$s/fails' ] && exit 1
          echo cache >"$out"
          exit 0
        fi
        echo 'java=%1$s'
        for arg; do echo "arg=$arg"; done
        exit 7
        """
            .formatted(name, java));
    Files.setPosixFilePermissions(
        java.resolve("bin/java"), PosixFilePermissions.fromString("rwxr-xr-x"));
    return java;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<String> run(String... args) throws Exception {
    return run(folder, List.of(args));
  }

  private List<String> sh(Path directory, String script) throws Exception {
    return lines(directory, List.of("/bin/sh", "-c", script));
  }

  private List<String> run(Path directory, List<String> args) throws Exception {
    var command = new java.util.ArrayList<>(List.of(home.resolve("bin/fuse").toString()));
    command.addAll(args);
    return lines(directory, command);
  }

  private List<String> lines(Path directory, List<String> command) throws Exception {
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().putAll(environment);
    var process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return (output + "exit " + process.waitFor()).lines().toList();
  }
}
