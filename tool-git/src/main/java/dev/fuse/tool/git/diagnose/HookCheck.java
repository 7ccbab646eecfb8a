package dev.fuse.tool.git.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.git.diagnose.Question.Topic;
import dev.fuse.tool.git.repo.ConfiguredCode;
import dev.fuse.tool.git.repo.StatusScan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Hooks that Git does not run, or cannot: another folder, no interpreter, Windows line endings. */
final class HookCheck implements Check {

  @Override
  public List<Finding> findings(World world) throws IOException {
    var found = new ArrayList<Finding>();
    var used = new ConfiguredCode(world.repo()).hookFolder();
    var own = world.repo().common().resolve("hooks");
    elsewhere(world, used, own, found);
    boolean asked = world.asked(Topic.HOOKS);
    if (Files.isDirectory(used)) {
      try (var files = Files.newDirectoryStream(used, Files::isRegularFile)) {
        for (var file : files) {
          hook(world, file, asked, found);
        }
      }
    }
    if (asked && found.isEmpty() && hooks(used).isEmpty()) {
      found.add(
          Finding.warning(
              "hooks",
              "'" + used + "' holds no hook that git would run",
              "hooks do not come with a clone: a tool (pre-commit, husky, lefthook) installs them",
              "install them: pre-commit install, npx husky, lefthook install"));
    }
    return found;
  }

  private static void elsewhere(World world, Path used, Path own, List<Finding> found)
      throws IOException {
    var setting = world.settings().find("core.hookspath");
    if (setting.isEmpty() || used.normalize().equals(own.normalize())) {
      return;
    }
    var hidden = hooks(own);
    hidden.removeAll(hooks(used));
    var by = "core.hooksPath" + setting.get().shown().substring("core.hookspath".length());
    if (!hidden.isEmpty()) {
      found.add(
          Finding.warning(
              "hooks",
              "%s: git runs the hooks there, and %s in '%s' never runs"
                  .formatted(by, StatusScan.some(List.copyOf(hidden), 5), own),
              "the setting turns the repository's own hooks off"
                  + (Files.isDirectory(used) ? "" : "; that folder does not even exist"),
              setting.get().unset() + ", or git config --local core.hooksPath .git/hooks"));
    } else if (world.asked(Topic.HOOKS)) {
      found.add(
          Finding.warning(
              "hooks",
              by + (Files.isDirectory(used) ? "" : ", a folder that does not exist"),
              "git looks for hooks there and nowhere else",
              "put the hook there, or " + setting.get().unset()));
    }
  }

  private static void hook(World world, Path file, boolean asked, List<Finding> found)
      throws IOException {
    var name = String.valueOf(file.getFileName());
    if (!ConfiguredCode.HOOKS.contains(name)) {
      var bare = name.replaceFirst("\\.\\w+$", "");
      if (asked && ConfiguredCode.HOOKS.contains(bare) && !name.endsWith(".sample")) {
        found.add(
            Finding.warning(
                "hook " + name,
                "'" + file + "' is named " + name,
                "git runs a hook only under its exact name, " + bare,
                "mv " + file + " " + file.resolveSibling(bare)));
      }
      return;
    }
    byte[] start;
    try (var in = Files.newInputStream(file)) {
      start = in.readNBytes(400);
    }
    var text = new String(start, StandardCharsets.ISO_8859_1);
    var line = text.lines().findFirst().orElse("");
    if (text.startsWith("#!") && text.contains("\r\n")) {
      found.add(
          Finding.warning(
              "hook " + name,
              "'" + file + "' has Windows line endings (CRLF) from line 1 on",
              "the system looks for an interpreter whose name ends in a carriage return",
              "sed -i 's/\\r$//' " + file));
      return;
    }
    if (!text.startsWith("#!") && !text.startsWith("\u007fELF") && Files.isExecutable(file)) {
      if (asked) {
        found.add(
            Finding.warning(
                "hook " + name,
                "'" + file + "' does not begin with #!",
                "git cannot tell what runs it (exec format error)",
                "begin it with #!/bin/sh"));
      }
      return;
    }
    interpreter(world, file, line, found);
  }

  private static void interpreter(World world, Path file, String line, List<Finding> found) {
    if (!line.startsWith("#!")) {
      return;
    }
    var words = line.substring(2).strip().split("\\s+", -1);
    boolean env = words[0].endsWith("/env") && words.length > 1;
    var program = env ? words[words[1].equals("-S") && words.length > 2 ? 2 : 1] : words[0];
    if (program.isEmpty() || world.program(program).isPresent()) {
      return;
    }
    found.add(
        Finding.warning(
            "hook " + file.getFileName(),
            "'%s' begins with '%s', and '%s' is not %s"
                .formatted(file, line, program, env ? "on the PATH" : "there"),
            "the hook cannot start: its interpreter is missing",
            "install " + program + ", or name the right interpreter in line 1"));
  }

  private static Set<String> hooks(Path folder) throws IOException {
    var names = new TreeSet<String>();
    if (Files.isDirectory(folder)) {
      try (var files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
        files.forEach(file -> names.add(String.valueOf(file.getFileName())));
      }
    }
    names.retainAll(ConfiguredCode.HOOKS);
    return names;
  }
}
