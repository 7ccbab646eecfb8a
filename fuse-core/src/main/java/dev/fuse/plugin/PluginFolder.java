package dev.fuse.plugin;

import dev.fuse.plugin.Plugin.Broken;
import dev.fuse.plugin.Plugin.Described;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder with a directory for each plugin: {@code <install>/plugins} or {@code ~/.fuse/plugins}.
 *
 * @param builtin whether its plugins come with Fuse
 */
public record PluginFolder(Path path, boolean builtin) {

  /** Its plugins by name; a folder that is not there has none. */
  public List<Plugin> read(DescriptorFormat format) {
    try (var entries = Files.list(path)) {
      var directories = entries.filter(it -> !Jars.name(it).startsWith("."));
      return directories.filter(Files::isDirectory).sorted().map(it -> read(it, format)).toList();
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException | UncheckedIOException unreadable) {
      return List.of(new Broken(Jars.name(path), path, Cause.of(unreadable), ""));
    }
  }

  private Plugin read(Path directory, DescriptorFormat format) {
    var name = Jars.name(directory);
    try {
      var descriptor = format.read(directory.resolve(Descriptor.FILE));
      if (descriptor.name().equals(name)) {
        return new Described(descriptor, directory, builtin);
      }
      return broken(directory, "its descriptor is that of '" + descriptor.name() + "'");
    } catch (IOException | IllegalArgumentException unreadable) {
      return broken(directory, "its descriptor cannot be read: " + Cause.of(unreadable));
    }
  }

  private Broken broken(Path directory, String problem) {
    var again = builtin ? "install Fuse again" : "remove it and add its jars again";
    return new Broken(Jars.name(directory), directory, problem, again);
  }
}
