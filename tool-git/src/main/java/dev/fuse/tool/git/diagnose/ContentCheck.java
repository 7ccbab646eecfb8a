package dev.fuse.tool.git.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.git.diagnose.Question.Topic;
import dev.fuse.tool.git.repo.Index;
import dev.fuse.tool.git.repo.StatusScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.Attributes;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Files that Git shows as changed for their line endings or their mode, and filters that fail. */
final class ContentCheck implements Check {

  private static final int MOST = 1 << 20;
  private static final int FILES = 3000;

  /** What was noticed, by kind. */
  private static final class Seen {
    private final List<String> stored = new ArrayList<>();
    private final List<String> working = new ArrayList<>();
    private final List<String> modes = new ArrayList<>();
    private final List<String> unfiltered = new ArrayList<>();
    private final List<String> pointers = new ArrayList<>();
    private final HashMap<String, List<String>> filters = new HashMap<>();
  }

  @Override
  public List<Finding> findings(World world) throws IOException {
    var repo = world.repo();
    if (repo.bare()) {
      return List.of();
    }
    var seen = new Seen();
    boolean mode = world.settings().find("core.filemode").map(Settings.Setting::on).orElse(true);
    try (var walk = new TreeWalk(repo.git())) {
      walk.setOperationType(TreeWalk.OperationType.CHECKIN_OP);
      walk.addTree(new DirCacheIterator(Index.read(repo)));
      walk.addTree(new FileTreeIterator(repo.git()));
      walk.setRecursive(false);
      int count = 0;
      while (walk.next() && count < FILES && !world.deadline().passed()) {
        var index = walk.getTree(0, DirCacheIterator.class);
        if (index == null) {
          continue;
        }
        if (walk.isSubtree()) {
          walk.enterSubtree();
          continue;
        }
        count++;
        var entry = index.getDirCacheEntry();
        if (entry != null && entry.getStage() == 0) {
          file(world, walk.getAttributes(), entry, mode, seen);
        }
      }
    }
    return told(world, seen);
  }

  private static void file(
      World world, Attributes attributes, DirCacheEntry entry, boolean mode, Seen seen)
      throws IOException {
    boolean regular =
        entry.getFileMode().equals(FileMode.REGULAR_FILE)
            || entry.getFileMode().equals(FileMode.EXECUTABLE_FILE);
    var path = entry.getPathString();
    var file = world.repo().root().resolve(path);
    if (!regular || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (mode && Files.isExecutable(file) != entry.getFileMode().equals(FileMode.EXECUTABLE_FILE)) {
      seen.modes.add(path);
    }
    var filter = attributes.getValue("filter");
    if (filter != null) {
      seen.filters.computeIfAbsent(filter, _ -> new ArrayList<>()).add(path);
    }
    if (entry.getLength() > MOST
        || (!world.asked(Topic.LINES, Topic.ATTRIBUTES) && !text(attributes))) {
      return;
    }
    var blob = blob(world, entry);
    if (blob.isEmpty() || binary(blob.get())) {
      return;
    }
    if ("lfs".equals(filter)) {
      if (!blob.get().startsWith("version https://git-lfs")) {
        seen.unfiltered.add(path);
      } else if (Files.size(file) < 300
          && Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
              .startsWith("version https://git-lfs")) {
        seen.pointers.add(path);
      }
      return;
    }
    if (blob.get().contains("\r\n")) {
      if (text(attributes)) {
        seen.stored.add(path);
      }
    } else if (!converts(world, attributes) && Files.size(file) <= 2L * MOST) {
      var work = new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
      if (work.contains("\r\n") && work.replace("\r\n", "\n").equals(blob.get())) {
        seen.working.add(path);
      }
    }
  }

  /** Whether Git turns line endings when it stores the file, whatever is stored now. */
  private static boolean text(Attributes attributes) {
    var text = attributes.get("text");
    boolean auto = text != null && "auto".equals(text.getValue());
    return attributes.isSet("text")
        || (!auto && !attributes.isUnset("text") && attributes.getValue("eol") != null);
  }

  private static boolean converts(World world, Attributes attributes) {
    var auto = world.settings().find("core.autocrlf").map(Settings.Setting::value).orElse("false");
    Attribute text = attributes.get("text");
    return text(attributes)
        || (text != null && text.getState() != Attribute.State.UNSET)
        || !auto.toLowerCase(Locale.ROOT).equals("false");
  }

  private static Optional<String> blob(World world, DirCacheEntry entry) {
    try (var reader = world.repo().git().newObjectReader()) {
      var loaded = reader.open(entry.getObjectId(), Constants.OBJ_BLOB);
      return loaded.getSize() > MOST
          ? Optional.empty()
          : Optional.of(
              new String(loaded.getBytes(), java.nio.charset.StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean binary(String text) {
    return text.substring(0, Math.min(8000, text.length())).indexOf('\0') >= 0;
  }

  private static List<Finding> told(World world, Seen seen) {
    var found = new ArrayList<Finding>();
    if (!seen.stored.isEmpty()) {
      found.add(
          Finding.warning(
              "line endings",
              "%d files are stored with CRLF, and .gitattributes says that they are text (eol=lf): %s"
                  .formatted(seen.stored.size(), StatusScan.some(seen.stored, 5)),
              "Git would store other line endings than there are, so they show as modified right"
                  + " after a clone and git restore does not help",
              "git add --renormalize . and commit once"));
    }
    if (!seen.working.isEmpty()) {
      found.add(
          Finding.warning(
              "line endings",
              "%d files differ from what is stored in line endings only (CRLF here, LF there): %s; core.autocrlf is %s"
                  .formatted(
                      seen.working.size(),
                      StatusScan.some(seen.working, 5),
                      world
                          .settings()
                          .find("core.autocrlf")
                          .map(one -> one.value() + " in " + one.where())
                          .orElse("not set")),
              "an editor or another system wrote CRLF, and nothing tells Git to convert them",
              "add '* text=auto' to .gitattributes and git add --renormalize ., or turn the files"
                  + " back with dos2unix"));
    }
    if (!seen.modes.isEmpty()) {
      found.add(
          world.worth(
              world.asked(Topic.MODES) || seen.modes.size() > 20,
              "file modes",
              "%d files differ in the executable bit: %s; core.fileMode is %s"
                  .formatted(
                      seen.modes.size(),
                      StatusScan.some(seen.modes, 5),
                      world
                          .settings()
                          .find("core.filemode")
                          .map(one -> one.value() + " in " + one.where())
                          .orElse("not set (true)")),
              "chmod, an unpacked archive or a file system without modes changed the bit; Git shows"
                  + " them as modified (old mode, new mode)",
              "chmod them back, or git config core.fileMode false where this file system has no"
                  + " modes; git update-index --chmod=+x FILE stores the bit"));
    }
    if (!seen.unfiltered.isEmpty()) {
      found.add(
          Finding.warning(
              "Git LFS",
              "%d files should be LFS pointers by .gitattributes and are stored whole: %s"
                  .formatted(seen.unfiltered.size(), StatusScan.some(seen.unfiltered, 5)),
              "they were committed without git-lfs, so they show as modified",
              "git lfs migrate import --no-rewrite FILE, or git add --renormalize ."));
    }
    if (!seen.pointers.isEmpty()) {
      found.add(
          Finding.warning(
              "Git LFS",
              "%d files are still LFS pointers here: %s"
                  .formatted(seen.pointers.size(), StatusScan.some(seen.pointers, 5)),
              "they were checked out without git-lfs, or their content was not fetched",
              "git lfs install; git lfs pull"));
    }
    seen.filters.forEach((name, paths) -> filter(world, name, paths, found));
    return found;
  }

  private static void filter(World world, String name, List<String> paths, List<Finding> found) {
    var clean = world.settings().find("filter." + name + ".clean");
    var process = world.settings().find("filter." + name + ".process");
    var used = process.or(() -> clean);
    var program = used.map(one -> one.value().strip().split("\\s+", -1)[0]);
    boolean missing = program.isPresent() && world.program(program.get()).isEmpty();
    if (used.isPresent() && !missing) {
      return;
    }
    found.add(
        world.worth(
            missing || world.asked(Topic.ATTRIBUTES, Topic.LARGE, Topic.LINES),
            "filter " + name,
            ".gitattributes gives %d files (%s) the filter '%s', which is %s"
                .formatted(
                    paths.size(),
                    StatusScan.some(paths, 3),
                    name,
                    missing
                        ? "'" + program.get() + "' in " + used.get().where() + ", not on the PATH"
                        : "not defined in any configuration"),
            missing
                ? "the filter's program is not installed: checkout and add fail or pass files by"
                : "Git takes the files as they are",
            name.equals("lfs")
                ? "install git-lfs, then git lfs install"
                : "install it, or define filter." + name + ".clean and .smudge"));
  }
}
