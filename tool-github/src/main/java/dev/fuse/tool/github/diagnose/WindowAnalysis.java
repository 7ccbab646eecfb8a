package dev.fuse.tool.github.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.github.api.GitHub;
import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.api.Parallel;
import dev.fuse.tool.github.api.RepoName;
import dev.fuse.tool.github.look.Actions;
import dev.fuse.tool.github.look.Run;
import dev.fuse.tool.github.look.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/** A window of runs as a table, and what is behind its failures. */
final class WindowAnalysis {

  private static final int MOST = 1000;

  private final Actions actions;
  private final Clock clock;

  WindowAnalysis(GitHub github, RepoName repository, Clock clock) {
    this.actions = new Actions(github, repository);
    this.clock = clock;
  }

  /** The table, and the findings beside it. */
  record Result(String text, List<Finding> findings) {}

  Result of(String workflow, Question question) {
    var window = question.window().orElse(Duration.ofDays(28));
    var since = clock.instant().minus(window);
    var known = actions.workflows();
    var words = new LinkedHashSet<>(question.words());
    words.removeAll(Question.words(actions.repository().toString()));
    var chosen = Choice.of(workflow, words, known, List.of());
    var ids =
        known.stream()
            .filter(it -> chosen.contains(it.text("path")))
            .map(it -> it.number("id"))
            .toList();
    var runs = new ArrayList<Run>();
    long total = 0;
    for (var part : Parallel.map(ids.isEmpty() ? List.of(0L) : ids, id -> read(id, since))) {
      runs.addAll(part.runs());
      total += part.total();
    }
    runs.sort(Comparator.comparing(Run::created));
    var name = name(known, chosen);
    var label = name + " of " + actions.repository() + ", last " + window.toDays() / 7 + " weeks";
    if (runs.isEmpty()) {
      return new Result(label + ": no runs.", List.of(Finding.info(name, "no run in this window")));
    }
    var told = new Told();
    if (runs.size() < total) {
      told.notRead((total - runs.size()) + " older runs of the window");
    }
    var figures = Figures.of(runs);
    told.add(Finding.info(label, figures.words()));
    new Failures(actions, told, clock).tell(runs);
    return new Result(label + "\n" + figures.table(), told.findings());
  }

  /** GitHub gives a thousand runs for a question at most, so a long window is asked in parts. */
  private Actions.Runs read(long workflow, Instant since) {
    var first = actions.runs(workflow, "created=%3E%3D" + Times.day(since), MOST);
    var all = new ArrayList<>(first.runs());
    while (first.total() > first.runs().size() && !first.runs().isEmpty()) {
      var oldest = all.getLast().created();
      var more =
          actions.runs(
              workflow,
              "created="
                  + Times.day(since)
                  + ".."
                  + Actions.encoded(oldest.minusSeconds(1).toString()),
              MOST);
      if (more.runs().isEmpty() || all.size() > 10 * MOST) {
        break;
      }
      all.addAll(more.runs());
      first = more;
    }
    var inside = all.stream().filter(it -> !it.created().isBefore(since)).toList();
    return new Actions.Runs(inside, inside.size());
  }

  private static String name(List<Node> known, List<String> chosen) {
    var names =
        known.stream()
            .filter(it -> chosen.contains(it.text("path")))
            .map(it -> it.text("name"))
            .toList();
    return names.isEmpty() ? "all workflows" : String.join(", ", names);
  }
}
