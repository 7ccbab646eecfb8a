package dev.fuse.plugin;

import java.nio.file.Path;

/** A plugin's directory, and what became of reading it. */
public sealed interface Plugin {

  String name();

  Path directory();

  /** Described; its code is loaded when one of its tools is called. */
  record Described(Descriptor descriptor, Path directory, boolean builtin) implements Plugin {
    @Override
    public String name() {
      return descriptor.name();
    }
  }

  /**
   * Left out, which costs only itself.
   *
   * @param problem the root cause, in one line
   * @param hint what to do next
   */
  record Broken(String name, Path directory, String problem, String hint) implements Plugin {}
}
