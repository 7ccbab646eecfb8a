package dev.fuse.tool.fs.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Versions of programs, read from what lies beside them where that tells, as starting {@code
 * gcloud} or {@code mvn} takes a second; else asked for.
 */
public final class ProgramVersions {

  static final List<String> USUAL =
      List.of(
          "java",
          "mvn",
          "gradle",
          "node",
          "npm",
          "python3",
          "go",
          "git",
          "docker",
          "kubectl",
          "helm",
          "gcloud",
          "gh",
          "terraform",
          "rustc",
          "gcc",
          "make");

  /**
   * Programs that are started to ask for their version. Another one is only found: a {@code deploy}
   * that does not know {@code --version} would deploy.
   */
  private static final Set<String> ASKABLE =
      Set.of(
          ("java javac node npm npx pnpm yarn deno bun python python3 pip pip3 pipx uv poetry conda"
                  + " go ruby perl php rustc cargo dotnet gcc g++ clang cmake make ninja mvn gradle"
                  + " ant sbt git git-lfs gh docker podman buildah kubectl helm kustomize kind"
                  + " minikube k3d skaffold argocd flux istioctl gcloud gsutil aws az terraform tofu"
                  + " packer vault ansible psql mysql redis-cli openssl ssh curl wget jq yq bash zsh"
                  + " tmux vim gpg brew systemctl nginx")
              .split(" ", -1));

  private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)*");
  private static final Duration MOST = Duration.ofMillis(1500);

  /** Programs that take another word for {@code --version}. */
  private static final Map<String, List<String>> ASKED =
      Map.of(
          "go", List.of("version"),
          "java", List.of("-version"),
          "kubectl", List.of("version", "--client"),
          "helm", List.of("version", "--short"),
          "openssl", List.of("version"),
          "ssh", List.of("-V"));

  private final Programs programs;

  public ProgramVersions(Programs programs) {
    this.programs = programs;
  }

  /** The version of the program that a shell would run. */
  public Optional<String> find(String name) {
    return programs.find(name).flatMap(program -> of(name, program));
  }

  public Optional<String> of(String name, Path program) {
    return beside(name, program).or(() -> asked(name, program));
  }

  /** A JDK's version from the {@code release} file that each has. */
  public static Optional<String> ofJdk(Path home) {
    return firstNumber(home.resolve("release"), "JAVA_VERSION=");
  }

  private static Optional<String> beside(String name, Path program) {
    try {
      var home = program.toRealPath().getParent();
      var root = home == null ? null : home.getParent();
      if (root == null) {
        return Optional.empty();
      }
      return switch (name) {
        case "java", "javac" -> ofJdk(root);
        case "go" -> firstNumber(root.resolve("VERSION"), "go");
        case "gcloud" -> firstNumber(root.resolve("VERSION"), "");
        case "npm", "npx" -> firstNumber(root.resolve("package.json"), "\"version\":");
        case "mvn" -> ofJar(root.resolve("lib"), "maven-core-");
        case "gradle" -> ofJar(root.resolve("lib"), "gradle-launcher-");
        default -> Optional.empty();
      };
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<String> asked(String name, Path program) {
    if (!ASKABLE.contains(name)) {
      return Optional.empty();
    }
    var words = ASKED.getOrDefault(name, List.of("--version"));
    return programs
        .ask(MOST, program, words.toArray(String[]::new))
        .flatMap(ProgramVersions::number);
  }

  public static Optional<String> number(String text) {
    var matcher = NUMBER.matcher(text);
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }

  private static Optional<String> firstNumber(Path file, String prefix) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .map(String::strip)
          .filter(line -> line.startsWith(prefix))
          .findFirst()
          .flatMap(line -> number(line.substring(prefix.length())));
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> ofJar(Path folder, String prefix) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (var jars = Files.newDirectoryStream(folder, prefix + "*.jar")) {
      for (var jar : jars) {
        return number(jar.getFileName().toString().substring(prefix.length()));
      }
    }
    return Optional.empty();
  }
}
