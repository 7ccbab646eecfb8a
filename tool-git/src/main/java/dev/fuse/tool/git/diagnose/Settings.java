package dev.fuse.tool.git.diagnose;

import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The configuration that Git reads, each value with the file and the line it stands in; JGit does
 * not say where a value comes from.
 */
final class Settings {

  private static final Pattern SECTION =
      Pattern.compile("^\\s*\\[\\s*([\\w.-]+)\\s*(?:\"((?:\\\\.|[^\"\\\\])*)\")?\\s*\\]\\s*(.*)$");
  private static final Pattern ENTRY =
      Pattern.compile("^\\s*([A-Za-z][\\w-]*)\\s*(?:=\\s*(.*?))?\\s*$");
  private static final int DEEP = 5;

  /**
   * One value.
   *
   * @param key with section and name in lower case
   */
  record Setting(String key, String value, Path file, int line, String scope) {

    /** {@code ~/.gitconfig:5 (global)}. */
    String where() {
      return Printable.line(file.toString()) + ":" + line + " (" + scope + ")";
    }

    /** {@code core.hooksPath = x in ~/.gitconfig:5 (global)}; no password is shown. */
    String shown() {
      var open = value.replaceAll("//[^/@\\s]+@", "//…@");
      var secret = key.contains("header") || key.contains("token") || key.contains("pass");
      return key + " = " + (secret ? "…" : Printable.line(open, 200)) + " in " + where();
    }

    /** How it is taken away. */
    String unset() {
      return "git config --" + scope + " --unset " + key;
    }

    boolean on() {
      return List.of("true", "yes", "on", "1", "always").contains(value.toLowerCase(Locale.ROOT));
    }
  }

  /** An include that leads nowhere, or whose condition does not hold here. */
  record Include(Setting setting, boolean holds, boolean there) {}

  private final List<Setting> all = new ArrayList<>();
  private final List<Include> includes = new ArrayList<>();
  private final Repo repo;
  private final Path home;

  private Settings(Repo repo, Path home) {
    this.repo = repo;
    this.home = home;
  }

  static Settings of(Repo repo, Map<String, String> environment) {
    var home = path(environment.getOrDefault("HOME", "/")).orElse(Path.of("/"));
    var settings = new Settings(repo, home);
    if (!environment.containsKey("GIT_CONFIG_NOSYSTEM")) {
      settings.read(Path.of("/etc/gitconfig"), "system", 0);
    }
    var given = environment.get("GIT_CONFIG_GLOBAL");
    if (given != null) {
      path(given).ifPresent(file -> settings.read(file, "global", 0));
    } else {
      var xdg = path(environment.getOrDefault("XDG_CONFIG_HOME", home + "/.config"));
      xdg.ifPresent(folder -> settings.read(folder.resolve("git/config"), "global", 0));
      settings.read(home.resolve(".gitconfig"), "global", 0);
    }
    settings.read(repo.common().resolve("config"), "local", 0);
    settings.read(repo.own().resolve("config.worktree"), "worktree", 0);
    return settings;
  }

  /** The value that counts: the last. */
  Optional<Setting> find(String key) {
    var found = every(key);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getLast());
  }

  List<Setting> every(String key) {
    return all.stream().filter(one -> one.key.equalsIgnoreCase(key)).toList();
  }

  /** Those whose key matches, in the order of reading. */
  List<Setting> like(String regex) {
    var pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    return all.stream().filter(one -> pattern.matcher(one.key).matches()).toList();
  }

  List<Include> includes() {
    return List.copyOf(includes);
  }

  boolean on(String key) {
    return find(key).map(Setting::on).orElse(false);
  }

  /** A path of the configuration, with {@code ~} replaced. */
  Optional<Path> file(Setting setting) {
    return file(setting.value, repo.root());
  }

  private Optional<Path> file(String value, Path from) {
    return path(value.startsWith("~/") ? home + value.substring(1) : value).map(from::resolve);
  }

  private void read(Path file, String scope, int deep) {
    List<String> lines;
    try {
      if (deep > DEEP || !Files.isRegularFile(file) || Files.size(file) > 1 << 20) {
        return;
      }
      lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      return;
    }
    var section = "";
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      var head = SECTION.matcher(line);
      if (head.matches()) {
        var sub = head.group(2);
        section =
            head.group(1).toLowerCase(Locale.ROOT) + (sub == null ? "" : "." + unescaped(sub));
        line = head.group(3);
      }
      var entry = ENTRY.matcher(line);
      if (!section.isEmpty() && entry.matches()) {
        var value = entry.group(2) == null ? "true" : plain(entry.group(2));
        var key = section + "." + entry.group(1).toLowerCase(Locale.ROOT);
        add(new Setting(key, value, file, i + 1, scope), deep);
      }
    }
  }

  private void add(Setting setting, int deep) {
    all.add(setting);
    if (!setting.key.endsWith(".path") || !setting.key.startsWith("include")) {
      return;
    }
    var parent = setting.file.getParent();
    var target = file(setting.value, parent == null ? setting.file : parent);
    boolean there = target.filter(Files::isRegularFile).isPresent();
    boolean holds = setting.key.equals("include.path") || holds(setting);
    includes.add(new Include(setting, holds, there));
    if (holds) {
      target.ifPresent(file -> read(file, setting.scope, deep + 1));
    }
  }

  private boolean holds(Setting include) {
    var condition = include.key.substring("includeif.".length(), include.key.length() - 5);
    var colon = condition.indexOf(':');
    var kind = colon < 0 ? condition : condition.substring(0, colon);
    var pattern = condition.substring(colon + 1);
    try {
      return switch (kind) {
        case "gitdir", "gitdir/i" -> inFolder(pattern, kind.endsWith("/i"));
        case "onbranch" -> glob(pattern, repo.branch().orElse(""), false);
        default -> false;
      };
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private boolean inFolder(String given, boolean anyCase) {
    var pattern = given.startsWith("~/") ? home + given.substring(1) : given;
    if (!pattern.startsWith("/")) {
      pattern = "**/" + pattern;
    }
    return glob(pattern, repo.own().toString(), anyCase);
  }

  private static boolean glob(String given, String text, boolean anyCase) {
    var pattern = given.endsWith("/") ? given + "**" : given;
    var glob = anyCase ? pattern.toLowerCase(Locale.ROOT) : pattern;
    var path = Path.of(anyCase ? text.toLowerCase(Locale.ROOT) : text);
    return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(path);
  }

  private static String plain(String value) {
    var quoted = false;
    var text = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if ((c == '#' || c == ';') && !quoted) {
        break;
      } else if (c == '\\' && i + 1 < value.length()) {
        text.append(value.charAt(++i));
      } else {
        text.append(c);
      }
    }
    return text.toString().strip();
  }

  private static String unescaped(String text) {
    return text.replaceAll("\\\\(.)", "$1");
  }

  private static Optional<Path> path(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
