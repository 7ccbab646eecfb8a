package dev.fuse.tool.git.change;

import dev.fuse.spi.Call;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.git.repo.Place;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The person's own git, called by argument vector, for what hooks, signing, filters and credential
 * helpers belong to. It never asks on the terminal and opens no editor or pager.
 */
record GitProgram(Path program, Map<String, String> environment, Clock clock) {

  private static final Duration LONGEST = Duration.ofHours(1);

  /**
   * What a repository may configure to be run by the way (a watcher of the file system, a transport
   * that is a program) is off; nothing happens beside what was asked.
   */
  private static final List<String> SAFE =
      Map.ofEntries(
              Map.entry("color.ui", "false"),
              Map.entry("core.fsmonitor", "false"),
              Map.entry("fetch.recurseSubmodules", "false"),
              Map.entry("gc.auto", "0"),
              Map.entry("maintenance.auto", "false"),
              Map.entry("merge.autoStash", "false"),
              Map.entry("protocol.ext.allow", "never"),
              Map.entry("push.recurseSubmodules", "no"),
              Map.entry("rebase.autoStash", "false"),
              Map.entry("submodule.recurse", "false"))
          .entrySet()
          .stream()
          .sorted(Map.Entry.comparingByKey())
          .flatMap(entry -> List.of("-c", entry.getKey() + "=" + entry.getValue()).stream())
          .toList();

  /** Variables that would make git work on something else than the folder it is called in. */
  private static final Pattern LOCAL =
      Pattern.compile(
          "GIT_(DIR|(LITERAL|GLOB|NOGLOB|ICASE)_PATHSPECS|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR"
              + "|NAMESPACE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|EXTERNAL_DIFF|TRACE.*"
              + "|CONFIG_(PARAMETERS|COUNT))");

  /**
   * Finds git on PATH.
   *
   * @throws ToolFailure if there is none
   */
  static GitProgram find(Place place) {
    var environment = place.environment();
    return find(place, "git")
        .map(file -> new GitProgram(file, quiet(environment), place.clock()))
        .orElseThrow(
            () ->
                new ToolFailure(
                    ToolResult.Kind.UNAVAILABLE,
                    "there is no 'git' on PATH",
                    "install git: changes run through it, with its hooks and credentials"));
  }

  /** A program on PATH; one of the working directory, which a repository may bring, is none. */
  static Optional<Path> find(Place place, String name) {
    return Optional.ofNullable(place.environment().get("PATH")).stream()
        .flatMap(path -> List.of(path.split(File.pathSeparator, -1)).stream())
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> Path.of(folder, name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .filter(file -> isOutside(file, place.directory()))
        .findFirst();
  }

  private static boolean isOutside(Path file, Path directory) {
    try {
      return directory.getNameCount() == 0 || !file.toRealPath().startsWith(directory);
    } catch (IOException _) {
      return false;
    }
  }

  /** The same with one more variable in its environment. */
  GitProgram with(String variable, String value) {
    var more = new LinkedHashMap<>(environment);
    more.put(variable, value);
    return new GitProgram(program, more, clock);
  }

  /** Runs it in a folder until it ends, the call is cancelled or its time is over. */
  Program.Outcome run(Path folder, Call call, byte[] stdin, List<String> arguments)
      throws IOException {
    var argv = new ArrayList<String>();
    argv.add(program.toString());
    argv.add("--no-pager");
    argv.addAll(SAFE);
    argv.addAll(arguments);
    return new Program(environment, clock).run(argv, folder, stdin, call, LONGEST);
  }

  private static Map<String, String> quiet(Map<String, String> environment) {
    var quiet = new LinkedHashMap<>(environment);
    quiet.keySet().removeIf(name -> LOCAL.matcher(name).matches());
    quiet.put("GIT_TERMINAL_PROMPT", "0");
    quiet.put("GIT_EDITOR", ":");
    quiet.put("GIT_SEQUENCE_EDITOR", ":");
    quiet.put("SSH_ASKPASS", "false");
    quiet.put("SSH_ASKPASS_REQUIRE", "force");
    quiet.put("LC_ALL", "C.UTF-8");
    return quiet;
  }
}
