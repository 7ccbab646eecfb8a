package dev.fuse.tool.git.repo;

import dev.fuse.spi.Schema;

/** Parameters that several tools have. */
public final class Schemas {

  private Schemas() {}

  /** An object with the property {@code repository}. */
  public static Schema ofRepository() {
    return Schema.object().optional("repository", Schema.string("folder of another repository"));
  }

  public static Schema paths(String what) {
    return Schema.array(what, Schema.string("path"));
  }
}
