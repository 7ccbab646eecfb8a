package dev.fuse.tool.git.repo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something that was begun and not ended.
 *
 * @param name as in git's commands: merge, rebase, am, cherry-pick, revert, bisect
 * @param detail how far it is and on what, or empty
 */
public record Operation(String name, String detail) {

  private static final Pattern REF = Pattern.compile("[\\p{L}\\d_./@+#-]{1,250}|detached HEAD");
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{40}(?:[0-9a-f]{24})?(?:\\s.*)?", Pattern.DOTALL);
  private static final Pattern NUMBER = Pattern.compile("\\d{1,7}");

  /** What is in the middle in this work tree. */
  public static Optional<Operation> of(Repo repo) throws IOException {
    var own = repo.own();
    if (Files.isDirectory(own.resolve("rebase-merge"))) {
      return Optional.of(
          new Operation("rebase", steps(own.resolve("rebase-merge"), "msgnum", "end")));
    }
    if (Files.isDirectory(own.resolve("rebase-apply"))) {
      var folder = own.resolve("rebase-apply");
      var name = Files.exists(folder.resolve("applying")) ? "am" : "rebase";
      return Optional.of(new Operation(name, steps(folder, "next", "last")));
    }
    for (var name : new String[] {"merge", "cherry-pick", "revert"}) {
      var head = own.resolve(name.toUpperCase(java.util.Locale.ROOT).replace('-', '_') + "_HEAD");
      if (Files.exists(head)) {
        return Optional.of(new Operation(name, "of " + abbreviated(of(ID, head))));
      }
    }
    if (Files.exists(own.resolve("BISECT_LOG"))) {
      return Optional.of(
          new Operation("bisect", "begun on " + of(REF, own.resolve("BISECT_START"))));
    }
    return Optional.empty();
  }

  public String line() {
    return name + " in the middle" + (detail.isBlank() ? "" : ": " + detail);
  }

  /** The commands that end it, either way. */
  public String ways() {
    return switch (name) {
      case "bisect" -> "git bisect reset";
      case "merge" -> "git merge --continue, or git merge --abort";
      default -> "git %1$s --continue, --skip, or --abort".formatted(name);
    };
  }

  private static String steps(Path folder, String step, String last) throws IOException {
    var branch = of(REF, folder.resolve("head-name")).replaceFirst("^refs/heads/", "");
    var onto = abbreviated(of(ID, folder.resolve("onto")));
    var count = of(NUMBER, folder.resolve(step)) + "/" + of(NUMBER, folder.resolve(last));
    return (branch.isEmpty() ? "" : "branch " + branch + " ")
        + (onto.isEmpty() ? "" : "onto " + onto + " ")
        + (count.length() > 1 ? "step " + count : "");
  }

  /** What a file holds, where it has the form that Git gives it; a file may be anything else. */
  private static String of(Pattern form, Path file) throws IOException {
    var text = text(file);
    return form.matcher(text).matches() ? text : "";
  }

  private static String abbreviated(String id) {
    return id.lines()
        .findFirst()
        .map(line -> line.substring(0, Math.min(7, line.length())))
        .orElse("");
  }

  /** The one line of a small file; empty where there is none. */
  public static String text(Path file) throws IOException {
    var folder = file.toAbsolutePath().getParent();
    boolean plain = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    if (!plain || folder == null || Files.isSymbolicLink(folder) || Files.size(file) > 10_000) {
      return "";
    }
    return Printable.line(
        Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1).strip());
  }
}
