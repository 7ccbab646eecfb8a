package dev.fuse.tool.git.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.git.diagnose.Question.Topic;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.StatusScan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;

/** Objects, packs, references and borrowed stores that are empty, broken or gone. */
final class DamageCheck implements Check {

  @Override
  public List<Finding> findings(World world) throws IOException {
    var found = new ArrayList<Finding>();
    objects(world, found);
    head(world, found);
    packs(world.repo(), found);
    alternates(world.repo(), found);
    references(world.repo(), found);
    replaced(world, found);
    return found;
  }

  private static void objects(World world, List<Finding> found) throws IOException {
    var folder = world.repo().common().resolve("objects");
    var empty = new ArrayList<String>();
    for (var fan : list(folder)) {
      if (world.deadline().passed() || !String.valueOf(fan.getFileName()).matches("[0-9a-f]{2}")) {
        continue;
      }
      for (var file : list(fan)) {
        if (Files.isRegularFile(file) && Files.size(file) == 0) {
          empty.add("objects/" + fan.getFileName() + "/" + file.getFileName());
        }
      }
    }
    if (empty.isEmpty()) {
      return;
    }
    found.add(
        Finding.error(
            empty.size() == 1 ? "object" : empty.size() + " objects",
            StatusScan.some(empty, 5)
                + (empty.size() == 1 ? " is" : " are")
                + " empty (0 bytes)"
                + headOf(world.repo(), empty),
            "a crash or a full disk before they were written: Git calls them corrupt",
            recovery(world.repo(), empty)));
  }

  private static String headOf(Repo repo, List<String> empty) {
    var branch = branchCommit(repo);
    return branch.filter(id -> empty.contains(loose(id))).isPresent()
        ? "; it is the commit of HEAD"
        : "";
  }

  private static String recovery(Repo repo, List<String> empty) throws IOException {
    var good = lastGood(repo);
    boolean head = branchCommit(repo).filter(id -> empty.contains(loose(id))).isPresent();
    var remove = "remove the empty file (" + StatusScan.some(empty, 2) + ")";
    if (!head || good.isEmpty()) {
      return remove + ", git fetch brings back what the remote has, then git fsck --full";
    }
    var ref = Files.readString(repo.own().resolve("HEAD")).strip().replaceFirst("^ref: ", "");
    return remove
        + ", then git update-ref "
        + ref
        + " "
        + good.get()
        + " (the commit before it, from the reflog; git reset keeps your files) and commit again";
  }

  /** The commit that HEAD's branch names, read without opening it. */
  private static Optional<String> branchCommit(Repo repo) {
    try {
      var head = repo.git().exactRef("HEAD");
      var id = head == null ? null : head.getObjectId();
      return id == null ? Optional.empty() : Optional.of(id.name());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String loose(String id) {
    return "objects/" + id.substring(0, 2) + "/" + id.substring(2);
  }

  /** The newest commit in the reflog that can still be read. */
  private static Optional<String> lastGood(Repo repo) throws IOException {
    var log = repo.own().resolve("logs/HEAD");
    if (!Files.isRegularFile(log) || Files.size(log) > 8 << 20) {
      return Optional.empty();
    }
    var lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    for (int i = lines.size() - 1; i >= Math.max(0, lines.size() - 200); i--) {
      var parts = lines.get(i).split(" ", 3);
      if (parts.length == 3 && ObjectId.isId(parts[1])) {
        var subject = subject(repo, parts[1]);
        if (subject.isPresent()) {
          return Optional.of(parts[1].substring(0, 10) + " '" + subject.get() + "'");
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> subject(Repo repo, String id) {
    try (var walk = new RevWalk(repo.git())) {
      var commit = walk.parseCommit(ObjectId.fromString(id));
      walk.parseTree(commit.getTree());
      return Optional.of(commit.getShortMessage());
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static void head(World world, List<Finding> found) throws IOException {
    var id = branchCommit(world.repo());
    if (id.isEmpty() || !found.isEmpty() || subject(world.repo(), id.get()).isPresent()) {
      return;
    }
    var good = lastGood(world.repo());
    found.add(
        Finding.error(
            "HEAD",
            "the commit " + id.get() + " of HEAD, or its tree, is missing or corrupt",
            "an interrupted write, a damaged disk, or a shallow copy of the folder",
            good.map(one -> "the reflog's last readable commit is " + one + ": git reset to it; ")
                    .orElse("")
                + "git fetch brings back what the remote has; git fsck --full lists the rest"));
  }

  private static void packs(Repo repo, List<Finding> found) throws IOException {
    for (var file : list(repo.common().resolve("objects/pack"))) {
      var name = String.valueOf(file.getFileName());
      var index = file.resolveSibling(name.replaceFirst("\\.pack$", ".idx"));
      if (name.endsWith(".pack") && (!Files.exists(index) || Files.size(file) < 32)) {
        found.add(
            Finding.error(
                "pack",
                Files.exists(index)
                    ? "'" + file + "' has " + Files.size(file) + " bytes"
                    : "'" + file + "' has no index: " + index.getFileName() + " is missing",
                "an interrupted fetch or repack, or a file that was deleted",
                "git index-pack " + file + ", then git fsck --full"));
      } else if (name.endsWith(".idx")
          && !Files.exists(file.resolveSibling(name.replaceFirst("\\.idx$", ".pack")))) {
        found.add(
            Finding.error(
                "pack",
                "'" + file + "' stands alone: its .pack is missing",
                "the pack was deleted or not copied, and the objects in it are missing",
                "restore the pack from another clone or fetch again, then remove the index"));
      }
    }
  }

  private static void alternates(Repo repo, List<Finding> found) throws IOException {
    var file = repo.common().resolve("objects/info/alternates");
    if (!Files.isRegularFile(file)) {
      return;
    }
    for (var line : Files.readString(file).lines().filter(one -> !one.isBlank()).toList()) {
      if (!line.startsWith("#")
          && !Files.isDirectory(repo.common().resolve("objects").resolve(line.strip()))) {
        found.add(
            Finding.error(
                "borrowed objects",
                "'" + file + "' borrows objects from '" + line.strip() + "', which is missing",
                "this clone was made with --shared or --reference, and that repository is gone",
                "bring it back, or write its new place into that file; then git repack -a -d"));
      }
    }
  }

  private static void references(Repo repo, List<Finding> found) throws IOException {
    var refs = repo.common().resolve("refs");
    try (var files = Files.walk(refs, 12)) {
      for (var file : files.filter(Files::isRegularFile).limit(20_000).toList()) {
        var name = repo.common().relativize(file).toString();
        if (name.endsWith(".lock") || Files.size(file) > 4096) {
          continue;
        }
        var text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        if (!text.matches("[0-9a-f]{40,64}") && !text.startsWith("ref: ")) {
          found.add(
              Finding.error(
                  "reference " + name,
                  "'%s' holds no commit (%d bytes%s)"
                      .formatted(
                          file,
                          Files.size(file),
                          text.isEmpty() || text.charAt(0) == 0 ? "" : ": '" + cut(text) + "'"),
                  "an interrupted write, or a file that does not belong there: a broken ref",
                  "git update-ref "
                      + name
                      + " COMMIT with the last commit of .git/logs/"
                      + name
                      + ", or remove the file and git fetch"));
        } else if (text.startsWith("ref: ")
            && name.startsWith("refs/remotes/")
            && repo.git().exactRef(text.substring(5)) == null) {
          found.add(
              Finding.warning(
                  "reference " + name,
                  "it points to '" + text.substring(5) + "', which does not exist",
                  "the remote's default branch was renamed or deleted",
                  "git remote set-head origin --auto"));
        }
      }
    }
  }

  private static String cut(String text) {
    var line = text.lines().findFirst().orElse("").replaceAll("[^\\x20-\\x7e]", "?");
    return line.length() > 60 ? line.substring(0, 60) + "…" : line;
  }

  private static void replaced(World world, List<Finding> found) throws IOException {
    var refs = world.repo().git().getRefDatabase().getRefsByPrefix("refs/replace/");
    var grafts = world.repo().common().resolve("info/grafts");
    boolean asked = world.asked(Topic.REPLACED, Topic.HISTORY);
    if (!refs.isEmpty()) {
      found.add(
          world.worth(
              asked,
              "replaced objects",
              refs.size() + " objects are replaced, first " + refs.getFirst().getName(),
              "git shows other content, parents or history than the ids say (git replace)",
              "git replace -l; git replace -d ID; git --no-replace-objects log"));
    }
    if (Files.isRegularFile(grafts)) {
      found.add(
          world.worth(
              asked,
              "grafts",
              "'" + grafts + "' gives commits other parents",
              "history here differs from that of other clones",
              "git replace --convert-graft-file, or remove the file"));
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var all = new ArrayList<Path>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      files.forEach(all::add);
    }
    all.sort(null);
    return all;
  }
}
