package dev.fuse.plugin;

import dev.fuse.spi.FusePlugin;
import dev.fuse.text.Spelling;
import java.util.HashSet;
import java.util.Set;

/**
 * What plugins see of the host: Java, {@code dev.fuse.spi}, {@code dev.fuse.text} and slf4j. The
 * platform's class loader alone would not do, because it finds classes in the named modules of the
 * host as well.
 */
final class HostGate extends ClassLoader {

  private static final Set<String> OFFERED =
      Set.of(FusePlugin.class.getPackageName(), Spelling.class.getPackageName());

  private final ClassLoader host = HostGate.class.getClassLoader();
  private final Set<String> closed = new HashSet<>();

  HostGate() {
    super("what plugins see of the host", ClassLoader.getPlatformClassLoader());
    for (var module : ModuleLayer.boot().modules()) {
      if (!ofJava(module.getName())) {
        closed.addAll(module.getPackages());
      }
    }
  }

  /** Whether a plugin's module may require this one of the host's. */
  static boolean offers(String module) {
    return ofJava(module)
        || Set.of("org.jspecify", "org.slf4j").contains(module)
        || module.equals(FusePlugin.class.getModule().getName());
  }

  private static boolean ofJava(String module) {
    return module.startsWith("java.") || module.startsWith("jdk.");
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    var in = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    if (OFFERED.contains(in) || in.equals("org.slf4j") || in.startsWith("org.slf4j.")) {
      return host.loadClass(name);
    }
    if (closed.contains(in)) {
      throw new ClassNotFoundException(name);
    }
    return super.loadClass(name, resolve);
  }
}
