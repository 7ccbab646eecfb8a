package dev.fuse.tool.git;

import dev.fuse.spi.Effect;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.storage.file.FileBasedConfig;

/** Code that git runs because hooks are there or the repository's own configuration says so. */
record ConfiguredCode(Repo repo) {

  /** The hooks that git knows on this side of a connection. */
  static final Set<String> HOOKS =
      Set.of(
          "applypatch-msg",
          "pre-applypatch",
          "post-applypatch",
          "pre-commit",
          "pre-merge-commit",
          "prepare-commit-msg",
          "commit-msg",
          "post-commit",
          "pre-rebase",
          "post-checkout",
          "post-merge",
          "pre-push",
          "reference-transaction",
          "post-rewrite",
          "post-index-change");

  /** Where hooks are looked for. */
  Path hookFolder() {
    var configured = repo.git().getConfig().getString("core", null, "hooksPath");
    return configured == null
        ? repo.common().resolve("hooks")
        : repo.root().resolve(configured.replaceFirst("^~(?=/)", home()));
  }

  /** Hooks of these names that git would run. */
  List<Path> hooks(Collection<String> names) {
    var folder = hookFolder();
    var hooks = new ArrayList<Path>();
    for (var name : names) {
      var hook = folder.resolve(name);
      if (Files.isRegularFile(hook) && Files.isExecutable(hook)) {
        hooks.add(hook);
      }
    }
    return hooks;
  }

  /** Programs that the repository's own configuration names, as {@code key=value}. */
  List<String> programs(List<String> keys) throws IOException {
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
        int last = key.lastIndexOf('.');
        var section = key.substring(0, last);
        var name = key.substring(last + 1);
        find(config, section, null, name).ifPresent(value -> programs.add(key + "=" + value));
        for (var subsection : config.getSubsections(section)) {
          find(config, section, subsection, name)
              .ifPresent(
                  value -> programs.add(section + "." + subsection + "." + name + "=" + value));
        }
      }
    }
    return programs;
  }

  /** What running these is: code at HIGH. */
  List<Effect> effects(List<Path> hooks, List<String> programs) {
    var effects = new ArrayList<Effect>();
    hooks.forEach(
        hook ->
            effects.add(
                Effect.local(Verb.EXECUTE, repo.target("program", hook.toString()), Risk.HIGH)));
    programs.forEach(
        program ->
            effects.add(Effect.local(Verb.EXECUTE, repo.target("program", program), Risk.HIGH)));
    return effects;
  }

  private static Optional<String> find(
      FileBasedConfig config,
      String section,
      @org.jspecify.annotations.Nullable String subsection,
      String name) {
    return Optional.ofNullable(config.getString(section, subsection, name));
  }

  private String home() {
    return repo.git().getFS().userHome().toString().replace("\\", "\\\\").replace("$", "\\$");
  }
}
