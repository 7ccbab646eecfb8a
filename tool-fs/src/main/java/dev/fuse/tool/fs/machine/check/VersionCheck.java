package dev.fuse.tool.fs.machine.check;

import dev.fuse.spi.Finding;
import dev.fuse.tool.fs.machine.ProgramVersions;
import dev.fuse.tool.fs.machine.Programs;
import dev.fuse.tool.fs.place.Place;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the Java, Node, Python and Go that would be started are those that the project wants. */
record VersionCheck(Place place, Programs programs) implements MachineCheck {

  @Override
  public String name() {
    return "versions that this project wants";
  }

  @Override
  public List<Finding> findings() {
    var found = new ArrayList<Finding>();
    for (var wanted : ProjectVersions.of(place.directory())) {
      if (wanted.program().equals("java")) {
        java(wanted).ifPresent(found::add);
      } else {
        other(wanted).ifPresent(found::add);
      }
    }
    return found;
  }

  /** Maven and Gradle take JAVA_HOME before PATH. */
  private Optional<Finding> java(ProjectVersions.Wanted wanted) {
    var home = place.environment().getOrDefault("JAVA_HOME", "");
    var version =
        home.startsWith("/")
            ? ProgramVersions.ofJdk(Path.of(home))
            : new ProgramVersions(programs).find("java");
    var seen =
        home.startsWith("/")
            ? "JAVA_HOME is '" + home + "'" + version.map(v -> ", Java " + v).orElse(", no JDK")
            : version
                .map(v -> "java on PATH is " + v + " (" + where("java") + ")")
                .orElse("there is no java on PATH");
    if (version.filter(wanted.range()::holds).isPresent()) {
      return Optional.empty();
    }
    var fitting = installedJdk(wanted.range());
    var next =
        fitting
            .map(jdk -> "export JAVA_HOME=" + jdk)
            .orElse("install a JDK that is " + wanted.range().text());
    return Optional.of(finding(wanted, "Java", seen, next, fitting.isEmpty()));
  }

  private Optional<Finding> other(ProjectVersions.Wanted wanted) {
    var program = programs.find(wanted.program());
    if (program.filter(path -> path.toString().contains("/shims/")).isPresent()) {
      return Optional.of(
          Finding.info(
                  wanted.program(), "a shim picks its version for each folder: " + program.get())
              .notChecked(
                  "whether it picks " + wanted.range().text() + " as " + wanted.file() + " asks"));
    }
    var version = program.flatMap(path -> new ProgramVersions(programs).of(wanted.program(), path));
    if (version.filter(wanted.range()::holds).isPresent()) {
      return Optional.empty();
    }
    var seen =
        version
            .map(v -> wanted.program() + " on PATH is " + v + " (" + where(wanted.program()) + ")")
            .orElse("there is no working " + wanted.program() + " on PATH");
    var next =
        shadowed(wanted)
            .map(
                other ->
                    "put "
                        + other.getParent()
                        + " before "
                        + program.map(Path::getParent).map(Path::toString).orElse("")
                        + " in PATH")
            .orElse("switch to or install " + wanted.program() + " " + wanted.range().text());
    return Optional.of(finding(wanted, wanted.program(), seen, next, version.isEmpty()));
  }

  /** One further down PATH that would do. */
  private Optional<Path> shadowed(ProjectVersions.Wanted wanted) {
    var versions = new ProgramVersions(programs);
    return programs.all(wanted.program()).stream()
        .skip(1)
        .limit(3)
        .filter(
            path -> versions.of(wanted.program(), path).filter(wanted.range()::holds).isPresent())
        .findFirst();
  }

  private static Finding finding(
      ProjectVersions.Wanted wanted, String subject, String seen, String next, boolean error) {
    return new Finding(
        error ? Finding.Severity.ERROR : Finding.Severity.WARNING,
        subject,
        "%s asks for %s (%s); %s"
            .formatted(wanted.file(), wanted.range().text(), wanted.line(), seen),
        "",
        next,
        List.of());
  }

  private String where(String program) {
    return programs.find(program).map(Path::toString).orElse("");
  }

  private Optional<Path> installedJdk(VersionRange range) {
    var folders =
        new ArrayList<>(
            List.of(Path.of("/usr/lib/jvm"), Path.of("/Library/Java/JavaVirtualMachines")));
    place.home().ifPresent(home -> folders.add(home.resolve(".sdkman/candidates/java")));
    place.home().ifPresent(home -> folders.add(home.resolve(".jdks")));
    for (var folder : folders) {
      try (var entries = Files.newDirectoryStream(folder)) {
        for (var entry : entries) {
          var home =
              Files.isDirectory(entry.resolve("Contents/Home"))
                  ? entry.resolve("Contents/Home")
                  : entry;
          if (Files.isExecutable(home.resolve("bin/javac"))
              && ProgramVersions.ofJdk(home).filter(range::holds).isPresent()) {
            return Optional.of(home);
          }
        }
      } catch (IOException | DirectoryIteratorException e) {
        // Not on this system.
      }
    }
    return Optional.empty();
  }
}
