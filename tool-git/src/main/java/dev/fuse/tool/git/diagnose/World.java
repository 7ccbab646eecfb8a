package dev.fuse.tool.git.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.git.diagnose.Question.Topic;
import dev.fuse.tool.git.repo.Deadline;
import dev.fuse.tool.git.repo.Repo;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the checks of one diagnosis look at. */
record World(
    Repo repo,
    Settings settings,
    Question question,
    Map<String, String> environment,
    Deadline deadline) {

  boolean asked(Topic... topics) {
    return question.about(topics);
  }

  /** A finding that is a fault for a question about it, and worth knowing otherwise. */
  Finding worth(boolean asked, String subject, String seen, String cause, String next) {
    var severity = asked ? Finding.Severity.WARNING : Finding.Severity.INFO;
    return new Finding(severity, subject, seen, cause, next, List.of());
  }

  /** A program by its name on PATH, or by its path. */
  Optional<Path> program(String name) {
    try {
      if (name.startsWith("/")) {
        return Optional.of(Path.of(name)).filter(Files::isExecutable);
      }
      for (var folder : environment.getOrDefault("PATH", "").split(":", -1)) {
        if (folder.startsWith("/") && Files.isExecutable(Path.of(folder, name))) {
          return Optional.of(Path.of(folder, name));
        }
      }
      return Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  Path home() {
    return Path.of(environment.getOrDefault("HOME", "/"));
  }
}
