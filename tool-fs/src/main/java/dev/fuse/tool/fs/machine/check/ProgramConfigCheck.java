package dev.fuse.tool.fs.machine.check;

import dev.fuse.spi.Finding;
import dev.fuse.tool.fs.machine.Programs;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The configuration of the program that a question names: Docker's helpers, kubectl's logins, keys.
 */
record ProgramConfigCheck(Place place, Programs programs, String question) implements MachineCheck {

  private static final Pattern STORE = Pattern.compile("\"credsStore\"\\s*:\\s*\"([\\w.-]+)\"");
  private static final Pattern HELPERS =
      Pattern.compile("\"credHelpers\"\\s*:\\s*\\{([^}]*)\\}", Pattern.DOTALL);
  private static final Pattern HELPER = Pattern.compile("\"([^\"]+)\"\\s*:\\s*\"([\\w.-]+)\"");
  private static final Pattern CONTEXT = Pattern.compile("\"currentContext\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern EXEC =
      Pattern.compile("client\\.authentication\\.k8s\\.io/(v1\\w*)");

  @Override
  public String name() {
    return "configuration of the program that the question names";
  }

  @Override
  public List<Finding> findings() {
    var found = new ArrayList<Finding>();
    if (about("docker|credential|registry|compose")) {
      docker(found);
    }
    if (about("kubectl|kube|k8s|exec plugin|helm|cluster|client\\.authentication")) {
      kube(found);
    }
    if (about("ssh|key|publickey|git|scp|rsync|unprotected|identity")) {
      ssh(found);
    }
    return found;
  }

  private boolean about(String words) {
    return Pattern.compile("(?i)" + words).matcher(question).find();
  }

  private void docker(List<Finding> found) {
    var folder = place.environment().getOrDefault("DOCKER_CONFIG", "");
    var file =
        folder.isEmpty()
            ? place.home().map(home -> home.resolve(".docker/config.json"))
            : Optional.of(Path.of(folder).resolve("config.json"));
    var text = file.flatMap(ProgramConfigCheck::text);
    if (text.isEmpty()) {
      return;
    }
    var shown = Shown.name(file.orElseThrow());
    var store = STORE.matcher(text.get());
    if (store.find()) {
      helper("credsStore", store.group(1), shown, line(text.get(), store.start()), found);
    }
    var helpers = HELPERS.matcher(text.get());
    if (helpers.find()) {
      HELPER
          .matcher(helpers.group(1))
          .results()
          .forEach(
              one ->
                  helper(
                      "credHelpers for " + one.group(1),
                      one.group(2),
                      shown,
                      line(text.get(), helpers.start()),
                      found));
    }
    var host = place.environment().getOrDefault("DOCKER_HOST", "");
    if (host.startsWith("unix://") && !Files.exists(Path.of(host.substring("unix://".length())))) {
      found.add(
          Finding.error(
              "DOCKER_HOST",
              "DOCKER_HOST=" + Shown.line(host, 200) + ", a socket that does not exist",
              "docker asks a daemon that is not there",
              "unset DOCKER_HOST, or start that daemon"));
    }
    var context = CONTEXT.matcher(text.get());
    if (host.isEmpty() && context.find() && !context.group(1).equals("default")) {
      found.add(
          Finding.warning(
              "docker context",
              "currentContext is '" + Shown.line(context.group(1), 100) + "' in " + shown,
              "docker talks to the daemon of that context",
              "docker context ls; docker context use default"));
    }
  }

  private void helper(String key, String name, String file, int line, List<Finding> found) {
    var program = "docker-credential-" + name;
    if (programs.find(program).isEmpty()) {
      found.add(
          Finding.error(
              "docker credentials",
              "%s is \"%s\" in %s:%d, and %s is not on the PATH"
                  .formatted(key, name, file, line, program),
              "docker asks a credential helper that is not installed"
                  + (name.equals("desktop") ? " (left over from Docker Desktop)" : ""),
              "remove " + key + " from " + file + ", or name a helper that is installed"));
    }
  }

  private void kube(List<Finding> found) {
    var set = place.environment().getOrDefault("KUBECONFIG", "");
    var files = new ArrayList<Path>();
    if (set.isEmpty()) {
      place.home().map(home -> home.resolve(".kube/config")).ifPresent(files::add);
    }
    for (var one : set.split(":", -1)) {
      if (!one.isEmpty()) {
        files.add(Path.of(one));
      }
    }
    for (var file : files) {
      var text = text(file);
      if (text.isEmpty()) {
        if (!set.isEmpty()) {
          found.add(
              Finding.error(
                  "KUBECONFIG",
                  "KUBECONFIG names '" + Shown.name(file) + "', which is not there",
                  "kubectl passes over it and does not know its contexts",
                  "correct or unset KUBECONFIG"));
        }
        continue;
      }
      exec(file, text.get(), found);
    }
  }

  private void exec(Path file, String text, List<Finding> found) {
    var user = "";
    var lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      var named = Pattern.compile("^\\s*-?\\s*name:\\s*[\"']?([^\"'\\s,}]+)").matcher(line);
      if (named.find()) {
        user = named.group(1);
      }
      var version = EXEC.matcher(line);
      if (version.find() && version.group(1).equals("v1alpha1")) {
        found.add(
            Finding.error(
                "kube login of " + user,
                "%s in %s:%d, for user %s"
                    .formatted(version.group(), Shown.name(file), i + 1, user),
                "kubectl 1.24 and later no longer take v1alpha1 of a login command (exec plugin)",
                "update that command's CLI and write the entry again (aws eks update-kubeconfig,"
                    + " gcloud container clusters get-credentials), or change it to"
                    + " client.authentication.k8s.io/v1beta1"));
      }
      var command = Pattern.compile("\\bcommand:\\s*[\"']?([^\"'\\s,}]+)").matcher(line);
      if (command.find()) {
        var program = command.group(1);
        boolean there =
            program.startsWith("/")
                ? Files.isExecutable(Path.of(program))
                : programs.find(program).isPresent();
        if (!there) {
          found.add(
              Finding.error(
                  "kube login of " + user,
                  "%s:%d starts '%s' to log in, which is not on the PATH"
                      .formatted(Shown.name(file), i + 1, Shown.line(program, 100)),
                  "kubectl cannot start the login command (exec plugin)",
                  "install " + Shown.line(program, 60) + ", or correct the command"));
        }
      }
    }
  }

  private void ssh(List<Finding> found) {
    var folder = place.home().map(home -> home.resolve(".ssh"));
    if (folder.isEmpty() || !Files.isDirectory(folder.get())) {
      return;
    }
    try (var files =
        Files.newDirectoryStream(folder.get(), "{id_*,*.pem,config,*_rsa,*_ed25519}")) {
      for (var file : files) {
        if (!file.toString().endsWith(".pub") && Files.isRegularFile(file)) {
          int mode = (Integer) Files.getAttribute(file, "unix:mode") & 0777;
          boolean config = file.endsWith("config");
          if ((config && (mode & 022) != 0) || (!config && (mode & 077) != 0)) {
            found.add(
                Finding.error(
                    Shown.name(file),
                    "the mode of '%s' is %o".formatted(Shown.name(file), mode),
                    "ssh refuses a key or configuration that others may read or change: bad"
                        + " permissions (UNPROTECTED PRIVATE KEY FILE)",
                    "chmod 600 " + Shown.name(file)));
          }
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      // What may not be looked at is not judged.
    }
  }

  private static int line(String text, int at) {
    return (int) text.substring(0, at).lines().count()
        + (at == 0 || text.charAt(at - 1) == '\n' ? 1 : 0);
  }

  private static Optional<String> text(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) < 1 << 20
          ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
