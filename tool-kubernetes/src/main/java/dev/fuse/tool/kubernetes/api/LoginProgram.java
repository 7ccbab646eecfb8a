package dev.fuse.tool.kubernetes.api;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The program that a kubeconfig's {@code exec} names, asked for an ExecCredential
 * (client.authentication.k8s.io). What it gave is used until it expires or the server refuses it.
 */
final class LoginProgram implements Credentials.Token {

  private static final int PATIENCE_SECONDS = 30;
  private static final String OURS = "FUSE_";
  private static final Set<String> MODEL_KEYS = Set.of("OPENAI_API_KEY");

  private final String context;
  private final Json exec;
  private final Json cluster;
  private final Map<String, String> environment;
  private @Nullable Json given;

  LoginProgram(String context, Json exec, Json cluster, Map<String, String> environment) {
    this.context = context;
    this.exec = exec;
    this.cluster = cluster;
    this.environment = environment;
  }

  @Override
  public String authorization(boolean renew) {
    var token = status(renew).text("token");
    return token.isEmpty() ? "" : "Bearer " + token;
  }

  @Override
  public boolean renewable() {
    return true;
  }

  /** The certificate that it gives with its key, both as PEM; empty where it gives a token. */
  Optional<ClientKey> certificate() {
    var status = status(false);
    return status.has("clientCertificateData") && status.has("clientKeyData")
        ? Optional.of(
            ClientKey.of(status.text("clientCertificateData"), status.text("clientKeyData")))
        : Optional.empty();
  }

  private synchronized Json status(boolean renew) {
    var known = given;
    if (known == null || renew || expired(known)) {
      known = run();
      given = known;
    }
    return known;
  }

  private static boolean expired(Json status) {
    try {
      return status
          .find("expirationTimestamp")
          .map(Instant::parse)
          .filter(Instant.now()::isAfter)
          .isPresent();
    } catch (DateTimeException unreadable) {
      return false;
    }
  }

  private Json run() {
    try {
      var output = Files.createTempFile("fuse-login", ".out");
      var errors = Files.createTempFile("fuse-login", ".err");
      try {
        return run(output, errors);
      } finally {
        Files.deleteIfExists(output);
        Files.deleteIfExists(errors);
      }
    } catch (IOException e) {
      throw nothing(Problems.root(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw nothing("it was interrupted");
    }
  }

  /** Through files, so that a program that says much does not wait for a reader. */
  private Json run(Path output, Path errors) throws IOException, InterruptedException {
    var program =
        new ProcessBuilder(words()).redirectOutput(output.toFile()).redirectError(errors.toFile());
    prepare(program.environment());
    var process = program.start();
    process.getOutputStream().close();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw nothing("it did not end within " + PATIENCE_SECONDS + " s");
    }
    if (process.exitValue() != 0) {
      var said = Files.readString(errors).lines().filter(line -> !line.isBlank()).findFirst();
      throw nothing(
          "exit code "
              + process.exitValue()
              + said.map(line -> ", '" + Problems.shown(line) + "'").orElse(""));
    }
    var status = read(Files.readString(output)).at("status");
    if (!status.has("token") && !status.has("clientCertificateData")) {
      throw nothing("it printed an ExecCredential without a token and without a certificate");
    }
    return status;
  }

  private Json read(String text) {
    try {
      return Json.of(new JsonMapper().readValue(text, Map.class));
    } catch (JacksonException e) {
      throw nothing("it did not print an ExecCredential in JSON");
    }
  }

  private List<String> words() {
    var words = new ArrayList<>(List.of(exec.text("command")));
    words.addAll(exec.texts("args"));
    return words;
  }

  private void prepare(Map<String, String> variables) {
    variables.clear();
    environment.forEach(
        (name, value) -> {
          if (!name.startsWith(OURS) && !MODEL_KEYS.contains(name)) {
            variables.put(name, value);
          }
        });
    for (var variable : exec.list("env")) {
      variables.put(variable.text("name"), variable.text("value"));
    }
    variables.put("KUBERNETES_EXEC_INFO", new JsonMapper().writeValueAsString(information()));
  }

  /** The ExecCredential that the program is told; with the cluster where the kubeconfig says so. */
  private Map<String, Object> information() {
    var spec = new LinkedHashMap<String, Object>();
    spec.put("interactive", false);
    if (exec.text("provideClusterInfo").equals("true")) {
      spec.put("cluster", cluster.fields());
    }
    return Map.of(
        "apiVersion",
        exec.text("apiVersion", "client.authentication.k8s.io/v1"),
        "kind",
        "ExecCredential",
        "spec",
        spec);
  }

  private ToolFailure nothing(String why) {
    return new ToolFailure(
        ToolResult.Kind.CREDENTIALS,
        "context '"
            + context
            + "' logs in with '"
            + exec.text("command")
            + "', which gave no credentials: "
            + why,
        "log in with that program, then ask again");
  }
}
