package dev.fuse.tool.git.diagnose;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Finding;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.git.look.Reading;
import dev.fuse.tool.git.repo.Deadline;
import dev.fuse.tool.git.repo.Failures;
import dev.fuse.tool.git.repo.Operation;
import dev.fuse.tool.git.repo.Place;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Schemas;
import dev.fuse.tool.git.repo.StatusScan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.api.errors.JGitInternalException;

/** {@code git_diagnose}: what is wrong with a repository, or worth knowing of it. */
public record Diagnosis(Place place) implements Reading {

  private static final Duration FOR_FILES = Duration.ofMillis(1500);

  private static final Map<String, Check> CHECKS = checks();

  private static Map<String, Check> checks() {
    var checks = new LinkedHashMap<String, Check>();
    checks.put("objects", new DamageCheck());
    checks.put("names of references", new RefCheck());
    checks.put("hooks", new HookCheck());
    checks.put("signing", new SigningCheck());
    checks.put("large files", new LargeCheck());
    checks.put("ignored and hidden files", new IgnoreCheck());
    checks.put("line endings, modes and filters", new ContentCheck());
    checks.put("configuration", new ConfigCheck());
    checks.put("lost commits, stashes, work trees", new LostCheck());
    return Collections.unmodifiableMap(checks);
  }

  @Override
  public ToolSpec spec() {
    return ToolSpec.of(
            "git_diagnose",
            "Finds what is wrong with the repository or makes Git answer other than expected:"
                + " conflicts, HEAD, locks, damage, references, remotes, settings, hooks, signing,"
                + " line endings, ignored files, large files, lost commits.",
            Schemas.ofRepository()
                .optional("question", Schema.string("the person's words, error message included")),
            Ceiling.readsSecrets("git"))
        .keywords("wrong", "broken", "problem", "stuck", "git", "repository");
  }

  @Override
  public String summary(Repo repo, Arguments arguments) {
    return "what is wrong with " + repo.root();
  }

  @Override
  public ToolResult read(Repo repo, Arguments arguments, Call call) throws IOException {
    var question = new Question(arguments.string("question", ""));
    var clock = place.clock();
    var deadline = Deadline.of(call, clock).within(FOR_FILES);
    var world =
        new World(
            repo, Settings.of(repo, place.environment()), question, place.environment(), deadline);
    var named = new ArrayList<Finding>();
    CHECKS.forEach((name, check) -> add(named, repo, name, () -> check.findings(world)));
    var findings = new ArrayList<Finding>();
    var operation = Operation.of(repo);
    operation.map(Diagnosis::inTheMiddle).ifPresent(findings::add);
    var now = clock.instant();
    add(findings, repo, "locks", new Locks(repo, now, Locks::running)::findings);
    add(findings, repo, "HEAD", () -> new HeadCheck(repo, now).findings(operation));
    add(findings, repo, "author, owner and hooks", new SetupCheck(repo)::findings);
    if (!repo.bare()) {
      add(findings, repo, "changed files and conflicts", () -> files(repo, deadline));
    }
    return answer(repo, named, findings);
  }

  /** What the question named comes first among equals. */
  private static ToolResult answer(Repo repo, List<Finding> named, List<Finding> others) {
    var findings = new ArrayList<>(named);
    boolean damaged = named.stream().anyMatch(one -> one.severity() == Finding.Severity.ERROR);
    others.stream()
        .filter(one -> !damaged || !one.seen().contains("cannot be read: Short read"))
        .forEach(findings::add);
    findings.sort(Comparator.comparing(Finding::severity));
    boolean fine =
        findings.stream().allMatch(finding -> finding.severity() == Finding.Severity.INFO);
    return ToolResult.ok(
            fine
                ? "no fault found in "
                    + repo.root()
                    + "; looked at: HEAD, upstream, locks, damage, references, "
                    + String.join(", ", CHECKS.keySet())
                : repo.root().toString())
        .findings(findings);
  }

  private interface Look {
    List<Finding> findings() throws IOException;
  }

  /** What one check cannot read is a finding too, and the others go on. */
  private static void add(List<Finding> findings, Repo repo, String name, Look check) {
    try {
      findings.addAll(check.findings());
    } catch (IOException | JGitInternalException | ToolFailure e) {
      var failed = Failures.of(e, repo.root());
      var damage =
          Finding.error("repository", failed.problem(), "", failed.hint()).notChecked(name);
      if (findings.stream().noneMatch(one -> one.seen().contains(failed.problem()))) {
        findings.add(damage);
      }
    }
  }

  private static Finding inTheMiddle(Operation operation) {
    return Finding.warning(
        operation.name() + " in the middle",
        operation.line(),
        "it stopped at a conflict, or was left",
        operation.ways());
  }

  private static List<Finding> files(Repo repo, Deadline deadline) throws IOException {
    var scan = StatusScan.of(repo, deadline);
    var findings = new ArrayList<Finding>();
    if (!scan.conflicts().isEmpty()) {
      findings.add(conflicts(scan));
    }
    uncommitted(scan).ifPresent(findings::add);
    findings.addAll(new StagedCheck(repo, deadline).findings());
    new SetupCheck(repo).submodules().ifPresent(findings::add);
    return findings;
  }

  private static Finding conflicts(StatusScan scan) {
    var paths =
        scan.conflicts().entrySet().stream()
            .map(entry -> entry.getKey() + " (" + StatusScan.conflictWords(entry.getValue()) + ")")
            .toList();
    return Finding.error(
        paths.size() == 1 ? "conflict" : paths.size() + " conflicts",
        StatusScan.some(paths, 10),
        "both sides changed the same lines, or one deleted what the other changed",
        "decide each file, then git add it");
  }

  private static Optional<Finding> uncommitted(StatusScan scan) {
    var unseen = new String[] {"part of the work tree: there was no time"};
    if (scan.changes().isEmpty() && scan.untracked().isEmpty()) {
      return scan.complete()
          ? Optional.empty()
          : Optional.of(Finding.info("work tree", "no change seen so far").notChecked(unseen));
    }
    var seen =
        "%d staged, %d changed, %d untracked: %s"
            .formatted(
                scan.staged(),
                scan.unstaged(),
                scan.untracked().size(),
                StatusScan.some(
                    Stream.concat(
                            scan.changes().stream().map(StatusScan.Change::path),
                            scan.untracked().stream())
                        .toList(),
                    5));
    var finding = Finding.info("uncommitted work", seen);
    return Optional.of(scan.complete() ? finding : finding.notChecked(unseen));
  }
}
