package dev.fuse.tool.git;

import dev.fuse.spi.Schema;

/** Parameters that several tools have. */
final class Schemas {

  private Schemas() {}

  /** An object with the property {@code repository}. */
  static Schema ofRepository() {
    return Schema.object().optional("repository", Schema.string("folder of another repository"));
  }

  static Schema paths(String what) {
    return Schema.array(what, Schema.string("path"));
  }
}
