package dev.fuse.cli.home;

import dev.fuse.spi.Facts;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where we are, as far as files on this machine tell without a plugin. A broken or missing file
 * only leaves its fact out.
 */
public final class LocalFacts {

  private LocalFacts() {}

  /** The remote of the repository that a folder is in, as {@code host/owner/name}. */
  public static Optional<String> gitRemote(Path folder) {
    return GitFolder.find(folder).flatMap(GitFolder::remote);
  }

  /**
   * The facts {@code directory}, {@code os}, {@code git-root}, {@code git-remote} ({@code
   * host/owner/name}), {@code git-branch}, {@code kube-context}, {@code kube-namespace} and {@code
   * google-project}.
   *
   * @param pins what the person pinned: {@code context}, {@code namespace}, {@code project}, {@code
   *     repository}; these take the place of what the files say
   */
  public static Facts read(Environment environment, Map<String, String> pins) {
    var facts = new TreeMap<String, String>();
    facts.put("directory", environment.directory().toString());
    facts.put("os", environment.os());
    GitFolder.find(environment.directory())
        .ifPresent(
            git -> {
              facts.put("git-root", git.root().toString());
              git.branch().ifPresent(branch -> facts.put("git-branch", branch));
              git.remote().ifPresent(remote -> facts.put("git-remote", remote));
            });
    pinned(pins, "repository").ifPresent(name -> facts.put("git-remote", remote(name)));
    kubernetes(environment, pins, facts);
    pinned(pins, "project")
        .or(() -> GoogleConfig.project(environment))
        .ifPresent(project -> facts.put("google-project", project));
    return new Facts(facts);
  }

  private static void kubernetes(
      Environment environment, Map<String, String> pins, Map<String, String> facts) {
    var files = KubeConfig.of(environment);
    var context = pinned(pins, "context").or(files::currentContext);
    context.ifPresent(name -> facts.put("kube-context", name));
    pinned(pins, "namespace")
        .or(() -> context.flatMap(files::namespace))
        .ifPresent(namespace -> facts.put("kube-namespace", namespace));
  }

  /** {@code owner/name} is meant as one on GitHub. */
  private static String remote(String repository) {
    return repository.matches("[^/]+/[^/]+")
        ? "github.com/" + repository
        : RemoteUrl.normalised(repository).orElse(repository);
  }

  private static Optional<String> pinned(Map<String, String> pins, String name) {
    return Optional.ofNullable(pins.get(name));
  }
}
