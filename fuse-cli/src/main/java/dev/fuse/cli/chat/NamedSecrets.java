package dev.fuse.cli.chat;

import dev.fuse.cli.home.Environment;
import dev.fuse.run.SecretSource;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * Values that only the person gives: from a variable or a file that they or a call name.
 *
 * @param flags {@code PARAM=SOURCE}, which outweigh what a call names
 */
record NamedSecrets(Environment environment, List<String> flags) implements SecretSource {

  @Override
  public String read(String parameter, String source) {
    var named =
        flags.stream()
            .filter(flag -> flag.startsWith(parameter + "="))
            .map(flag -> flag.substring(parameter.length() + 1))
            .findFirst()
            .orElse(source);
    if (named.startsWith("env:")) {
      return environment
          .find(named.substring("env:".length()))
          .orElseThrow(() -> noSecret(parameter, "the variable of '" + named + "' is not set"));
    }
    if (named.startsWith("file:")) {
      try {
        var file = environment.path(named.substring("file:".length()));
        return Files.readString(file).stripTrailing();
      } catch (IOException e) {
        throw noSecret(parameter, "the file of '" + named + "' cannot be read");
      }
    }
    throw noSecret(parameter, "the source '" + named + "' is not one of env:NAME, file:PATH");
  }

  private static ToolFailure noSecret(String parameter, String why) {
    return new ToolFailure(
        ToolResult.Kind.CREDENTIALS,
        "no value for '" + parameter + "': " + why,
        "--secret " + parameter + "=env:NAME");
  }
}
