package dev.fuse.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.scenario.Scenario;
import dev.fuse.spi.Facts;
import dev.fuse.spi.FusePlugin;
import dev.fuse.spi.PluginContext;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles plugins and packs them into jars. */
final class Workshop implements DescriptorFormat {

  private final Path folder;
  private final Map<Path, Descriptor> written = new HashMap<>();

  Workshop(Path folder) {
    this.folder = folder;
  }

  /** The classes of the module dev.fuse.core. */
  static Path core() {
    return place(FusePlugin.class);
  }

  static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Compiles sources into a jar.
   *
   * @param sources texts by path; what does not end in .java is packed as it is
   */
  Path jar(String path, Map<String, String> sources, Path... libraries) throws IOException {
    var classes = Files.createTempDirectory(folder, ".classes");
    var units = new ArrayList<JavaFileObject>();
    for (var source : sources.entrySet()) {
      if (source.getKey().endsWith(".java")) {
        units.add(new Source(source.getKey(), source.getValue()));
      } else {
        var file = classes.resolve(source.getKey());
        Files.createDirectories(file.getParent());
        Files.writeString(file, source.getValue());
      }
    }
    compile(classes, units, sources.containsKey("module-info.java"), libraries);
    var jar = folder.resolve(path);
    Files.createDirectories(jar.getParent());
    pack(classes, jar);
    return jar;
  }

  private static void compile(
      Path classes, List<JavaFileObject> units, boolean module, Path... libraries) {
    var path = new ArrayList<String>();
    for (var library : libraries) {
      path.add(library.toString());
    }
    var options = new ArrayList<>(List.of("-d", classes.toString(), "-proc:none"));
    if (module) {
      var modules = new ArrayList<>(path);
      modules.add(core().toString());
      options.addAll(List.of("--module-path", String.join(File.pathSeparator, modules)));
      options.addAll(List.of("--add-reads", "org.example=ALL-UNNAMED"));
    } else {
      path.add(core().toString());
    }
    options.addAll(List.of("-cp", String.join(File.pathSeparator, path)));
    var messages = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    boolean compiled = compiler.getTask(messages, null, null, options, null, units).call();
    assertThat(compiled).as(messages.toString()).isTrue();
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        var files = Files.walk(classes)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
  }

  /** A plain jar with a plugin of one tool, {@code <name>_try}. */
  Path plugin(String name, String members, String body) throws IOException {
    var source =
        """
        package org.example;
        import dev.fuse.spi.*;
        import java.util.*;
        public class It implements FusePlugin, Tool {
          PluginContext context;
          %2$s
          public String name() { return "%1$s"; }
          public List<Tool> tools() { return List.of(this); }
          public void open(PluginContext context) {
            this.context = context;
            opening();
          }
          public ToolSpec spec() {
            return ToolSpec.of("%1$s_try", "tries", Schema.object(), Ceiling.reads("test"));
          }
          static String loader() {
            return String.valueOf(Thread.currentThread().getContextClassLoader() == It.class.getClassLoader());
          }
          public Action prepare(Arguments arguments, Call call) {
            %3$s
          }
        }
        """
            .formatted(
                name,
                members.contains("void opening()") ? members : members + "void opening() {}",
                body);
    return jar(
        name + "/" + name + ".jar",
        Map.of(
            "org/example/It.java",
            source,
            "META-INF/services/dev.fuse.spi.FusePlugin",
            "org.example.It"));
  }

  /** Describes the directory of that name and keeps its descriptor. */
  Plugin.Described describe(String name) throws IOException {
    var described = Describer.describe(folder.resolve(name), false, Workshop::scenario);
    assertThat(described).isInstanceOf(Plugin.Described.class);
    var plugin = (Plugin.Described) described;
    write(plugin.directory().resolve(Descriptor.FILE), plugin.descriptor());
    return plugin;
  }

  /** A scenario that tells of what it was made. */
  static Scenario scenario(String file, String text) {
    return new Scenario(
        file,
        "",
        "",
        new Scenario.Match(List.of(), List.of(), List.of(), Map.of(), List.of()),
        Scenario.Mode.AUTO,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        text,
        List.of(),
        List.of());
  }

  Catalog catalog(Path directory) {
    return Catalog.read(
        List.of(new PluginFolder(folder, false)),
        this,
        (plugin, owned) -> new Context(directory, owned));
  }

  @Override
  public Descriptor read(Path file) throws IOException {
    var descriptor = written.get(file);
    if (descriptor == null) {
      throw new NoSuchFileException(file.toString());
    }
    return descriptor;
  }

  @Override
  public void write(Path file, Descriptor descriptor) {
    written.put(file, descriptor);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String path, String text) {
      super(URI.create("string:///" + path), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  record Context(Path directory, Owned owned) implements PluginContext {
    @Override
    public Map<String, String> environment() {
      return Map.of();
    }

    @Override
    public Optional<String> setting(String key) {
      return Optional.empty();
    }

    @Override
    public Facts facts() {
      return Facts.none();
    }

    @Override
    public Optional<String> pinned(String coordinate) {
      return Optional.empty();
    }

    @Override
    public <T extends AutoCloseable> T own(T resource) {
      return owned.own(resource);
    }
  }
}
