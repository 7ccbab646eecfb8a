package dev.fuse.tool.fs.process;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.fs.machine.Programs;
import dev.fuse.tool.fs.place.Location;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A program to run, found as it will be run.
 *
 * @param argv as given
 * @param found the file that is started, which may be a link whose name matters to the program
 * @param real the file that the link leads to
 * @param environment variables that are set, by name
 */
public record CommandLine(
    List<String> argv, Path found, Path real, Location directory, Map<String, String> environment) {

  private static final Set<String> SHELL_WORDS =
      Set.of("|", "||", "&&", ";", "&", ">", ">>", "<", "<<", "2>", "2>&1", "&>");
  private static final Set<String> SHELL_COMMANDS =
      Set.of("cd", "export", "alias", "source", ".", "set", "unset", "eval", "ulimit", "umask");

  public CommandLine {
    argv = List.copyOf(argv);
    environment = new TreeMap<>(environment);
  }

  /**
   * Finds the program.
   *
   * @throws ToolFailure if there is none of that name, or it is meant for a shell
   */
  public static CommandLine of(
      Place place, List<String> argv, String directory, Map<String, String> environment) {
    requireWords(argv);
    var where = place.locate(directory);
    if (!Files.isDirectory(where.real())) {
      throw ToolFailure.notFound("the directory '" + where.shown() + "' is not there", "");
    }
    var name = argv.getFirst();
    var found =
        name.contains("/")
            ? where.real().resolve(place.expand(name)).normalize()
            : new Programs(place).find(name).orElseThrow(() -> missing(name));
    var real = place.locate(found.toString()).real();
    requireExecutable(name, real);
    return new CommandLine(argv, found, real, where, environment);
  }

  private static void requireWords(List<String> argv) {
    if (argv.isEmpty() || argv.getFirst().isBlank()) {
      throw ToolFailure.invalid("'argv' is empty", "write it like [\"ls\", \"-l\"]");
    }
    for (var word : argv) {
      if (SHELL_WORDS.contains(word)) {
        throw ToolFailure.invalid(
            "'" + word + "' means something to a shell only, and none is started",
            "run each program by itself, and give text with 'stdin'");
      }
      if (word.indexOf('\0') >= 0) {
        throw ToolFailure.invalid("an argument holds a NUL", "");
      }
    }
  }

  private static ToolFailure missing(String name) {
    if (SHELL_COMMANDS.contains(name)) {
      return ToolFailure.invalid(
          "'" + name + "' is a command of shells, and none is started",
          "use 'directory' and 'environment'");
    }
    if (name.contains(" ")) {
      return ToolFailure.invalid(
          "'" + name + "' is one word of 'argv'", "give each argument as a word of its own");
    }
    return ToolFailure.notFound(
        "'" + name + "' is not on PATH",
        "a program in the working directory is named with its path, such as ./" + name);
  }

  private static void requireExecutable(String name, Path real) {
    if (!Files.exists(real)) {
      throw ToolFailure.notFound("'" + Shown.name(name) + "' is not there", "");
    }
    if (!Files.isRegularFile(real)) {
      throw ToolFailure.invalid("'" + Shown.name(name) + "' is no program", "");
    }
    if (!Files.isExecutable(real)) {
      throw new ToolFailure(
          ToolResult.Kind.FORBIDDEN,
          "'" + Shown.name(name) + "' may not be executed: it lacks the executable bit",
          "give it with chmod +x if it is meant to be run");
    }
  }

  /** The variables that are set, as the rules see them: {@code A=1 B=2}. */
  public String changes() {
    return environment.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }

  /** For people, as it could be typed. */
  public String shown() {
    return argv.stream().map(CommandLine::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[\\w@%+=:,./-]+")
        ? word
        : "'" + Shown.line(word, 2000).replace("'", "'\\''") + "'";
  }
}
