package dev.fuse.cli.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The process that Fuse runs in, read once; whatever depends on it is given it.
 *
 * @param variables the environment
 * @param directory the working directory, absolute, links resolved
 * @param home the person's home directory, where there is one
 * @param os such as {@code Linux 6.8} or {@code Mac OS X 15.1}
 * @param temporary where temporary files go
 */
public record Environment(
    Map<String, String> variables,
    Path directory,
    Optional<Path> home,
    String user,
    String os,
    Path temporary) {

  private static final List<String> CI =
      List.of("CI", "GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL", "TEAMCITY_VERSION", "TF_BUILD");

  public Environment {
    variables = Map.copyOf(variables);
  }

  /** That of this process. */
  public static Environment current() {
    var variables = System.getenv();
    var home = variables.getOrDefault("HOME", System.getProperty("user.home", ""));
    return new Environment(
        variables,
        real(Path.of(System.getProperty("user.dir", "."))),
        home.isBlank() || home.equals("?") ? Optional.empty() : Optional.of(Path.of(home)),
        System.getProperty("user.name", ""),
        System.getProperty("os.name", "") + " " + System.getProperty("os.version", ""),
        Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
  }

  /** The folder of this distribution, where the launcher has said it. */
  public static Optional<Path> install() {
    return Optional.ofNullable(System.getProperty("fuse.install")).map(Path::of);
  }

  /** A variable that is set to something. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  /** Whether a machine started this, for which nothing is remade and nobody is asked. */
  public boolean ci() {
    return CI.stream()
        .anyMatch(name -> find(name).filter(value -> !value.equals("false")).isPresent());
  }

  /** A path as a person writes it: {@code ~} is the home, the rest relative to the directory. */
  public Path path(String text) {
    if (home.isPresent() && (text.equals("~") || text.startsWith("~/"))) {
      return home.get().resolve(text.substring(Math.min(2, text.length())));
    }
    return directory.resolve(text).normalize();
  }

  private static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      // The working directory may have been deleted; whatever needs it says so.
      return directory.toAbsolutePath().normalize();
    }
  }

  /** Whether the working directory is still there. */
  public boolean directoryExists() {
    return Files.isDirectory(directory);
  }
}
