package dev.fuse.tool.github.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.spi.Finding.Severity;
import dev.fuse.tool.github.api.GitHub;
import dev.fuse.tool.github.api.Parallel;
import dev.fuse.tool.github.api.RepoName;
import dev.fuse.tool.github.look.Actions;
import dev.fuse.tool.github.secret.Audit;
import dev.fuse.tool.github.secret.Defined;
import dev.fuse.tool.github.secret.Gap;
import dev.fuse.tool.github.secret.Usages;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The audit of a repository's secrets, and the runs that fail for want of one. */
final class SecretsDiagnosis {

  private final Actions actions;
  private final Question question;
  private final Clock clock;

  SecretsDiagnosis(GitHub github, RepoName repository, Question question, Clock clock) {
    this.actions = new Actions(github, repository);
    this.question = question;
    this.clock = clock;
  }

  List<Finding> findings(String ref) {
    var runs = Parallel.begin(this::runs);
    var files = Parallel.begin(() -> actions.workflowFiles(ref));
    var defined = Defined.read(actions.github(), actions.repository());
    var usages = Usages.of(files.get().files());
    var audit = new Audit(actions.github(), actions.repository(), defined, usages, clock.instant());
    var told = new Told();
    for (var gap : gaps(audit)) {
      told.add(finding(gap));
    }
    addRuns(told, runs.get());
    if (told.silent()) {
      told.add(
          Finding.info(
              actions.repository().toString(),
              "no problem with secrets: %d workflow files read %d names, all of them are defined where they are read"
                  .formatted(files.get().files().size(), names(usages))));
    }
    audit.notChecked().forEach(told::notRead);
    files.get().left().forEach(it -> told.notRead("workflow file " + it));
    return told.findings();
  }

  private static long names(Usages usages) {
    return usages.all().stream().map(it -> it.reference().name()).distinct().count();
  }

  private List<Gap> gaps(Audit audit) {
    var gaps = new ArrayList<Gap>();
    audit.empty().stream().filter(it -> !it.optional()).forEach(gaps::add);
    gaps.addAll(audit.shadowed());
    gaps.addAll(audit.aged());
    gaps.addAll(audit.unused());
    var named = named(gaps);
    return gaps.stream()
        .sorted(
            Comparator.comparing((Gap it) -> !named.contains(it.name()))
                .thenComparing(Gap::kind)
                .thenComparing(Gap::name))
        .toList();
  }

  /** Secrets that the question speaks of. */
  private Set<String> named(List<Gap> gaps) {
    var text = question.text().toUpperCase(Locale.ROOT);
    var named = new HashSet<String>();
    gaps.stream().map(Gap::name).filter(text::contains).forEach(named::add);
    return named;
  }

  private static Finding finding(Gap gap) {
    var places = gap.usages().stream().map(it -> it.place()).distinct().toList();
    var read =
        places.isEmpty() || gap.kind() == Gap.Kind.LONG_LIVED
            ? ""
            : "; read in "
                + String.join("; ", places.subList(0, Math.min(3, places.size())))
                + (places.size() > 3 ? " and " + (places.size() - 3) + " more places" : "");
    return new Finding(
        severity(gap), subject(gap), gap.seen() + read, gap.cause(), gap.next(), List.of());
  }

  private static String subject(Gap gap) {
    return gap.kind() == Gap.Kind.IS_SECRET ? "variable " + gap.name() : "secret " + gap.name();
  }

  private static Severity severity(Gap gap) {
    if (gap.kind().empty()) {
      return Severity.ERROR;
    }
    return Severity.WARNING;
  }

  /** Failed runs matter here where a fork or Dependabot is the reason, or a login fails. */
  private List<Finding> runs() {
    if (question.says("\\baudit\\b|unused|stale|\\blist\\b|inventory|rotate")
        && !question.says("fail|why|error|empty|broken")) {
      return List.of();
    }
    return new RunDiagnosis(actions.github(), actions.repository(), question, clock)
        .findings("", 0);
  }

  private static void addRuns(Told told, List<Finding> runs) {
    var known = told.findings().stream().map(Finding::subject).toList();
    runs.stream()
        .filter(it -> it.severity() != Severity.INFO && !known.contains(it.subject()))
        .forEach(told::add);
  }
}
