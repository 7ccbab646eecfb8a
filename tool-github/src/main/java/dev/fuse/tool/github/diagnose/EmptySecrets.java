package dev.fuse.tool.github.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.github.api.Refused;
import dev.fuse.tool.github.log.Cause;
import dev.fuse.tool.github.look.Actions;
import dev.fuse.tool.github.look.Run;
import dev.fuse.tool.github.secret.Audit;
import dev.fuse.tool.github.secret.Defined;
import dev.fuse.tool.github.secret.Gap;
import dev.fuse.tool.github.secret.Usage;
import dev.fuse.tool.github.secret.Usages;
import dev.fuse.tool.github.workflow.Job;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a failed job lacked a secret: what it reads, against what was there for this run. */
final class EmptySecrets {

  private static final Set<Cause> POSSIBLE =
      EnumSet.of(
          Cause.CREDENTIALS,
          Cause.SECRET,
          Cause.COMMAND,
          Cause.DEPENDENCY,
          Cause.NETWORK,
          Cause.PERMISSION,
          Cause.TEST,
          Cause.COMPILE);

  private final Actions actions;
  private final Told told;
  private final Clock clock;

  EmptySecrets(Actions actions, Told told, Clock clock) {
    this.actions = actions;
    this.told = told;
    this.clock = clock;
  }

  List<Finding> of(Run run, Story story) {
    if (!POSSIBLE.contains(story.cause()) || story.expired()) {
      return List.of();
    }
    try {
      var files = actions.workflowFiles(run.sha());
      var usages = Usages.of(files.files());
      var own = usages.all().stream().filter(it -> mine(it, run, story)).toList();
      if (own.isEmpty()) {
        return List.of();
      }
      if (!run.fork().isEmpty() && run.event().equals("pull_request")) {
        return fork(run, story, own);
      }
      var defined = Defined.read(actions.github(), actions.repository());
      var audit =
          new Audit(
              actions.github(),
              actions.repository(),
              defined,
              new Usages(own, List.of()),
              clock.instant());
      if (run.dependabot() && !run.event().equals("pull_request_target")) {
        return dependabot(run, story, own, audit);
      }
      var found = gaps(audit, story);
      audit.notChecked().forEach(told::notRead);
      return found;
    } catch (Refused refused) {
      told.notRead("secrets: " + refused.problem());
      return List.of();
    }
  }

  private static boolean mine(Usage usage, Run run, Story story) {
    return usage.started().path().equals(run.path())
        && usage
            .started()
            .shownAs(story.job().name())
            .map(Job::id)
            .equals(java.util.Optional.of(usage.shown().id()))
        && (usage.caller().isEmpty()
            || story.job().name().endsWith(" / " + usage.job().name())
            || story.job().name().endsWith(" / " + usage.job().id())
            || !story.job().name().contains(" / ")
            || usage.job().name().contains("${{"));
  }

  private List<Finding> gaps(Audit audit, Story story) {
    var findings = new ArrayList<Finding>();
    var gaps = new ArrayList<>(audit.empty());
    boolean login = story.cause() == Cause.CREDENTIALS || story.cause() == Cause.SECRET;
    if (login || story.cause() == Cause.COMMAND || story.cause() == Cause.PERMISSION) {
      gaps.addAll(audit.shadowed());
    }
    for (var gap : gaps) {
      if (gap.optional()) {
        continue;
      }
      findings.add(
          new Finding(
              gap.kind().empty() ? Finding.Severity.ERROR : Finding.Severity.WARNING,
              "secret " + gap.name(),
              gap.seen() + "; read in " + gap.usages().getFirst().place() + proof(story, gap),
              gap.cause(),
              gap.next(),
              List.of()));
    }
    return findings;
  }

  private static String proof(Story story, @Nullable Gap gap) {
    var names = new ArrayList<String>();
    if (gap != null) {
      names.add(gap.name());
      gap.usages().forEach(it -> names.add(it.reference().key()));
    }
    return story.emptyInputs().stream()
        .filter(names::contains)
        .findFirst()
        .map(it -> "; the log shows `" + it + ":` without a value")
        .orElse("");
  }

  private static List<Finding> fork(Run run, Story story, List<Usage> own) {
    var names = names(own);
    var source = story.log().head().secretSource();
    return List.of(
        Finding.error(
            "secrets in runs of forks",
            "%s runs for a pull request from the fork %s%s; job %s reads %s"
                .formatted(
                    run,
                    run.fork(),
                    source.isEmpty() ? "" : " (Secret source: " + source + ")",
                    story.job().name(),
                    String.join(", ", names)),
            "a pull_request run from a fork gets no secrets, so %s is empty there; the secret itself may be well"
                .formatted(String.join(", ", names)),
            "skip the step where the secret is empty, or move it to a workflow_run that follows; pull_request_target only if no code of the fork is run"));
  }

  private static List<Finding> dependabot(Run run, Story story, List<Usage> own, Audit audit) {
    var lacking = names(own).stream().filter(audit::dependabotLacks).toList();
    if (lacking.isEmpty()) {
      return List.of();
    }
    var source = story.log().head().secretSource();
    var names = String.join(", ", lacking);
    return List.of(
        Finding.error(
            "secret " + names,
            "%s was started by dependabot[bot]%s; job %s reads %s, which the Dependabot store does not have"
                .formatted(
                    run,
                    source.isEmpty() ? "" : " (Secret source: " + source + ")",
                    story.job().name(),
                    names),
            "runs of Dependabot get only Dependabot secrets, a store of their own, so %s is empty; runs of people see the Actions secret"
                .formatted(names),
            "set %s as a Dependabot secret too: gh_secret_set with store dependabot"
                .formatted(names)));
  }

  private static List<String> names(List<Usage> usages) {
    return usages.stream()
        .filter(it -> it.reference().secret())
        .map(it -> it.reference().name())
        .distinct()
        .sorted()
        .toList();
  }
}
