package dev.fuse.tool.github.api;

import dev.fuse.spi.PluginContext;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A token and where it is from; it is sent to the one host that it belongs to.
 *
 * @param source for people, such as {@code GITHUB_TOKEN}
 */
record Credentials(String token, String source) {

  private static final int SECONDS = 10;

  /** The key command, then the environment, then what {@code gh} keeps for that host. */
  static Optional<Credentials> of(PluginContext context, Endpoint endpoint, GhConfig gh) {
    if (!endpoint.safe()) {
      return Optional.empty();
    }
    var command = context.setting("key-command").filter(it -> !it.isBlank());
    if (command.isPresent()) {
      return Optional.of(new Credentials(run(command.get()), "plugins.github.key-command"));
    }
    return names(endpoint)
        .flatMap(
            name ->
                Endpoint.given(context.environment(), name)
                    .map(token -> new Credentials(token, name))
                    .stream())
        .findFirst()
        .or(
            () ->
                gh.token(endpoint.host())
                    .map(
                        token -> new Credentials(token, "the login of gh for " + endpoint.host())));
  }

  /** The variables of GitHub.com hold no token for a host that only a remote names. */
  private static Stream<String> names(Endpoint endpoint) {
    var own = Stream.of("GH_TOKEN", "GITHUB_TOKEN");
    var enterprise = Stream.of("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN");
    if (endpoint.host().equals("github.com") || endpoint.host().endsWith(".ghe.com")) {
      return own;
    }
    return endpoint.named() ? Stream.concat(enterprise, own) : enterprise;
  }

  private static String run(String command) {
    try {
      var process =
          new ProcessBuilder(List.of("/bin/sh", "-c", command))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw failed(command, "gave nothing within " + SECONDS + " s");
      }
      var token =
          new String(process.getInputStream().readNBytes(8192), StandardCharsets.UTF_8).strip();
      if (process.exitValue() != 0 || token.isEmpty() || token.contains("\n")) {
        throw failed(command, "ended with " + process.exitValue() + " and without one token");
      }
      return token;
    } catch (IOException e) {
      throw failed(command, "could not be started");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(command, "was interrupted");
    }
  }

  private static ToolFailure failed(String command, String what) {
    return new ToolFailure(
        Kind.CREDENTIALS,
        "plugins.github.key-command '" + command + "' " + what,
        "run it by hand; it prints the token and nothing else");
  }

  @Override
  public String toString() {
    return source;
  }
}
