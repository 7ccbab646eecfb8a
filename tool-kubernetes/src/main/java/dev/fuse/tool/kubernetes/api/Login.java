package dev.fuse.tool.kubernetes.api;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * What a kubeconfig says of logging in to a cluster.
 *
 * @param environment what a login program is given
 */
record Login(String context, Json user, Json cluster, Map<String, String> environment) {

  private static final int PATIENCE_SECONDS = 10;
  private static final Pattern WORD = Pattern.compile("[!-~]+");

  /**
   * Completes the settings of a client.
   *
   * @throws ToolFailure if the login program gave nothing: the server would see nobody
   */
  void complete(Config settings) {
    user.find("tokenFile")
        .filter(_ -> !user.has("token"))
        .ifPresent(file -> settings.setOauthTokenProvider(() -> token(Path.of(file))));
    user.find("as").ifPresent(settings::setImpersonateUsername);
    var groups = user.texts("as-groups");
    if (!groups.isEmpty()) {
      settings.setImpersonateGroups(groups.toArray(new String[0]));
    }
    cluster
        .find("proxy-url")
        .ifPresent(
            proxy -> {
              settings.setHttpsProxy(proxy);
              settings.setHttpProxy(proxy);
              settings.setNoProxy(new String[0]);
            });
    if (user.has("exec.command") && nobody(settings)) {
      throw new ToolFailure(
          ToolResult.Kind.CREDENTIALS,
          "context '"
              + context
              + "' logs in with '"
              + user.text("exec.command")
              + "', which gave no credentials: "
              + complaint(),
          "log in with that program, then ask again");
    }
  }

  /** The token in the file that the user names. */
  String token() {
    return token(Path.of(user.text("tokenFile")));
  }

  /** The program that the user logs in with. */
  LoginProgram program() {
    return new LoginProgram(context, user.at("exec"), cluster, environment);
  }

  /** Read at each request, because whoever writes it renews it. */
  private String token(Path file) {
    try {
      var token = Files.readString(file).strip();
      if (WORD.matcher(token).matches()) {
        return token;
      }
      throw unusable(file, "holds no token");
    } catch (IOException e) {
      throw unusable(file, "cannot be read");
    }
  }

  private ToolFailure unusable(Path file, String why) {
    return new ToolFailure(
        ToolResult.Kind.CREDENTIALS,
        "the token file '" + file + "' of context '" + context + "' " + why,
        "check tokenFile of its user in the kubeconfig");
  }

  private static boolean nobody(Config settings) {
    return blank(settings.getAutoOAuthToken())
        && blank(settings.getOauthToken())
        && blank(settings.getClientCertData());
  }

  private static boolean blank(@org.jspecify.annotations.Nullable String text) {
    return text == null || text.isBlank();
  }

  /** The library tells nobody what the program said, so it is asked again. */
  private String complaint() {
    var words = new ArrayList<>(List.of(user.text("exec.command")));
    words.addAll(user.texts("exec.args"));
    try {
      var program = new ProcessBuilder(words).redirectOutput(ProcessBuilder.Redirect.DISCARD);
      for (var variable : user.list("exec.env")) {
        program.environment().put(variable.text("name"), variable.text("value"));
      }
      var process = program.start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "it did not end within " + PATIENCE_SECONDS + " s";
      }
      var said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      var first = said.lines().filter(line -> !line.isBlank()).findFirst();
      return "exit code "
          + process.exitValue()
          + first.map(line -> ", '" + Problems.shown(line) + "'").orElse("");
    } catch (IOException e) {
      return Problems.root(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "it was interrupted";
    }
  }
}
