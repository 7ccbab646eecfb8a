package dev.fuse.cli.home;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Environments for tests: home and working directory are the same folder. */
public final class Places {

  private Places() {}

  public static Environment environment(Path folder, Map<String, String> variables) {
    return environment(folder, folder, variables);
  }

  public static Environment environment(Path home, Path directory, Map<String, String> variables) {
    return new Environment(
        variables, directory, Optional.of(home), "tester", "Linux 6", home.resolve("tmp"));
  }
}
