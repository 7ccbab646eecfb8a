package dev.fuse.tool.github.diagnose;

import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.api.Parallel;
import dev.fuse.tool.github.api.Refused;
import dev.fuse.tool.github.look.Actions;
import dev.fuse.tool.github.look.JobRun;
import dev.fuse.tool.github.look.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Since when a run's failure is there: the last green run, the first red one, what lies between.
 */
final class Origin {

  private static final int READ = 6;
  private static final int SHOWN = 5;

  private final Actions actions;
  private final Told told;

  Origin(Actions actions, Told told) {
    this.actions = actions;
    this.told = told;
  }

  /** In a sentence; empty where nothing can be said. */
  String of(Run run, Story story, History history) {
    var contradiction = history.contradiction(run);
    if (contradiction.isPresent() && !story.cause().infrastructure()) {
      return "flaky: the same commit %s passed in run #%d without any change"
          .formatted(run.shortSha(), contradiction.get().number());
    }
    var streak = history.streak(run);
    var green = history.greenBefore(run);
    if (streak.isEmpty()) {
      return "";
    }
    if (story.cause().infrastructure()) {
      return green
          .map(it -> "the last success was on " + it.shortSha() + ", #" + it.number())
          .orElse("");
    }
    var first = firstAlike(run, story, streak);
    boolean whole = first.id() == streak.getLast().id();
    if (!whole) {
      return "since run #%d on %s by %s; the runs before it failed otherwise"
          .formatted(first.number(), first.shortSha(), name(first));
    }
    if (green.isEmpty()) {
      return streak.size() == 1
          ? "there is no earlier run of this workflow on " + run.branch()
          : "it has failed in all %d runs since #%d on %s; no earlier success is among those read"
              .formatted(streak.size(), first.number(), first.shortSha());
    }
    var times =
        streak.size() == 1 ? "" : ", in every one of the " + streak.size() + " runs since then";
    return broke(first, green.get()) + times;
  }

  /** The oldest run of the streak that failed in the same way. */
  private Run firstAlike(Run run, Story story, List<Run> streak) {
    if (streak.size() == 1 || run.outcome().equals("startup_failure")) {
      return streak.getLast();
    }
    var oldest = streak.getLast();
    if (alike(oldest, story)) {
      return oldest;
    }
    var some = streak.subList(0, Math.min(READ, streak.size()));
    var same = Parallel.map(some, each -> each.id() == run.id() || alike(each, story));
    var first = run;
    for (int i = some.indexOf(run) + 1; i > 0 && i < some.size() && same.get(i); i++) {
      first = some.get(i);
    }
    return first;
  }

  private boolean alike(Run run, Story story) {
    try {
      var jobs = actions.jobs(run.id());
      var job = jobs.stream().filter(it -> it.name().equals(story.job().name())).findFirst();
      if (job.filter(JobRun::failed).isEmpty()) {
        return false;
      }
      var other = Story.of(actions, job.get());
      if (!other.unread().isEmpty()) {
        told.notRead(run + ": " + other.unread());
        return other.step().equals(story.step());
      }
      return other.fingerprint().equals(story.fingerprint());
    } catch (Refused refused) {
      told.notRead(run + ": " + refused.problem());
      return true;
    }
  }

  private String broke(Run first, Run green) {
    var last = "last green run #" + green.number() + " on " + green.shortSha();
    if (first.sha().equals(green.sha())) {
      return "first red run #%d on the same commit as the %s: nothing in the repository changed"
          .formatted(first.number(), last);
    }
    Optional<Node> between;
    try {
      between = actions.compare(green.sha(), first.sha());
    } catch (Refused refused) {
      between = Optional.empty();
    }
    var commits = between.map(it -> it.list("commits")).orElse(List.of());
    if (commits.size() <= 1) {
      return "first bad commit %s by %s (\"%s\"), run #%d; %s"
          .formatted(first.shortSha(), name(first), first.message(), first.number(), last);
    }
    var names = new ArrayList<String>();
    commits.reversed().stream().limit(SHOWN).forEach(it -> names.add(commit(it)));
    return "first red run #%d on %s by %s; %s; the %d commits between: %s%s"
        .formatted(
            first.number(),
            first.shortSha(),
            name(first),
            last,
            commits.size(),
            String.join(", ", names),
            commits.size() > SHOWN ? ", …" : "");
  }

  private static String commit(Node commit) {
    var login = commit.text("author", "login");
    var author = login.isEmpty() ? commit.text("commit", "author", "name") : login;
    var message = commit.text("commit", "message").lines().findFirst().orElse("");
    return Run.shortSha(commit.text("sha")) + " by " + author + " (\"" + message + "\")";
  }

  private static String name(Run run) {
    return run.author().isEmpty() ? run.actor() : run.author();
  }
}
