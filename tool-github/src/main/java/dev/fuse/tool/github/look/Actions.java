package dev.fuse.tool.github.look;

import dev.fuse.tool.github.api.GitHub;
import dev.fuse.tool.github.api.GitHub.Listing;
import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.api.Parallel;
import dev.fuse.tool.github.api.Refused;
import dev.fuse.tool.github.api.RepoName;
import dev.fuse.tool.github.log.Excerpt;
import dev.fuse.tool.github.log.LogCut;
import dev.fuse.tool.github.log.Span;
import dev.fuse.tool.github.workflow.WorkflowFile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Actions of one repository, read. */
public final class Actions {

  private static final int FILE = 512 * 1024;
  private static final int FILES = 40;
  private static final String RAW = "application/vnd.github.raw+json";

  private final GitHub github;
  private final RepoName repository;

  public Actions(GitHub github, RepoName repository) {
    this.github = github;
    this.repository = repository;
  }

  public RepoName repository() {
    return repository;
  }

  public GitHub github() {
    return github;
  }

  /** The workflows that GitHub knows, those switched off too. */
  public List<Node> workflows() {
    return github.list(repository.path("/actions/workflows"), "workflows", 200).items();
  }

  /**
   * The latest runs.
   *
   * @param workflow 0 for those of all workflows
   * @param query such as {@code branch=main}; may be empty
   */
  public Runs runs(long workflow, String query, int most) {
    var of = workflow == 0 ? "/actions/runs" : "/actions/workflows/" + workflow + "/runs";
    var listing =
        github.list(
            repository.path(of + (query.isEmpty() ? "" : "?" + query)), "workflow_runs", most);
    return new Runs(listing.items().stream().map(Run::new).toList(), listing.total());
  }

  /** Runs, the newest first, and how many there are. */
  public record Runs(List<Run> runs, long total) {}

  public Run run(long id) {
    return new Run(github.get(repository.path("/actions/runs/" + id)));
  }

  /** The jobs of a run's latest attempt. */
  public List<JobRun> jobs(long run) {
    return jobs("/actions/runs/" + run + "/jobs");
  }

  public List<JobRun> jobs(long run, long attempt) {
    return jobs("/actions/runs/" + run + "/attempts/" + attempt + "/jobs");
  }

  private List<JobRun> jobs(String path) {
    return github.list(repository.path(path), "jobs", 300).items().stream()
        .map(JobRun::new)
        .toList();
  }

  /** What is worth reading of a job's log; {@code Refused} with 410 or 404 once it has expired. */
  public Excerpt log(JobRun job) {
    var span = job.failing().map(JobRun.Step::span).orElse(Span.ALL);
    return log(job.id(), span);
  }

  public Excerpt log(long job, Span span) {
    var path = repository.path("/actions/jobs/" + job + "/logs");
    return github.once(path + span, () -> github.download(path, in -> LogCut.of(in, span)));
  }

  /** What the runner and GitHub noted beside a job's log. */
  public List<Node> annotations(JobRun job) {
    var path = repository.path("/check-runs/" + job.id() + "/annotations");
    try {
      return github.list(path, "", 50).items();
    } catch (Refused refused) {
      return List.of();
    }
  }

  /** A file's text at a commit or branch. */
  public Optional<String> file(String path, String ref) {
    var at = ref.isEmpty() ? "" : "?ref=" + encoded(ref);
    try {
      var place = repository.path("/contents/" + spaces(path) + at);
      return Optional.of(github.once("raw " + place, () -> github.text(place, RAW, FILE)));
    } catch (Refused refused) {
      if (refused.absent()) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  public Optional<WorkflowFile> workflowFile(String path, String ref) {
    return path.startsWith(".github/")
        ? file(path, ref).map(text -> WorkflowFile.read(path, text))
        : Optional.empty();
  }

  /** All workflow files at a commit or branch; what is beyond the first forty is named. */
  public Files workflowFiles(String ref) {
    var at = ref.isEmpty() ? "" : "?ref=" + encoded(ref);
    var folder = github.find(repository.path("/contents/.github/workflows" + at));
    var paths =
        folder.map(Node::list).orElse(List.of()).stream()
            .map(it -> it.text("path"))
            .filter(it -> it.endsWith(".yml") || it.endsWith(".yaml"))
            .toList();
    var read = paths.subList(0, Math.min(FILES, paths.size()));
    var files =
        Parallel.map(read, path -> workflowFile(path, ref)).stream().flatMap(Optional::stream);
    var left = new ArrayList<>(paths.subList(read.size(), paths.size()));
    return new Files(files.toList(), left);
  }

  /** Files that were read, and paths of those that were not. */
  public record Files(List<WorkflowFile> files, List<String> left) {}

  /** The commits between two, and what they touch. */
  public Optional<Node> compare(String base, String head) {
    return github.find(repository.path("/compare/" + base + "..." + head));
  }

  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String spaces(String path) {
    return encoded(path).replace("%2F", "/").replace("+", "%20");
  }

  /** For those that want a list as it is. */
  public Listing list(String path, String key, int most) {
    return github.list(repository.path(path), key, most);
  }
}
