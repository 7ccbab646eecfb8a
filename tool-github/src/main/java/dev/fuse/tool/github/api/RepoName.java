package dev.fuse.tool.github.api;

import dev.fuse.spi.ToolFailure;
import java.util.Optional;
import java.util.regex.Pattern;

/** A repository's full name, {@code owner/name}. */
public record RepoName(String owner, String name) {

  private static final Pattern FULL =
      Pattern.compile("([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))/([A-Za-z0-9._-]{1,100})");

  /** The repository that a text names, which may be a web address or a remote's URL too. */
  public static RepoName of(String text) {
    return find(text)
        .orElseThrow(
            () ->
                ToolFailure.invalid(
                    "'" + text + "' is not the name of a repository", "write owner/name"));
  }

  /** The same, if the text is one. */
  public static Optional<RepoName> find(String text) {
    var remote = Remotes.parse("", text.strip());
    if (remote.isPresent()) {
      return Optional.of(remote.get().repository());
    }
    var matcher =
        FULL.matcher(text.strip().replaceFirst("^[\\w-]+(?:\\.[\\w-]+)+/(?=[^/]+/[^/]+$)", ""));
    if (!matcher.matches() || matcher.group(2).matches("\\.{1,2}")) {
      return Optional.empty();
    }
    return Optional.of(new RepoName(matcher.group(1), stripGit(matcher.group(2))));
  }

  static String stripGit(String name) {
    return name.endsWith(".git") ? name.substring(0, name.length() - 4) : name;
  }

  /** The path of this repository, or of something in it, in the API. */
  public String path(String rest) {
    return "/repos/" + owner + "/" + name + rest;
  }

  @Override
  public String toString() {
    return owner + "/" + name;
  }
}
