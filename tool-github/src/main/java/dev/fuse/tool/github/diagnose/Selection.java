package dev.fuse.tool.github.diagnose;

import dev.fuse.tool.github.look.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Chooses the runs that a question is about: of each workflow and branch the one that stands. */
final class Selection {

  private static final int MOST = 3;

  private final Question question;
  private final String main;

  Selection(Question question, String main) {
    this.question = question;
    this.main = main;
  }

  /** Of the runs that are meant, the latest failed ones, the likeliest first. */
  List<Run> of(List<Run> runs) {
    var meant = meant(runs);
    var red = new ArrayList<Run>();
    for (var stream : streams(meant).values()) {
      stream.stream().filter(this::tells).findFirst().filter(this::bad).ifPresent(red::add);
    }
    red.sort(
        Comparator.comparing((Run it) -> it.cancelled() && !question.stopped())
            .thenComparing(it -> !it.branch().equals(main) && it.event().startsWith("pull_request"))
            .thenComparing(Comparator.comparing(Run::created).reversed()));
    return red.stream().limit(MOST).toList();
  }

  /** The latest failure of all, where now all is green. */
  List<Run> past(List<Run> runs) {
    return meant(runs).stream()
        .filter(it -> it.failed() || (question.stopped() && it.cancelled()))
        .max(Comparator.comparing(Run::created))
        .stream()
        .toList();
  }

  private boolean tells(Run run) {
    return run.done() && !run.outcome().equals("skipped") && !run.outcome().equals("neutral");
  }

  private boolean bad(Run run) {
    return run.failed() || run.cancelled();
  }

  private static Map<String, List<Run>> streams(List<Run> runs) {
    var streams = new LinkedHashMap<String, List<Run>>();
    runs.stream()
        .sorted(Comparator.comparing(Run::created).reversed())
        .forEach(run -> streams.computeIfAbsent(key(run), _ -> new ArrayList<>()).add(run));
    return streams;
  }

  private static String key(Run run) {
    boolean tag = run.event().equals("push") && run.branch().matches("v?\\d+[\\d.]*.*");
    return run.workflowId()
        + (tag || run.event().equals("release") ? "tags" : run.branch() + run.fork())
        + (run.dependabot() ? "dependabot" : "");
  }

  private List<Run> meant(List<Run> runs) {
    if (question.dependabot()) {
      return runs.stream().filter(Run::dependabot).toList();
    }
    if (question.runNumber() > 0) {
      var numbered = runs.stream().filter(it -> it.number() == question.runNumber()).toList();
      if (!numbered.isEmpty()) {
        return numbered;
      }
    }
    var named =
        runs.stream()
            .map(Run::branch)
            .distinct()
            .filter(
                it ->
                    !it.isEmpty()
                        && question
                            .text()
                            .matches(
                                "(?s).*(?<![\\w/.-])"
                                    + java.util.regex.Pattern.quote(it)
                                    + "(?![\\w/.-]).*"))
            .toList();
    if (!named.isEmpty()) {
      return runs.stream().filter(it -> named.contains(it.branch())).toList();
    }
    return runs;
  }
}
