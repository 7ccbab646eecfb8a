package dev.fuse.plugin;

import java.io.IOException;
import java.nio.file.Path;

/** Reads and writes descriptors. */
public interface DescriptorFormat {

  /**
   * The descriptor that a file holds.
   *
   * @throws IOException with what is wrong and where
   */
  Descriptor read(Path file) throws IOException;

  /** Writes the file whole or not at all. */
  void write(Path file, Descriptor descriptor) throws IOException;
}
