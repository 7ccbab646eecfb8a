package dev.fuse.cli.install;

import dev.fuse.plugin.Descriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;

/**
 * The built-in plugins that the JVM is started with, so that its AOT cache holds their classes. A
 * plugin's own module stands beside Fuse's modules, its libraries on the class path, where a
 * package may come from one jar only: Fuse's own where Fuse has it.
 */
final class BootPlugins {

  private final Path home;
  private final List<String> lines = new ArrayList<>();
  private final List<Path> jars = new ArrayList<>();
  private final Map<String, String> owners = new TreeMap<>();

  BootPlugins(Path home) {
    this.home = home;
  }

  /**
   * Adds a plugin whose jars are in the distribution.
   *
   * @throws IOException if it is a plain jar, or one of its libraries clashes with another jar
   */
  void add(Descriptor plugin) throws IOException {
    if (owners.isEmpty()) {
      ownJars();
    }
    var module =
        plugin
            .module()
            .orElseThrow(() -> new IOException("'" + plugin.name() + "' is not a named module"));
    var folder = home.resolve("plugins").resolve(plugin.name());
    lines.add("module " + plugin.name() + "/" + plugin.jar());
    lines.add("name " + module);
    jars.add(folder.resolve(plugin.jar()));
    for (var library : plugin.files().keySet()) {
      if (!library.equals(plugin.jar()) && claim(folder.resolve(library), library)) {
        lines.add("library " + plugin.name() + "/" + library);
        jars.add(folder.resolve(library));
      }
    }
  }

  private void ownJars() throws IOException {
    try (var files = Files.list(home.resolve("lib"))) {
      for (var jar : files.sorted().toList()) {
        claim(jar, String.valueOf(jar.getFileName()));
      }
    }
  }

  /** Whether this jar is needed: one of the same name, which is the same version, may be there. */
  private boolean claim(Path path, String name) throws IOException {
    if (owners.containsValue(name)) {
      return false;
    }
    for (var inside : packages(path)) {
      var owner = owners.putIfAbsent(inside, name);
      if (owner != null && !owner.equals(name)) {
        throw new IOException(
            "'%s' and '%s' both have the package '%s', so they cannot start together: take boot: away"
                .formatted(owner, name, inside));
      }
    }
    return true;
  }

  private static List<String> packages(Path path) throws IOException {
    try (var jar = new JarFile(path.toFile())) {
      return jar.stream()
          .map(entry -> entry.getName())
          .filter(entry -> entry.endsWith(".class") && !entry.startsWith("META-INF/"))
          .map(entry -> entry.substring(0, Math.max(0, entry.lastIndexOf('/'))).replace('/', '.'))
          .filter(name -> !name.isEmpty())
          .distinct()
          .toList();
    }
  }

  /** The jars that the JVM is started with beside Fuse's own. */
  List<Path> jars() {
    return jars;
  }

  /** Writes the file that the launcher reads: a kind and a value a line. */
  void write(Path file) throws IOException {
    Files.write(file, lines);
  }
}
