package dev.fuse.tool.github.secret;

import dev.fuse.tool.github.api.GitHub;
import dev.fuse.tool.github.api.RepoName;
import dev.fuse.tool.github.secret.Gap.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares what workflows read with what is defined, scope by scope and job by job. */
public final class Audit {

  private static final long STALE_DAYS = 365;

  private final Defined defined;
  private final Usages usages;
  private final Sharing sharing;
  private final Instant now;

  public Audit(GitHub github, RepoName repository, Defined defined, Usages usages, Instant now) {
    this.defined = defined;
    this.usages = usages;
    this.sharing = new Sharing(github, repository);
    this.now = now;
  }

  /** Why jobs get empty values, one for each secret and reason. */
  public List<Gap> empty() {
    var lookup = new Lookup(defined, sharing);
    var gaps = new LinkedHashMap<String, Gap>();
    for (var usage : usages.all()) {
      lookup.gap(usage).ifPresent(gap -> gaps.merge(gap.kind() + gap.name(), gap, Audit::together));
    }
    return List.copyOf(gaps.values());
  }

  private static Gap together(Gap one, Gap other) {
    var usages = new ArrayList<>(one.usages());
    usages.addAll(other.usages());
    return new Gap(one.kind(), one.name(), usages, one.seen(), one.cause(), one.next());
  }

  /** Secrets of a wider scope that a narrower one hides from a job. */
  public List<Gap> shadowed() {
    var gaps = new LinkedHashMap<String, Gap>();
    for (var usage : usages.all()) {
      if (!usage.reference().secret()) {
        continue;
      }
      hidden(usage).ifPresent(gap -> gaps.merge(gap.name() + gap.seen(), gap, Audit::together));
    }
    return List.copyOf(gaps.values());
  }

  private Optional<Gap> hidden(Usage usage) {
    var name = usage.reference().name();
    var environment = usage.job().environment();
    var narrow =
        Optional.ofNullable(defined.environments().get(environment)).map(it -> it.get(name));
    var repository = Optional.ofNullable(defined.repository().get(name));
    var organization = Optional.ofNullable(defined.organization().get(name));
    var wins = narrow.or(() -> repository);
    var loses = narrow.isPresent() ? repository.or(() -> organization) : organization;
    if (wins.isEmpty() || loses.isEmpty()) {
      return Optional.empty();
    }
    long winner = wins.get().age(now);
    long loser = loses.get().age(now);
    var order =
        loser < winner
            ? ", so setting the "
                + loses.get().scope()
                + " secret anew changed nothing for this job"
            : "";
    return Optional.of(
        new Gap(
            Kind.SHADOWED,
            name,
            List.of(usage),
            "%s has its own %s, last updated %d days ago; the %s secret of that name was updated %d days ago"
                .formatted(wins.get().scope(), name, winner, loses.get().scope(), loser),
            "%s takes precedence and shadows the %s secret for job %s of %s%s"
                .formatted(
                    wins.get().scope(),
                    loses.get().scope(),
                    usage.job().id(),
                    usage.file().file(),
                    order),
            "set %s in the %s, or delete it there so that the %s secret counts"
                .formatted(name, wins.get().scope(), loses.get().scope())));
  }

  /** Secrets that no workflow reads. */
  public List<Gap> unused() {
    var gaps = new ArrayList<Gap>();
    defined.repository().values().forEach(it -> unused(it).ifPresent(gaps::add));
    defined
        .environments()
        .values()
        .forEach(all -> all.values().forEach(it -> unused(it).ifPresent(gaps::add)));
    return gaps;
  }

  private Optional<Gap> unused(Stored stored) {
    if (usages.reads("secrets", stored.name())) {
      return Optional.empty();
    }
    return Optional.of(
        new Gap(
            Kind.UNUSED,
            stored.name(),
            List.of(),
            "%s (%s, last updated %d days ago) is not referenced by any workflow"
                .formatted(stored.name(), stored.scope(), stored.age(now)),
            "",
            "revoke the credential where it was made, then delete the secret"));
  }

  /** Secrets in use that have not been set for a year, and cloud keys that OIDC replaces. */
  public List<Gap> aged() {
    var gaps = new ArrayList<Gap>();
    var all = new ArrayList<>(defined.repository().values());
    defined.environments().values().forEach(it -> all.addAll(it.values()));
    defined.organization().values().stream()
        .filter(it -> usages.reads("secrets", it.name()))
        .forEach(all::add);
    for (var stored : all) {
      var readers = readers(stored);
      var cloud =
          readers.isEmpty() ? Optional.<String>empty() : LongLived.of(stored.name(), readers);
      if (cloud.isPresent()) {
        gaps.add(longLived(stored, readers, cloud.get()));
      } else if (!readers.isEmpty() && stored.age(now) > STALE_DAYS) {
        gaps.add(stale(stored, readers));
      }
    }
    return gaps;
  }

  private Gap longLived(Stored stored, List<Usage> readers, String instead) {
    return new Gap(
        Kind.LONG_LIVED,
        stored.name(),
        readers,
        "%s (%s) is a long-lived cloud key, last updated %d days ago, read by %s"
            .formatted(stored.name(), stored.scope(), stored.age(now), readers.getFirst().place()),
        "whoever gets hold of such a key can use it until somebody revokes it",
        "replace it by " + instead + ", then revoke the key and delete the secret");
  }

  private Gap stale(Stored stored, List<Usage> readers) {
    return new Gap(
        Kind.STALE,
        stored.name(),
        readers,
        "%s (%s) was last updated %d days ago"
            .formatted(stored.name(), stored.scope(), stored.age(now)),
        "a credential that is never rotated is known to more people every year",
        "make a new one at its issuer, set it, prove it with a run, then revoke the old one");
  }

  private List<Usage> readers(Stored stored) {
    return usages.all().stream()
        .filter(it -> it.reference().secret() && it.reference().name().equals(stored.name()))
        .filter(
            it ->
                !stored.scope().startsWith("environment ")
                    || stored.scope().equals("environment " + it.job().environment()))
        .toList();
  }

  /** What could not be compared, and why. */
  public List<String> notChecked() {
    var all = new ArrayList<>(defined.missing());
    all.addAll(usages.unseen());
    all.addAll(sharing.missing());
    return all;
  }

  /** A secret that Dependabot's runs lack: read in the workflow, not in Dependabot's store. */
  public boolean dependabotLacks(String name) {
    return defined.dependabot().map(it -> !it.containsKey(name)).orElse(false);
  }

  public Map<String, Stored> repositorySecrets() {
    return defined.repository();
  }
}
