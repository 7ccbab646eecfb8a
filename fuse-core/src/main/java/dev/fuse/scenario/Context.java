package dev.fuse.scenario;

import dev.fuse.spi.Facts;
import dev.fuse.text.Glob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where we are, compared with where a scenario belongs. */
public final class Context {

  private static final int DEEPEST = 4;
  private static final int MOST_FILES = 2_000;

  private Context() {}

  /** How a scenario's place compares with the present one. */
  enum Place {
    /** It says nothing of places, or the facts are not known. */
    ANYWHERE,
    /** One of its facts fits. */
    HERE,
    /** None of its facts fits. */
    ELSEWHERE,
    /** A fact that it requires is not known or does not fit. */
    EXCLUDED
  }

  static Place place(Scenario.Match match, Facts facts) {
    boolean lacking =
        match.require().stream()
            .anyMatch(fact -> facts.find(fact).isEmpty() || !fits(match, facts, fact));
    if (lacking) {
      return Place.EXCLUDED;
    }
    var known =
        match.context().keySet().stream().filter(fact -> facts.find(fact).isPresent()).toList();
    if (known.isEmpty()) {
      return Place.ANYWHERE;
    }
    // A repository is the right one whatever cluster kubectl points at; require says what must fit.
    return known.stream().anyMatch(fact -> fits(match, facts, fact)) ? Place.HERE : Place.ELSEWHERE;
  }

  /**
   * The facts {@code files} and {@code env:NAME} that these scenarios compare; they are never told
   * to a model.
   */
  public static Map<String, String> facts(
      Collection<Scenario> scenarios, Path directory, Map<String, String> environment) {
    var facts = new TreeMap<String, String>();
    var files = new TreeSet<String>();
    for (var scenario : scenarios) {
      scenario
          .match()
          .context()
          .forEach(
              (fact, globs) -> {
                if (fact.equals("files")) {
                  globs.stream().filter(glob -> exists(directory, glob)).forEach(files::add);
                }
                if (fact.startsWith("env:") && environment.get(fact.substring(4)) != null) {
                  facts.put(fact, environment.get(fact.substring(4)));
                }
              });
    }
    if (!files.isEmpty()) {
      facts.put("files", String.join("\n", files));
    }
    return facts;
  }

  private static boolean fits(Scenario.Match match, Facts facts, String fact) {
    var globs = match.context().getOrDefault(fact, List.of());
    var values = facts.find(fact).orElse("").lines().toList();
    return globs.isEmpty()
        || globs.stream()
            .anyMatch(
                glob ->
                    fact.equals("files")
                        ? values.contains(glob)
                        : values.stream().anyMatch(Glob.of(glob)::matches));
  }

  /**
   * Whether there is a file of that glob; looks at the nearest files only, as this is on the way of
   * every prompt.
   */
  private static boolean exists(Path directory, String glob) {
    if (!glob.matches(".*[*?].*")) {
      return Files.exists(directory.resolve(glob));
    }
    var wanted = Glob.of(glob);
    int deep = glob.contains("**") ? DEEPEST : (int) glob.chars().filter(c -> c == '/').count() + 1;
    try (var paths = Files.walk(directory, deep)) {
      return paths
          .limit(MOST_FILES)
          .anyMatch(path -> wanted.matches(directory.relativize(path).toString()));
    } catch (IOException | java.io.UncheckedIOException e) {
      return false;
    }
  }
}
