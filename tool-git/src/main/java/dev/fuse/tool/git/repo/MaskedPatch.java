package dev.fuse.tool.git.repo;

import dev.fuse.spi.Call;
import dev.fuse.spi.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Constants;

/**
 * A patch as it may be seen: each line is that of the whole file, masked, as a hunk alone does not
 * show what in it is a secret.
 */
public record MaskedPatch(Repo repo, Call call) {

  private static final int LARGEST = 8_000_000;
  private static final Pattern HUNK =
      Pattern.compile("@@ -(\\d{1,9})(?:,\\d{1,9})? \\+(\\d{1,9})(?:,\\d{1,9})? @@.*");

  String of(String patch, DiffEntry entry) throws IOException {
    var before = lines(entry.getOldId(), entry.getOldPath());
    var after = lines(entry.getNewId(), entry.getNewPath());
    var shown = new StringBuilder();
    int old = -1;
    int now = -1;
    for (var line : patch.split("\n", -1)) {
      var hunk = HUNK.matcher(line);
      if (hunk.matches()) {
        old = Integer.parseInt(hunk.group(1)) - 1;
        now = Integer.parseInt(hunk.group(2)) - 1;
        // What git writes behind it is a line of the file.
        shown.append(line, 0, line.indexOf("@@", 2) + 2).append('\n');
        continue;
      }
      char kind = line.isEmpty() || now < 0 ? 0 : line.charAt(0);
      switch (kind) {
        case '-' -> shown.append('-').append(at(before, old++, line));
        case '+' -> shown.append('+').append(at(after, now++, line));
        case ' ' -> {
          shown.append(' ').append(at(after, now++, line));
          old++;
        }
        default -> shown.append(line);
      }
      shown.append('\n');
    }
    shown.setLength(shown.length() - 1);
    return shown.toString();
  }

  private static String at(List<String> lines, int number, String line) {
    return number >= 0 && number < lines.size() ? lines.get(number) : line.substring(1);
  }

  private List<String> lines(AbbreviatedObjectId id, String path) throws IOException {
    var content = content(id, path);
    if (content.isEmpty()) {
      return List.of();
    }
    return List.of(call.masked(content, repo.target("path", path)).split("\n", -1));
  }

  private String content(AbbreviatedObjectId id, String path) throws IOException {
    if (path.equals(DiffEntry.DEV_NULL)) {
      return "";
    }
    if (id != null && id.isComplete() && repo.git().getObjectDatabase().has(id.toObjectId())) {
      var loader = repo.git().open(id.toObjectId());
      return loader.getType() == Constants.OBJ_BLOB && loader.getSize() <= LARGEST
          ? new String(loader.getCachedBytes(LARGEST), StandardCharsets.UTF_8)
          : "";
    }
    var file = repo.root().resolve(path);
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= LARGEST
        ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
        : "";
  }

  /** Where a text of a repository stands. */
  static Target origin(Repo repo, String path) {
    return repo.target("path", path);
  }
}
