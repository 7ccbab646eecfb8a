package dev.fuse.tool.github.diagnose;

import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.api.Parallel;
import dev.fuse.tool.github.api.Refused;
import dev.fuse.tool.github.log.Cause;
import dev.fuse.tool.github.log.Excerpt;
import dev.fuse.tool.github.log.Fingerprint;
import dev.fuse.tool.github.log.Window;
import dev.fuse.tool.github.look.Actions;
import dev.fuse.tool.github.look.JobRun;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is known of a job that did not succeed.
 *
 * @param unread why the log could not be read; empty if it was
 */
record Story(JobRun job, Excerpt log, List<String> annotations, String unread) {

  private static final Pattern EXIT = Pattern.compile("exit code (\\d+)");
  private static final Pattern LOST =
      Pattern.compile(
          "(?i)lost communication|runner has received a shutdown|not acquired by Runner|runner (?:is|went) offline|did not connect|The self-hosted runner");
  private static final Pattern LATE =
      Pattern.compile("(?i)exceeded the maximum execution time|has timed out after");
  private static final Pattern REPLACED =
      Pattern.compile("(?i)higher priority waiting request|Canceling since|concurrency");

  /** Reads the log and annotations of a job side by side. */
  static Story of(Actions actions, JobRun job) {
    var notes =
        Parallel.begin(
            () ->
                actions.annotations(job).stream()
                    .filter(it -> !it.text("annotation_level").equals("notice"))
                    .map(it -> it.text("message"))
                    .toList());
    try {
      return new Story(job, actions.log(job), notes.get(), "");
    } catch (Refused refused) {
      var why =
          refused.absent()
              ? "the log of job %s is no longer available (%d, past its retention)"
                  .formatted(job.name(), refused.status())
              : "the log of job " + job.name() + ": " + refused.problem();
      return new Story(job, Excerpt.empty(), notes.get(), why);
    }
  }

  /** Whether the log is kept no longer. */
  boolean expired() {
    return unread.contains("no longer available");
  }

  boolean noted(Pattern pattern) {
    return annotations.stream().anyMatch(it -> pattern.matcher(it).find());
  }

  /** The annotation that says why GitHub ended the job. */
  String ending() {
    return annotations.stream()
        .filter(
            it -> LOST.matcher(it).find() || LATE.matcher(it).find() || REPLACED.matcher(it).find())
        .findFirst()
        .orElse("");
  }

  Cause cause() {
    if (noted(LOST)) {
      return Cause.RUNNER;
    }
    if (noted(LATE) || job.outcome().equals("timed_out")) {
      return Cause.TIMEOUT;
    }
    if (noted(REPLACED)) {
      return Cause.CANCELLED;
    }
    var best = log.best().filter(Window::strong);
    if (best.isPresent() && best.get().cause() != Cause.COMMAND) {
      return best.get().cause();
    }
    if (exit() == 137) {
      return Cause.MEMORY;
    }
    return job.cancelled() ? Cause.CANCELLED : Cause.COMMAND;
  }

  /** The failing step's exit code; 0 where nothing tells it. */
  int exit() {
    var texts = new ArrayList<>(annotations);
    log.windows().forEach(it -> texts.addAll(it.lines()));
    log.tail().forEach(it -> texts.add(it.text()));
    for (var text : texts) {
      var matcher = EXIT.matcher(text);
      if (matcher.find() && matcher.group(1).length() < 6 && !matcher.group(1).equals("0")) {
        return Integer.parseInt(matcher.group(1));
      }
    }
    return 0;
  }

  String step() {
    return job.failing().map(JobRun.Step::name).orElse("");
  }

  /** The same for the same trouble in another run. */
  String fingerprint() {
    if (!log.tests().isEmpty()) {
      return log.tests().getFirst();
    }
    var best = log.best().filter(Window::strong);
    if (best.isPresent()) {
      return Fingerprint.of(best.get().line());
    }
    var end = ending();
    return Fingerprint.of(end.isEmpty() ? "exit code " + exit() + " in " + step() : end);
  }

  /** Inputs and environment of the failing step that had no value in the run. */
  List<String> emptyInputs() {
    var empty = new ArrayList<String>();
    for (var line : log.command()) {
      var text = line.strip();
      int colon = text.indexOf(':');
      if (colon > 0 && line.startsWith("  ") && text.substring(colon + 1).isBlank()) {
        empty.add(text.substring(0, colon));
      }
    }
    return empty;
  }

  /** The lines that prove it, at most so many. */
  List<String> proof(int most) {
    var lines = new ArrayList<String>();
    var end = ending();
    if (!end.isEmpty()) {
      lines.add(end);
    }
    var quoted = log.quoted(most);
    boolean told = log.best().filter(Window::strong).isPresent();
    if (cause() == Cause.TIMEOUT || cause() == Cause.RUNNER || (!told && end.isEmpty())) {
      lines.addAll(log.lastLines(told ? 3 : 6));
    } else {
      lines.addAll(quoted);
    }
    if (lines.isEmpty()) {
      annotations.stream().limit(3).forEach(lines::add);
    }
    if (exit() > 0 && lines.stream().noneMatch(it -> it.contains("exit code"))) {
      lines.add("Process completed with exit code " + exit() + ".");
    }
    return lines.stream().distinct().limit(most + 2L).toList();
  }

  /** A job's raw form, for those who want more. */
  Node node() {
    return job.node();
  }
}
