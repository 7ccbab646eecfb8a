package dev.fuse.cli.install;

import dev.fuse.plugin.Describer;
import dev.fuse.plugin.Descriptor;
import dev.fuse.plugin.Plugin;
import dev.fuse.scenario.Installed;
import dev.fuse.scenario.Scenario;
import dev.fuse.scenario.ScenarioFile;
import dev.fuse.scenario.Signature;
import dev.fuse.scenario.SignatureFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Makes the distribution's folder whole, as the last step of the build: the launcher, the plugins
 * with their descriptors, what the launcher needs to know, and the AOT cache.
 */
public final class Packaging {

  /** The JVM compares a jar's time with that at training; a fixed one outlives a build again. */
  private static final FileTime TIME = FileTime.from(Instant.parse("2000-01-01T00:00:00Z"));

  /** Before the directory of a plugin that the JVM is started with. */
  private static final String BOOT = "boot:";

  private final Path home;
  private final Path launch;
  private final BootPlugins boot;

  private Packaging(Path home) {
    this.home = home;
    this.launch = home.resolve("launch");
    this.boot = new BootPlugins(home);
  }

  /**
   * Packages.
   *
   * @param args the distribution's folder, whose lib is filled; the launcher; the JDK of this
   *     build; then the directories of the plugins, with {@code boot:} before those that start with
   *     the JVM
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    var packaging = new Packaging(Path.of(args[0]));
    packaging.forgetPlugins();
    for (var directory : List.of(args).subList(3, args.length)) {
      packaging.addPlugin(directory);
    }
    packaging.addLauncher(Path.of(args[1]), args[2]);
    packaging.train();
  }

  private void addLauncher(Path launcher, String jdk) throws IOException {
    Files.createDirectories(launch);
    boot.write(launch.resolve("boot"));
    var program = home.resolve("bin/fuse");
    Files.createDirectories(home.resolve("bin"));
    Files.copy(launcher, program, StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(launch.resolve("jdk"), jdk + "\n");
    var jars = new ArrayList<>(files(home.resolve("lib")));
    jars.addAll(boot.jars());
    for (var jar : jars) {
      Files.setLastModifiedTime(jar, TIME);
    }
    var parts = new ArrayList<>(jars);
    parts.add(program);
    parts.add(launch.resolve("boot"));
    Files.writeString(launch.resolve("build"), hash(parts) + "\n");
  }

  private void forgetPlugins() throws IOException {
    var plugins = Files.createDirectories(home.resolve("plugins"));
    for (var plugin : files(plugins)) {
      for (var file : files(plugin)) {
        Files.delete(file);
      }
      Files.delete(plugin);
    }
  }

  private void addPlugin(String argument) throws IOException {
    var directory = Path.of(argument.replaceFirst("^" + BOOT, ""));
    var described =
        switch (Describer.describe(directory, true, READER)) {
          case Plugin.Described it -> it.descriptor();
          case Plugin.Broken it -> throw new IOException("'" + directory + "': " + it.problem());
        };
    var plugin = home.resolve("plugins").resolve(described.name());
    Files.createDirectories(plugin);
    for (var jar : described.files().keySet()) {
      Files.copy(directory.resolve(jar), plugin.resolve(jar), StandardCopyOption.REPLACE_EXISTING);
    }
    new JsonDescriptors().write(plugin.resolve(Descriptor.FILE), described);
    if (argument.startsWith(BOOT)) {
      boot.add(described);
    }
  }

  /**
   * Tools of other plugins are not known yet; those that are missing are a warning when it runs.
   */
  private static final Describer.ScenarioReader READER =
      new Describer.ScenarioReader() {
        @Override
        public Scenario read(String file, String text) {
          var read = ScenarioFile.read(file, text, Installed.nothing());
          return read.scenario()
              .orElseThrow(() -> new IllegalArgumentException(read.problems().toString()));
        }

        @Override
        public List<Signature> signatures(String file, String text) {
          var read = SignatureFile.read(file, text);
          if (read.signatures().isEmpty()) {
            throw new IllegalArgumentException(read.problems().toString());
          }
          return read.signatures();
        }
      };

  private void train() throws IOException, InterruptedException {
    var builder = new ProcessBuilder(home.resolve("bin/fuse").toString());
    builder.environment().put("FUSE_TRAIN", launch.toString());
    builder.inheritIO();
    if (builder.start().waitFor() != 0) {
      throw new IOException(
          "the AOT cache could not be made:\n" + Files.readString(launch.resolve("log")));
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static String hash(List<Path> files) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var file : files) {
        var name = Objects.requireNonNull(file.getFileName()).toString();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
