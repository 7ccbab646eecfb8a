package dev.fuse.cli.chat;

import dev.fuse.agent.Agent;
import dev.fuse.agent.Agent.Attachment;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.home.Environment;
import dev.fuse.gate.Decision;
import dev.fuse.run.Cancellation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The files that a prompt names with {@code @}: read by the same tool, through the same gate and
 * boundary as when a model reads them.
 */
record AttachedFiles(Environment environment) {

  private static final Pattern NAME = Pattern.compile("(?<!\\S)@(?:\"([^\"]+)\"|(\\S+))");

  /**
   * Reads what the prompt names and is there; an {@code @} before anything else is plain text.
   *
   * @throws FuseException if a file may not be read, or cannot be
   */
  List<Attachment> read(String prompt, Agent agent, Cancellation cancellation) {
    var attachments = new ArrayList<Attachment>();
    for (var name : names(prompt)) {
      var folder = Files.isDirectory(environment.path(name));
      var call = agent.call(folder ? "fs_list" : "fs_read", Map.of("path", name), cancellation);
      if (!call.ok()) {
        throw failure(name, call);
      }
      attachments.add(new Attachment.Result(call));
    }
    return attachments;
  }

  /** What is named with {@code @}, looks like a path, and is not there. */
  List<String> missing(String prompt) {
    return NAME.matcher(prompt)
        .results()
        .flatMap(found -> Optional.ofNullable(found.group(2)).stream())
        .map(word -> word.replaceFirst("[.,;:!?)]+$", ""))
        .filter(word -> word.matches(".*(/|\\.[A-Za-z0-9]{1,8}$).*") && !word.contains("@"))
        .filter(word -> existing(word).isEmpty())
        .distinct()
        .toList();
  }

  static String notThere(String name) {
    return "'@" + name + "' is not attached: there is no such file or folder";
  }

  private Set<String> names(String prompt) {
    var names = new LinkedHashSet<String>();
    NAME.matcher(prompt)
        .results()
        .forEach(
            found ->
                Optional.ofNullable(found.group(1))
                    .or(() -> existing(found.group(2)))
                    .ifPresent(names::add));
    return names;
  }

  /** The name, without the signs that end a sentence where only that is there. */
  private Optional<String> existing(String word) {
    var bare = word.replaceFirst("[.,;:!?)]+$", "");
    return List.of(word, bare).stream().filter(this::exists).findFirst();
  }

  private boolean exists(String name) {
    try {
      return !name.isEmpty() && Files.exists(Path.of("").resolve(environment.path(name)));
    } catch (java.nio.file.InvalidPathException e) {
      return false;
    }
  }

  private static FuseException failure(String name, dev.fuse.gate.CallRecord call) {
    var problem = "'@" + name + "' is not attached, and nothing was asked: ";
    if (call.ruling() instanceof Decision.Refused refused) {
      var allow =
          refused.allow().stream().map(rule -> rule.option()).reduce("", AttachedFiles::and);
      return refused.by() == Decision.By.NOBODY
          ? new FuseException(
              Kind.UNCONFIRMED,
              problem + "reading it needs your approval, and there is no terminal to ask on",
              allow)
          : new FuseException(Kind.DENIED, problem + refused.rule(), "");
    }
    var why = call.failure();
    return new FuseException(
        Kind.FAILED,
        problem + why.map(failed -> failed.problem()).orElse(call.outcome()),
        why.map(failed -> failed.hint()).orElse(""));
  }

  private static String and(String one, String other) {
    return one.isEmpty() ? other : one + " " + other;
  }
}
