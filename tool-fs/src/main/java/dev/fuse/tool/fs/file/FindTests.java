package dev.fuse.tool.fs.file;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolFailure;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What entries {@code fs_find} is asked for. */
public final class FindTests {

  private static final Pattern AGE = Pattern.compile("(\\d{1,9})\\s*(s|m|h|d|w)");
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,12})\\s*([kmgt]?)i?b?", Pattern.CASE_INSENSITIVE);

  private FindTests() {}

  public static Predicate<FindFiles.Found> of(Path root, Arguments arguments) {
    Predicate<FindFiles.Found> all = found -> true;
    if (arguments.has("name")) {
      var glob = glob(root, arguments.string("name"));
      all = all.and(found -> glob.test(found.path()));
    }
    if (arguments.has("kind")) {
      var kind = FindFiles.Kind.valueOf(arguments.string("kind").toUpperCase(Locale.ROOT));
      all = all.and(found -> found.kind() == kind);
    }
    if (arguments.has("older")) {
      var before = Instant.now().minus(age("older", arguments.string("older")));
      all = all.and(found -> found.changed().isBefore(before));
    }
    if (arguments.has("newer")) {
      var after = Instant.now().minus(age("newer", arguments.string("newer")));
      all = all.and(found -> found.changed().isAfter(after));
    }
    if (arguments.has("larger")) {
      long least = size("larger", arguments.string("larger"));
      all = all.and(found -> found.size() > least);
    }
    if (arguments.has("smaller")) {
      long most = size("smaller", arguments.string("smaller"));
      all = all.and(found -> found.kind() == FindFiles.Kind.FILE && found.size() < most);
    }
    return all;
  }

  /** Whether a path below a folder fits a glob; one without a slash is for the name alone. */
  public static Predicate<Path> glob(Path root, String text) {
    try {
      var files = FileSystems.getDefault();
      var whole = files.getPathMatcher("glob:" + text);
      // For people **/ is any number of folders, none as well; for the JDK it is at least one.
      boolean deep = text.startsWith("**/");
      var flat = deep ? files.getPathMatcher("glob:" + text.substring(3)) : whole;
      boolean byName = !text.contains("/");
      return path -> {
        var tested = byName ? path.getFileName() : root.relativize(path);
        return whole.matches(tested) || (deep && flat.matches(tested));
      };
    } catch (PatternSyntaxException e) {
      throw ToolFailure.invalid(
          "glob '" + text + "' is not well formed: " + e.getDescription(),
          "write it like *.yaml or src/**/*.java");
    }
  }

  static Duration age(String name, String text) {
    var matcher = AGE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw ToolFailure.invalid(
          "'" + name + "' is '" + text + "', which is no age", "write it like 30m, 12h, 7d or 4w");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> Duration.ofDays(7 * number);
    };
  }

  /** Bytes; a thousand to the kilobyte, as sizes are shown. */
  public static long size(String name, String text) {
    var matcher = SIZE.matcher(text.strip());
    if (!matcher.matches()) {
      throw ToolFailure.invalid(
          "'" + name + "' is '" + text + "', which is no size", "write it like 500, 10kB or 2MB");
    }
    int power =
        " kmgt"
            .indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2).toLowerCase(Locale.ROOT));
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), (long) Math.pow(1000, power));
  }
}
