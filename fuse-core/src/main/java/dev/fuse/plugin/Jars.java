package dev.fuse.plugin;

import dev.fuse.spi.FusePlugin;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;

/** What lies in a plugin's directory and in its jars. */
final class Jars {

  private static final String SERVICE = FusePlugin.class.getName();
  static final String SCENARIOS = "META-INF/fuse/scenarios/";
  static final String SIGNATURES = "META-INF/fuse/signatures/";

  private Jars() {}

  static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  static List<Path> in(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(file -> name(file).endsWith(".jar")).sorted().toList();
    }
  }

  /** The one jar that provides a plugin. */
  static Path provider(List<Path> jars) throws IOException {
    var providers = jars.stream().filter(Jars::provides).map(Jars::name).toList();
    if (providers.size() == 1) {
      return jars.stream().filter(jar -> name(jar).equals(providers.getFirst())).findFirst().get();
    }
    throw new IOException(
        "a plugin's directory has one jar that provides a %s, and this one has %d of %d jars: %s"
            .formatted(SERVICE, providers.size(), jars.size(), providers));
  }

  private static boolean provides(Path path) {
    try (var jar = new JarFile(path.toFile())) {
      return module(jar)
          .map(it -> it.provides().stream().anyMatch(service -> service.service().equals(SERVICE)))
          .orElse(jar.getEntry("META-INF/services/" + SERVICE) != null);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "'" + name(path) + "' is no readable jar: " + unreadable.getMessage());
    }
  }

  static Optional<ModuleDescriptor> module(JarFile jar) throws IOException {
    var entry = jar.getJarEntry("module-info.class");
    if (entry == null) {
      return Optional.empty();
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return Optional.of(ModuleDescriptor.read(in));
    }
  }

  /** The texts of the YAML files in that folder of a jar by file name. */
  static Map<String, String> texts(JarFile jar, String folder) throws IOException {
    var texts = new TreeMap<String, String>();
    for (var entry : jar.stream().toList()) {
      var name = entry.getName();
      if (name.startsWith(folder) && name.matches(".*\\.ya?ml")) {
        try (InputStream in = jar.getInputStream(entry)) {
          var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          texts.put(name.substring(folder.length()), text);
        }
      }
    }
    return texts;
  }

  /** The SHA-256 of each jar by file name. */
  static Map<String, String> hashes(List<Path> jars) throws IOException {
    var hashes = new TreeMap<String, String>();
    for (var jar : jars) {
      try (var file = FileChannel.open(jar)) {
        var digest = sha256();
        digest.update(file.map(FileChannel.MapMode.READ_ONLY, 0, file.size()));
        hashes.put(name(jar), HexFormat.of().formatHex(digest.digest()));
      }
    }
    return hashes;
  }

  /** The name of a jar that has come, gone or changed since the plugin was described. */
  static Optional<String> changed(Plugin.Described plugin) throws IOException {
    var described = plugin.descriptor().files();
    var now = hashes(in(plugin.directory()));
    var names = new TreeSet<>(described.keySet());
    names.addAll(now.keySet());
    return names.stream().filter(it -> !Objects.equals(described.get(it), now.get(it))).findFirst();
  }

  static String hash(Map<String, String> files) {
    var text = new StringBuilder();
    files.forEach((name, hash) -> text.append(hash).append("  ").append(name).append('\n'));
    var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
