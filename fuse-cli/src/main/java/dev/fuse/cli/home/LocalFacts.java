package dev.fuse.cli.home;

import dev.fuse.spi.Facts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where we are, read from the files that Git, kubectl and gcloud keep; loads no plugin. What cannot
 * be read is not known.
 */
public final class LocalFacts {

  /** Longer files are of no person. */
  private static final long LARGEST = 8L << 20;

  private static final Pattern CONTEXT = Pattern.compile("current-context:\\s*(.+)");

  private final Environment environment;
  private final Map<String, String> pins;

  private LocalFacts(Environment environment, Map<String, String> pins) {
    this.environment = environment;
    this.pins = pins;
  }

  /**
   * The facts.
   *
   * @param pins what the person pinned: context, namespace, project
   */
  public static Facts read(Environment environment, Map<String, String> pins) {
    return new LocalFacts(environment, pins).facts();
  }

  private Facts facts() {
    var facts = new TreeMap<String, String>();
    facts.put("directory", environment.directory().toString());
    facts.put("os", environment.os());
    GitFolder.find(environment.directory())
        .ifPresent(
            git -> {
              git.branch().ifPresent(branch -> facts.put("git-branch", branch));
              git.remote().ifPresent(remote -> facts.put("git-remote", remote));
            });
    kubernetes(facts);
    project().ifPresent(project -> facts.put("google-project", project));
    return new Facts(facts);
  }

  private void kubernetes(Map<String, String> facts) {
    var texts = kubeconfigs().map(LocalFacts::text).filter(text -> !text.isEmpty()).toList();
    var context =
        Optional.ofNullable(pins.get("context"))
            .or(() -> texts.stream().flatMap(text -> currentContext(text).stream()).findFirst());
    context.ifPresent(name -> facts.put("kube-context", name));
    Optional.ofNullable(pins.get("namespace"))
        .or(() -> context.flatMap(name -> namespace(texts, name)))
        .ifPresent(namespace -> facts.put("kube-namespace", namespace));
  }

  private Stream<Path> kubeconfigs() {
    var listed = environment.find("KUBECONFIG");
    if (listed.isPresent()) {
      return Stream.of(listed.get().split(Pattern.quote(File.pathSeparator), -1))
          .filter(path -> !path.isBlank())
          .map(environment::path);
    }
    return environment.home().stream().map(home -> home.resolve(".kube/config"));
  }

  private static Optional<String> currentContext(String text) {
    return text.lines()
        .map(CONTEXT::matcher)
        .filter(matcher -> matcher.matches())
        .map(matcher -> plain(matcher.group(1)))
        .filter(name -> !name.isEmpty())
        .findFirst();
  }

  /**
   * That of a context as kubectl writes it: one list item with {@code name} and {@code namespace}.
   */
  private static Optional<String> namespace(List<String> texts, String context) {
    for (var text : texts) {
      for (var item : contexts(text)) {
        if (item.contains("name: " + context)) {
          return item.stream()
              .filter(line -> line.startsWith("namespace: "))
              .map(line -> plain(line.substring("namespace: ".length())))
              .findFirst();
        }
      }
    }
    return Optional.empty();
  }

  private static List<List<String>> contexts(String text) {
    var items = new ArrayList<List<String>>();
    boolean inside = false;
    for (var line : text.lines().toList()) {
      if (!line.isEmpty() && Character.isLetter(line.charAt(0))) {
        inside = line.startsWith("contexts:");
      } else if (inside && line.stripLeading().startsWith("- ")) {
        items.add(new ArrayList<>(List.of(line.strip().substring(2))));
      } else if (inside && !items.isEmpty()) {
        items.getLast().add(line.strip());
      }
    }
    return items;
  }

  private Optional<String> project() {
    return Optional.ofNullable(pins.get("project"))
        .or(() -> environment.find("CLOUDSDK_CORE_PROJECT"))
        .or(() -> environment.find("GOOGLE_CLOUD_PROJECT"))
        .or(this::gcloudProject);
  }

  private Optional<String> gcloudProject() {
    var folder =
        environment
            .find("CLOUDSDK_CONFIG")
            .map(environment::path)
            .or(() -> environment.home().map(home -> home.resolve(".config/gcloud")));
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    var active = text(folder.get().resolve("active_config")).strip();
    var name =
        environment
            .find("CLOUDSDK_ACTIVE_CONFIG_NAME")
            .orElse(active.isEmpty() ? "default" : active);
    return text(folder.get().resolve("configurations/config_" + name))
        .lines()
        .map(String::strip)
        .filter(line -> line.matches("project\\s*=.+"))
        .map(line -> plain(line.substring(line.indexOf('=') + 1)))
        .findFirst();
  }

  private static String plain(String value) {
    return value.strip().replaceAll("^[\"']|[\"']$", "");
  }

  private static String text(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) <= LARGEST ? Files.readString(file) : "";
    } catch (IOException e) {
      return "";
    }
  }
}
