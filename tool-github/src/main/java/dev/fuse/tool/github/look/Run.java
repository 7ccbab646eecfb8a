package dev.fuse.tool.github.look;

import dev.fuse.tool.github.api.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** One run of a workflow, as the API describes it. */
public record Run(Node node) {

  private static final Set<String> BAD =
      Set.of("failure", "timed_out", "startup_failure", "action_required");

  public long id() {
    return node.number("id");
  }

  public long number() {
    return node.number("run_number");
  }

  public String workflow() {
    return node.text("name");
  }

  public long workflowId() {
    return node.number("workflow_id");
  }

  /** The file of the workflow, without a branch behind it. */
  public String path() {
    var path = node.text("path");
    return path.contains("@") ? path.substring(0, path.indexOf('@')) : path;
  }

  public String branch() {
    return node.text("head_branch");
  }

  public String sha() {
    return node.text("head_sha");
  }

  public String shortSha() {
    return shortSha(sha());
  }

  /** The first seven characters of a commit's name. */
  public static String shortSha(String sha) {
    return sha.substring(0, Math.min(7, sha.length()));
  }

  public String event() {
    return node.text("event");
  }

  public boolean done() {
    return node.text("status").equals("completed");
  }

  /** The conclusion of one that is done, else its status. */
  public String outcome() {
    return done() ? node.text("conclusion") : node.text("status");
  }

  public boolean failed() {
    return BAD.contains(outcome());
  }

  public boolean succeeded() {
    return outcome().equals("success");
  }

  public boolean cancelled() {
    return outcome().equals("cancelled");
  }

  public long attempt() {
    return Math.max(1, node.number("run_attempt"));
  }

  public String actor() {
    return node.text("actor", "login");
  }

  public Instant created() {
    return node.time("created_at").orElse(Instant.EPOCH);
  }

  /** From its start to its last change. */
  public Duration took() {
    var started = node.time("run_started_at").or(() -> node.time("created_at"));
    var ended = node.time("updated_at");
    return started.isPresent() && ended.isPresent()
        ? Duration.between(started.get(), ended.get())
        : Duration.ZERO;
  }

  public String url() {
    return node.text("html_url");
  }

  public String title() {
    return node.text("display_title");
  }

  /** The fork that its commit is from; empty where it is the repository itself. */
  public String fork() {
    var head = node.text("head_repository", "full_name");
    var own = node.text("repository", "full_name");
    return head.isEmpty() || head.equalsIgnoreCase(own) ? "" : head;
  }

  public boolean dependabot() {
    return actor().startsWith("dependabot") || branch().startsWith("dependabot/");
  }

  /** The first line of the commit's message. */
  public String message() {
    return node.text("head_commit", "message").lines().findFirst().orElse("");
  }

  public String author() {
    return node.text("head_commit", "author", "name");
  }

  @Override
  public String toString() {
    return workflow() + " #" + number();
  }
}
