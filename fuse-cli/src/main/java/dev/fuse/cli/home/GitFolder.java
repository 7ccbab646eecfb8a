package dev.fuse.cli.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a repository's files tell without a library: its root, branch and remote.
 *
 * @param root of the work tree, or the repository itself where it is bare
 * @param git where {@code HEAD} is
 * @param common where {@code config} is; another folder than {@code git} in a linked work tree
 */
record GitFolder(Path root, Path git, Path common) {

  private static final Pattern SECTION =
      Pattern.compile("\\[\\s*([A-Za-z0-9.-]+)\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\")?\\s*]\\s*(.*)");

  /** The repository that a folder is in. */
  static Optional<GitFolder> find(Path directory) {
    for (var folder = directory; folder != null; folder = folder.getParent()) {
      var git = folder.resolve(".git");
      if (Files.isDirectory(git)) {
        return Optional.of(new GitFolder(folder, git, git));
      }
      if (Files.isRegularFile(git)) {
        return linked(folder, git);
      }
      if (isBare(folder)) {
        return Optional.of(new GitFolder(folder, folder, folder));
      }
    }
    return Optional.empty();
  }

  /** The branch that is checked out; empty where the head is detached. */
  Optional<String> branch() {
    return line(git.resolve("HEAD"))
        .filter(head -> head.startsWith("ref: refs/heads/"))
        .map(head -> head.substring("ref: refs/heads/".length()))
        .filter(name -> !name.equals(".invalid"));
  }

  /** The branch's remote, else {@code origin}, else the only one, as {@code host/owner/name}. */
  Optional<String> remote() {
    var config = config();
    var urls = new HashMap<String, String>();
    config.forEach(
        (key, value) -> {
          if (key.startsWith("remote\n") && key.endsWith("\nurl")) {
            urls.put(key.substring(7, key.length() - 4), value);
          }
        });
    var tracked = branch().map(name -> config.get("branch\n" + name + "\nremote"));
    var only = urls.size() == 1 ? urls.values().iterator().next() : null;
    return tracked
        .map(urls::get)
        .or(() -> Optional.ofNullable(urls.getOrDefault("origin", only)))
        .flatMap(RemoteUrl::normalised);
  }

  private static Optional<GitFolder> linked(Path folder, Path file) {
    return line(file)
        .filter(text -> text.startsWith("gitdir:"))
        .map(text -> folder.resolve(text.substring("gitdir:".length()).strip()).normalize())
        .filter(Files::isDirectory)
        .map(
            git ->
                new GitFolder(
                    folder,
                    git,
                    line(git.resolve("commondir"))
                        .map(common -> git.resolve(common).normalize())
                        .orElse(git)));
  }

  private static boolean isBare(Path folder) {
    return Files.isRegularFile(folder.resolve("HEAD"))
        && Files.isDirectory(folder.resolve("objects"))
        && Files.isDirectory(folder.resolve("refs"));
  }

  /** The values of {@code config} by section, subsection and name, with line ends between them. */
  private Map<String, String> config() {
    var values = new HashMap<String, String>();
    var section = "";
    for (var line : text(common.resolve("config")).lines().map(String::strip).toList()) {
      var rest = line;
      var matcher = SECTION.matcher(line);
      if (matcher.matches()) {
        var name = matcher.group(2) == null ? "" : matcher.group(2).replaceAll("\\\\(.)", "$1");
        section = matcher.group(1).toLowerCase(Locale.ROOT) + "\n" + name;
        rest = matcher.group(3);
      }
      int equals = rest.indexOf('=');
      if (equals > 0 && !rest.startsWith("#") && !rest.startsWith(";")) {
        var name = rest.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        values.putIfAbsent(section + "\n" + name, plain(rest.substring(equals + 1).strip()));
      }
    }
    return values;
  }

  private static String plain(String value) {
    if (value.startsWith("\"")) {
      int end = value.indexOf('"', 1);
      return end < 0 ? value.substring(1) : value.substring(1, end);
    }
    return value.replaceFirst("\\s+[#;].*", "");
  }

  private static Optional<String> line(Path file) {
    return text(file).lines().findFirst().map(String::strip);
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException _) {
      // What cannot be read tells nothing.
      return "";
    }
  }
}
