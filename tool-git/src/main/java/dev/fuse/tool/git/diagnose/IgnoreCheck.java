package dev.fuse.tool.git.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.git.diagnose.Question.Topic;
import dev.fuse.tool.git.repo.Index;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.StatusScan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.ignore.FastIgnoreRule;

/** Why a file is ignored, with the rule; why one is not; and flags that hide changes. */
final class IgnoreCheck implements Check {

  private static final int MOST = 20_000;

  private record Rule(FastIgnoreRule rule, String text, Path file, int line, String folder) {

    String where() {
      return "'%s' in %s:%d".formatted(Printable.line(text), Printable.line(file.toString()), line);
    }
  }

  @Override
  public List<Finding> findings(World world) throws IOException {
    var found = new ArrayList<Finding>();
    if (world.repo().bare()) {
      return found;
    }
    var index = Index.read(world.repo());
    flags(world, index, found);
    for (var path : named(world, index)) {
      file(world, index, path, found);
    }
    if (world.asked(Topic.IGNORED)) {
      tracked(world, index, found);
    }
    twice(world, index, found);
    return found;
  }

  /** Paths of the question, with those of that name anywhere. */
  private static Set<String> named(World world, DirCache index) throws IOException {
    var root = world.repo().root();
    var paths = new LinkedHashSet<String>();
    if (!world.asked(Topic.IGNORED, Topic.UNSEEN)) {
      return paths;
    }
    for (var word : world.question().words()) {
      var clean = word.replaceFirst("^\\./", "").replaceFirst("/$", "");
      if (clean.isEmpty() || clean.equals("git") || clean.startsWith(".git/")) {
        continue;
      }
      for (var from : List.of(world.repo().folder(), root)) {
        var file = from.resolve(clean).normalize();
        if (file.startsWith(root) && !file.equals(root) && Files.exists(file)) {
          paths.add(root.relativize(file).toString());
        }
      }
      if (clean.contains(".")) {
        for (int i = 0; i < Math.min(MOST, index.getEntryCount()); i++) {
          var path = index.getEntry(i).getPathString();
          if (path.endsWith("/" + clean)) {
            paths.add(path);
          }
        }
      }
    }
    return paths;
  }

  private static void file(World world, DirCache index, String path, List<Finding> found)
      throws IOException {
    boolean tracked = index.findEntry(path) >= 0 || index.getEntriesWithin(path).length > 0;
    var rule = deciding(world, path);
    if (rule.isEmpty()) {
      return;
    }
    if (tracked) {
      found.add(
          Finding.warning(
              path,
              path + " is tracked, and " + rule.get().where() + " ignores it",
              "an ignore rule has no effect on a file that Git already tracks",
              "git rm --cached " + path + " and commit; the file stays on disk"));
    } else {
      found.add(
          Finding.warning(
              path,
              path + " is ignored by " + rule.get().where(),
              "that rule matches it or a folder above it, so git add and git status leave it out",
              "git add -f "
                  + path
                  + ", or change that rule (a line '!…' brings a file back only"
                  + " where its folder is not ignored)"));
    }
  }

  private static void tracked(World world, DirCache index, List<Finding> found) throws IOException {
    var hidden = new ArrayList<String>();
    for (int i = 0; i < Math.min(MOST, index.getEntryCount()); i++) {
      if (world.deadline().passed()) {
        break;
      }
      var path = index.getEntry(i).getPathString();
      if (deciding(world, path).isPresent()) {
        hidden.add(path);
      }
    }
    if (!hidden.isEmpty() && found.stream().noneMatch(one -> hidden.contains(one.subject()))) {
      found.add(
          Finding.warning(
              "tracked and ignored",
              "%d tracked files match an ignore rule: %s, by %s"
                  .formatted(
                      hidden.size(),
                      StatusScan.some(hidden, 5),
                      deciding(world, hidden.getFirst()).orElseThrow().where()),
              "an ignore rule has no effect on a file that Git already tracks",
              "git rm -r --cached " + hidden.getFirst() + " and commit"));
    }
  }

  /** The last rule that matches the path or, before it, a folder above it. */
  private static Optional<Rule> deciding(World world, String path) throws IOException {
    var parts = path.split("/", -1);
    var at = "";
    for (int i = 0; i < parts.length; i++) {
      at = at.isEmpty() ? parts[i] : at + "/" + parts[i];
      boolean folder = i < parts.length - 1 || Files.isDirectory(world.repo().root().resolve(at));
      var rule = matching(world, at, folder);
      if (rule.isPresent() && rule.get().rule.getResult()) {
        return rule;
      }
    }
    return Optional.empty();
  }

  private static Optional<Rule> matching(World world, String path, boolean folder)
      throws IOException {
    Optional<Rule> last = Optional.empty();
    for (var rule : rules(world, path)) {
      var below = rule.folder.isEmpty() ? path : path.substring(rule.folder.length() + 1);
      if (rule.rule.isMatch(below, folder)) {
        last = Optional.of(rule);
      }
    }
    return last;
  }

  private static List<Rule> rules(World world, String path) throws IOException {
    var rules = new ArrayList<Rule>();
    var excludes = world.settings().find("core.excludesfile");
    var global =
        excludes.flatMap(world.settings()::file).orElse(world.home().resolve(".config/git/ignore"));
    read(global, "", rules);
    read(world.repo().common().resolve("info/exclude"), "", rules);
    read(world.repo().root().resolve(".gitignore"), "", rules);
    for (int at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) {
      var folder = path.substring(0, at);
      read(world.repo().root().resolve(folder).resolve(".gitignore"), folder, rules);
    }
    return rules;
  }

  private static void read(Path file, String folder, List<Rule> rules) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > 1 << 20) {
      return;
    }
    var lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      if (!line.isBlank() && !line.startsWith("#")) {
        rules.add(new Rule(new FastIgnoreRule(line), line, file, i + 1, folder));
      }
    }
  }

  private static void flags(World world, DirCache index, List<Finding> found) {
    var assumed = new ArrayList<String>();
    var skipped = new ArrayList<String>();
    var intended = new ArrayList<String>();
    for (int i = 0; i < index.getEntryCount(); i++) {
      var entry = index.getEntry(i);
      var path = entry.getPathString();
      if (entry.isAssumeValid()) {
        assumed.add(path);
      }
      if (entry.isSkipWorkTree()) {
        skipped.add(path);
      }
      if (entry.isIntentToAdd()) {
        intended.add(path);
      }
    }
    boolean asked = world.asked(Topic.UNSEEN, Topic.IGNORED, Topic.SPARSE);
    if (!assumed.isEmpty()) {
      found.add(
          world.worth(
              asked,
              "assume-unchanged",
              "the index marks as assume-unchanged: " + StatusScan.some(assumed, 5),
              "Git does not look whether these files changed: status, diff and commit leave them out",
              "git update-index --no-assume-unchanged " + assumed.getFirst()));
    }
    boolean sparse = world.settings().on("core.sparsecheckout");
    var away =
        skipped.stream().filter(path -> !Files.exists(world.repo().root().resolve(path))).toList();
    if (sparse && !away.isEmpty()) {
      found.add(
          world.worth(
              asked,
              "sparse checkout",
              "%s; %d tracked files are left out of the work tree: %s"
                  .formatted(
                      world.settings().find("core.sparsecheckout").orElseThrow().shown(),
                      away.size(),
                      StatusScan.some(away, 5)),
              "a sparse checkout is on: only what .git/info/sparse-checkout names is checked out",
              "git sparse-checkout list; git sparse-checkout add FOLDER, or git sparse-checkout"
                  + " disable"));
    } else if (!skipped.isEmpty()) {
      found.add(
          world.worth(
              asked,
              "skip-worktree",
              "the index marks as skip-worktree: " + StatusScan.some(skipped, 5),
              "Git takes these files as unchanged: status and diff leave them out, and a pull or"
                  + " switch may refuse to overwrite them",
              "git update-index --no-skip-worktree " + skipped.getFirst()));
    }
    if (!intended.isEmpty()) {
      found.add(
          world.worth(
              world.asked(Topic.STASH, Topic.UNSEEN),
              "intent to add",
              "only announced with git add -N: " + StatusScan.some(intended, 5),
              "their content is not staged; git stash refuses and a commit leaves them out",
              "git add " + intended.getFirst()));
    }
  }

  /** Names that differ by case only, which one file system holds as one file. */
  private static void twice(World world, DirCache index, List<Finding> found) {
    var seen = new java.util.HashMap<String, String>();
    var pairs = new ArrayList<String>();
    for (int i = 0; i < Math.min(MOST, index.getEntryCount()); i++) {
      var path = index.getEntry(i).getPathString();
      var other = seen.put(path.toLowerCase(java.util.Locale.ROOT), path);
      if (other != null && !other.equals(path)) {
        pairs.add(other + " and " + path);
      }
    }
    if (!pairs.isEmpty()) {
      found.add(
          Finding.warning(
              "names that differ by case",
              StatusScan.some(pairs, 5),
              "on macOS and Windows both are one file, which is always modified",
              "git mv one of them to another name, or git rm --cached it"));
    }
    world
        .settings()
        .find("core.ignorecase")
        .filter(one -> one.on() && world.asked(Topic.CASE))
        .ifPresent(
            one ->
                found.add(
                    Finding.warning(
                        "core.ignoreCase",
                        one.shown(),
                        "Git takes names that differ by case only as the same, so it does not see"
                            + " such a renaming",
                        "git mv OLD TEMPORARY, then git mv TEMPORARY NEW; git config"
                            + " core.ignoreCase false on a file system that tells them apart")));
  }
}
