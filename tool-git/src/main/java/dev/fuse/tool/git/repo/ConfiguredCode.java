package dev.fuse.tool.git.repo;

import dev.fuse.spi.Effect;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.jspecify.annotations.Nullable;

/**
 * Code that git runs because hooks are there, or because the repository's own configuration says
 * so; what the person's own configuration names is theirs.
 */
public record ConfiguredCode(Repo repo) {

  /** The hooks that git knows on this side of a connection. */
  public static final Set<String> HOOKS =
      Stream.of(Occasion.values())
          .flatMap(occasion -> occasion.hooks().stream())
          .collect(java.util.stream.Collectors.toUnmodifiableSet());

  /** All that runs on these occasions, each as code at HIGH. */
  public List<Effect> effects(Occasion... occasions) throws IOException {
    var hooks = new LinkedHashSet<String>();
    var keys = new LinkedHashSet<String>();
    for (var occasion : occasions) {
      hooks.addAll(occasion.hooks());
      keys.addAll(occasion.programs());
    }
    var effects = new ArrayList<Effect>();
    hooks(hooks).forEach(hook -> effects.add(runs(hook.toString())));
    programs(keys).forEach(program -> effects.add(runs(program)));
    return effects;
  }

  /** Where hooks are looked for. */
  public Path hookFolder() {
    var configured = repo.git().getConfig().getString("core", null, "hooksPath");
    var home = Matcher.quoteReplacement(repo.git().getFS().userHome().toString());
    return configured == null
        ? repo.common().resolve("hooks")
        : repo.root().resolve(configured.replaceFirst("^~(?=/)", home));
  }

  private Effect runs(String program) {
    return Effect.local(Verb.EXECUTE, repo.target("program", program), Risk.HIGH);
  }

  private List<Path> hooks(Set<String> names) {
    var folder = hookFolder();
    return names.stream()
        .map(folder::resolve)
        .filter(hook -> Files.isRegularFile(hook) && Files.isExecutable(hook))
        .toList();
  }

  private List<String> programs(Set<String> keys) throws IOException {
    var programs = new ArrayList<String>();
    for (var file :
        List.of(repo.common().resolve("config"), repo.own().resolve("config.worktree"))) {
      var config = new FileBasedConfig(file.toFile(), repo.git().getFS());
      try {
        config.load();
      } catch (ConfigInvalidException e) {
        throw new IOException(e.getMessage(), e);
      }
      for (var key : keys) {
        int dot = key.indexOf('.');
        all(config, key.substring(0, dot), key.substring(dot + 1)).forEach(programs::add);
      }
      // what is included on a condition is not read here, and may name any program
      all(config, "includeIf", "path").forEach(programs::add);
    }
    return programs;
  }

  private static List<String> all(FileBasedConfig config, String section, String name) {
    var found = new ArrayList<String>();
    find(config, section, null, name)
        .ifPresent(value -> found.add(section + "." + name + "=" + value));
    for (var subsection : config.getSubsections(section)) {
      find(config, section, subsection, name)
          .ifPresent(value -> found.add(section + "." + subsection + "." + name + "=" + value));
    }
    return found;
  }

  private static Optional<String> find(
      FileBasedConfig config, String section, @Nullable String subsection, String name) {
    return Optional.ofNullable(config.getString(section, subsection, name));
  }
}
