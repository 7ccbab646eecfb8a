package dev.fuse.tool.git.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.git.look.Submodules;
import dev.fuse.tool.git.repo.ConfiguredCode;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.StatusScan;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.UserConfig;
import org.eclipse.jgit.revwalk.RevWalk;

/** Whether the repository is set up to work: author, owner, hooks, submodules. */
record SetupCheck(Repo repo) {

  private static final int LOOKED_AT = 200;
  private static final int TELLING = 3;

  List<Finding> findings() throws IOException {
    var findings = new ArrayList<Finding>();
    owner().ifPresent(findings::add);
    if (!repo.bare()) {
      author().ifPresent(findings::add);
      hooks().ifPresent(findings::add);
    }
    return findings;
  }

  private Optional<Finding> owner() throws IOException {
    var owner = Files.getOwner(repo.own()).getName();
    var me = ProcessHandle.current().info().user().orElse(owner);
    var trusted = List.of(repo.git().getConfig().getStringList("safe", null, "directory"));
    if (owner.equals(me) || trusted.contains("*") || trusted.contains(repo.root().toString())) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.error(
            "owner",
            "'%s' belongs to '%s', and you are '%s'".formatted(repo.own(), owner, me),
            "git refuses to work in it: dubious ownership",
            "chown it, or git config --global --add safe.directory " + repo.root()));
  }

  private Optional<Finding> author() throws IOException {
    var user = repo.git().getConfig().get(UserConfig.KEY);
    var address = user.getAuthorEmail();
    if (user.isAuthorEmailImplicit()) {
      return Optional.of(
          Finding.warning(
              "author",
              "no user.email is set; it would be '" + Printable.line(address) + "'",
              "",
              "git config user.email ADDRESS"));
    }
    var used = addressesOf(user.getAuthorName());
    int commits = used.values().stream().mapToInt(Integer::intValue).sum();
    if (commits < TELLING || used.containsKey(address)) {
      return Optional.empty();
    }
    var usual = used.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    return Optional.of(
        Finding.warning(
            "author",
            "user.email is '%s', and %d recent commits of '%s' here have '%s'"
                .formatted(
                    Printable.line(address),
                    usual.getValue(),
                    Printable.line(user.getAuthorName()),
                    Printable.line(usual.getKey())),
            "the address of another project or employer",
            "git config user.email " + Printable.line(usual.getKey())));
  }

  /** How many of the last commits a person made with which address. */
  private Map<String, Integer> addressesOf(String name) throws IOException {
    var used = new HashMap<String, Integer>();
    var head = repo.head();
    if (head.isEmpty()) {
      return used;
    }
    try (var walk = new RevWalk(repo.git())) {
      walk.markStart(walk.parseCommit(head.get()));
      int seen = 0;
      for (var commit = walk.next(); commit != null && seen++ < LOOKED_AT; commit = walk.next()) {
        var author = commit.getAuthorIdent();
        if (author.getName().equals(name)) {
          used.merge(author.getEmailAddress(), 1, Integer::sum);
        }
      }
    }
    return used;
  }

  private Optional<Finding> hooks() throws IOException {
    var folder = new ConfiguredCode(repo).hookFolder();
    if (!Files.isDirectory(folder)) {
      boolean configured = repo.git().getConfig().getString("core", null, "hooksPath") != null;
      return configured
          ? Optional.of(
              Finding.warning(
                  "hooks",
                  "core.hooksPath is '" + folder + "', which is no folder",
                  "no hook runs",
                  "git config --unset core.hooksPath, or set the tool up that made it"))
          : Optional.empty();
    }
    var dead = new ArrayList<String>();
    try (var files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
      for (var file : files) {
        var name = String.valueOf(file.getFileName());
        if (ConfiguredCode.HOOKS.contains(name) && !Files.isExecutable(file)) {
          dead.add(name);
        }
      }
    }
    return dead.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                "hooks",
                StatusScan.some(dead, 10) + " in '" + folder + "' is not executable",
                "git ignores it",
                "chmod +x"));
  }

  /** Submodules at another commit than the index wants. */
  Optional<Finding> submodules() throws IOException {
    var stale =
        new Submodules(repo)
            .all().stream()
                .filter(module -> !module.fine())
                .map(module -> module.path() + " " + module.state() + ", wanted " + module.wanted())
                .toList();
    return stale.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                stale.size() == 1 ? "submodule" : stale.size() + " submodules",
                StatusScan.some(stale, 5),
                "the commit that names it was fetched without it, or it was moved on purpose",
                "git submodule update --init, or git add it"));
  }
}
