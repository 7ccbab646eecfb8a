package dev.fuse.scenarios;

import dev.fuse.spi.FusePlugin;
import java.util.List;

/** Brings the built-in scenarios, which are files in this jar. */
public final class ScenariosPlugin implements FusePlugin {

  @Override
  public String name() {
    return "scenarios";
  }

  @Override
  public String description() {
    return "The built-in guidance";
  }

  @Override
  public List<String> prefixes() {
    return List.of();
  }
}
