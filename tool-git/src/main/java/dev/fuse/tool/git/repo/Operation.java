package dev.fuse.tool.git.repo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Something that was begun and not ended.
 *
 * @param name as in git's commands: merge, rebase, am, cherry-pick, revert, bisect
 * @param detail how far it is and on what, or empty
 */
public record Operation(String name, String detail) {

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
        return Optional.of(new Operation(name, "of " + abbreviated(text(head))));
      }
    }
    if (Files.exists(own.resolve("BISECT_LOG"))) {
      return Optional.of(new Operation("bisect", "begun on " + text(own.resolve("BISECT_START"))));
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
    var branch = text(folder.resolve("head-name")).replaceFirst("^refs/heads/", "");
    var onto = abbreviated(text(folder.resolve("onto")));
    var count = text(folder.resolve(step)) + "/" + text(folder.resolve(last));
    return (branch.isEmpty() ? "" : "branch " + branch + " ")
        + (onto.isEmpty() ? "" : "onto " + onto + " ")
        + (count.length() > 1 ? "step " + count : "");
  }

  private static String abbreviated(String id) {
    return id.lines()
        .findFirst()
        .map(line -> line.substring(0, Math.min(7, line.length())))
        .orElse("");
  }

  /** The one line of a small file; empty where there is none. */
  public static String text(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > 10_000) {
      return "";
    }
    return Printable.line(
        Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1).strip());
  }
}
