package dev.fuse.isolation;

import dev.fuse.plugin.Catalog;
import dev.fuse.plugin.Describer;
import dev.fuse.plugin.Descriptor;
import dev.fuse.plugin.DescriptorFormat;
import dev.fuse.plugin.Plugin;
import dev.fuse.plugin.PluginFolder;
import dev.fuse.scenario.Scenario;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.ToolResult;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;

/** A host on a module path, as the command is: calls every tool of a folder of plugins. */
public final class Host {

  private Host() {}

  public static void main(String[] args) throws Exception {
    var folder = new PluginFolder(Path.of(args[0]), true);
    try (var catalog =
        Catalog.read(
            List.of(folder), new Describing(), (plugin, owned) -> nothing(PluginContext.class))) {
      for (var plugin : catalog.plugins()) {
        if (plugin instanceof Plugin.Broken broken) {
          System.out.println(broken.name() + ": " + broken.problem());
        }
      }
      for (var tool : catalog.tools()) {
        var action = tool.prepare(Arguments.of(), nothing(Call.class));
        var result = (ToolResult.Ok) action.body().run(nothing(Call.class));
        System.out.println(tool.spec().name() + ": " + result.text());
      }
    }
  }

  private static Scenario none(String file, String text) {
    throw new IllegalArgumentException(file);
  }

  private static <T> T nothing(Class<T> type) {
    var loader = Host.class.getClassLoader();
    return type.cast(
        Proxy.newProxyInstance(loader, new Class<?>[] {type}, (it, method, a) -> null));
  }

  /** Describes a plugin anew whenever its descriptor is read. */
  private record Describing() implements DescriptorFormat {
    @Override
    public Descriptor read(Path file) {
      return switch (Describer.describe(file.getParent(), true, Host::none)) {
        case Plugin.Described it -> it.descriptor();
        case Plugin.Broken it -> throw new IllegalArgumentException(it.problem());
      };
    }

    @Override
    public void write(Path file, Descriptor descriptor) {}
  }
}
