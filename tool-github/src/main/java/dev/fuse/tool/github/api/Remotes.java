package dev.fuse.tool.github.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The remotes of the Git repository that a folder lies in, read from its configuration file. */
public final class Remotes {

  /** One remote that may be on a GitHub. */
  public record Remote(String name, String host, RepoName repository, boolean chosen) {}

  private static final Pattern URL =
      Pattern.compile(
          "(?:(?:https?|ssh|git|git\\+ssh)://(?:[^@/]*@)?([^/:@]+)(?::\\d+)?/|(?:[\\w.-]+@)?([\\w.-]+\\.[\\w.-]+|localhost):/?)"
              + "([A-Za-z0-9][A-Za-z0-9-]*)/([A-Za-z0-9._-]+?)(?:\\.git)?/?");
  private static final Pattern SECTION = Pattern.compile("\\s*\\[\\s*remote\\s+\"([^\"]+)\"\\s*]");
  private static final Pattern KEY = Pattern.compile("\\s*([A-Za-z-]+)\\s*=\\s*(.*?)\\s*");
  private static final List<String> ORDER = List.of("upstream", "github", "origin");

  private Remotes() {}

  /** The remotes, the one that a person means first: chosen with {@code gh}, then upstream. */
  public static List<Remote> of(Path directory) {
    for (var folder = directory; folder != null; folder = folder.getParent()) {
      var git = folder.resolve(".git");
      if (Files.exists(git)) {
        return config(git).map(Remotes::read).orElse(List.of());
      }
    }
    return List.of();
  }

  /** A remote's URL taken apart: HTTPS, SSH or the short SSH form. */
  static Optional<Remote> parse(String name, String url) {
    var matcher = URL.matcher(url);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    var known = "ssh.github.com".equals(host) ? "github.com" : host.toLowerCase(Locale.ROOT);
    return Optional.of(
        new Remote(name, known, new RepoName(matcher.group(3), matcher.group(4)), false));
  }

  /** The configuration file; of a work tree it lies in the repository that it belongs to. */
  private static Optional<Path> config(Path git) {
    if (Files.isDirectory(git)) {
      return Optional.of(git.resolve("config"));
    }
    try {
      var folder = git.resolveSibling(Files.readString(git).replace("gitdir:", "").strip());
      var common = folder.resolve("commondir");
      return Optional.of(
          (Files.exists(common) ? folder.resolve(Files.readString(common).strip()) : folder)
              .resolve("config"));
    } catch (IOException | RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  private static List<Remote> read(Path config) {
    var found = new ArrayList<Remote>();
    var remote = "";
    try {
      for (var line : Files.readAllLines(config)) {
        var section = SECTION.matcher(line);
        if (section.matches()) {
          remote = section.group(1);
        } else if (line.strip().startsWith("[")) {
          remote = "";
        } else if (!remote.isEmpty()) {
          read(remote, line, found);
        }
      }
    } catch (IOException | RuntimeException unreadable) {
      return List.of();
    }
    return found.stream()
        .sorted(
            Comparator.comparing((Remote it) -> !it.chosen())
                .thenComparing(
                    it -> ORDER.contains(it.name()) ? ORDER.indexOf(it.name()) : ORDER.size()))
        .toList();
  }

  private static void read(String remote, String line, List<Remote> found) {
    var key = KEY.matcher(line);
    if (!key.matches()) {
      return;
    }
    if (key.group(1).equals("url")) {
      parse(remote, key.group(2)).ifPresent(found::add);
    } else if (key.group(1).equals("gh-resolved") && key.group(2).equals("base")) {
      found.replaceAll(
          it ->
              it.name().equals(remote) ? new Remote(remote, it.host(), it.repository(), true) : it);
    }
  }

  /** The remotes on a host, for which {@code github.com} also stands behind an address given. */
  public static Stream<Remote> on(List<Remote> remotes, String host) {
    return remotes.stream().filter(it -> it.host().equals(host));
  }
}
