package dev.fuse.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.isolation.Host;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that are modules, in a host that is one as well and has a Jackson of its own. */
class IsolationTest {

  private static final String BINDING =
      "new com.fasterxml.jackson.databind.ObjectMapper().readValue(\"[{\\\"x\\\":1}]\","
          + " Point[].class)[0] + \" by \" +"
          + " com.fasterxml.jackson.databind.cfg.PackageVersion.VERSION";

  @TempDir Path folder;

  @Test
  void plugins_bind_their_records_with_different_versions_of_jackson_side_by_side()
      throws Exception {
    plugin("older", "", BINDING, "older");
    plugin("newer", "", BINDING, "newer");
    plugin("asking", "requires com.fasterxml.jackson.databind;", BINDING, "older");

    assertThat(version("older")).isNotEqualTo(version("newer"));
    assertThat(host())
        .containsExactly(
            "asking_try: Point[x=1] by " + version("older"),
            "newer_try: Point[x=1] by " + version("newer"),
            "older_try: Point[x=1] by " + version("older"));
  }

  @Test
  void a_plugin_sees_java_and_the_spi_and_nothing_else_of_the_host() throws Exception {
    plugin(
        "curious",
        "",
        """
        java.util.stream.Stream.of("dev.fuse.plugin.Catalog", "org.yaml.snakeyaml.Yaml",
            "com.fasterxml.jackson.core.JsonFactory", "sun.misc.Unsafe", "java.net.http.HttpClient",
            "dev.fuse.spi.Tool").filter(It::sees).toList()
          + " " + It.class.getClassLoader().getResource("com/fasterxml/jackson/core/JsonFactory.class")
          + " " + It.class.getClassLoader().getResource("META-INF/maven/org.yaml/snakeyaml/pom.xml")
        """);

    assertThat(host())
        .containsExactly(
            "curious_try: [sun.misc.Unsafe, java.net.http.HttpClient, dev.fuse.spi.Tool] null"
                + " null");
  }

  @Test
  void a_module_that_only_the_host_has_is_missing() throws Exception {
    plugin("lacking", "requires com.fasterxml.jackson.databind;", "\"x\"", "newer");
    try (var jars = Files.newDirectoryStream(folder.resolve("lacking"), "jackson*")) {
      for (var jar : jars) {
        Files.delete(jar);
      }
    }

    assertThat(host())
        .containsExactly(
            "lacking: its descriptor cannot be read: it requires the module"
                + " 'com.fasterxml.jackson.databind', which is not among its jars");
  }

  private void plugin(String name, String requires, String text, String... jackson)
      throws IOException {
    var directory = Files.createDirectories(folder.resolve(name));
    for (var version : jackson) {
      for (var jar : jackson(version)) {
        Files.copy(jar, directory.resolve(jar.getFileName()));
      }
    }
    Path[] libraries;
    try (var jars = Files.list(directory)) {
      libraries = jars.toArray(Path[]::new);
    }
    new Workshop(folder)
        .jar(
            name + "/" + name + ".jar",
            Map.of(
                "module-info.java",
                """
                module org.example {
                  requires dev.fuse.core;
                  requires java.net.http;
                  requires jdk.unsupported;
                  %s
                  provides dev.fuse.spi.FusePlugin with org.example.It;
                }
                """
                    .formatted(requires),
                "org/example/It.java",
                """
                package org.example;
                import dev.fuse.spi.*;
                import java.util.*;
                public class It implements FusePlugin, Tool {
                  record Point(int x) {}
                  public String name() { return "%1$s"; }
                  public List<Tool> tools() { return List.of(this); }
                  public ToolSpec spec() {
                    return ToolSpec.of("%1$s_try", "tries", Schema.object(), Ceiling.reads("test"));
                  }
                  public Action prepare(Arguments arguments, Call call) {
                    return Action.of("tries", Effect.read(Target.of("test")), c -> ToolResult.ok(%2$s));
                  }
                  static boolean sees(String name) {
                    try {
                      return Class.forName(name) != null;
                    } catch (ClassNotFoundException e) {
                      return false;
                    }
                  }
                }
                """
                    .formatted(name, text)),
            libraries);
  }

  private static List<Path> jackson(String version) throws IOException {
    try (var jars = Files.list(Workshop.core().resolveSibling("jackson").resolve(version))) {
      return jars.toList();
    }
  }

  private static String version(String folder) throws IOException {
    return jackson(folder).stream()
        .map(jar -> jar.getFileName().toString())
        .filter(name -> name.startsWith("jackson-core-"))
        .map(name -> name.replaceAll("jackson-core-|\\.jar", ""))
        .findFirst()
        .orElseThrow();
  }

  private List<String> host() throws Exception {
    var modules =
        Stream.concat(
                Stream.of(Workshop.core(), Workshop.place(org.yaml.snakeyaml.Yaml.class)),
                jackson("newer").stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                modules,
                "--add-modules",
                "dev.fuse.core,com.fasterxml.jackson.databind,java.net.http,jdk.unsupported",
                "--add-exports",
                "dev.fuse.core/dev.fuse.plugin=ALL-UNNAMED",
                "--add-exports",
                "dev.fuse.core/dev.fuse.scenario=ALL-UNNAMED",
                "-cp",
                Workshop.place(Host.class).toString(),
                Host.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    try (var output = process.inputReader()) {
      return output.lines().toList();
    }
  }
}
