package dev.fuse.tool.github.look;

import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.log.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One job of a run. */
public record JobRun(Node node) {

  private static final Set<String> BAD = Set.of("failure", "timed_out", "startup_failure");

  /** A step as it ran. */
  public record Step(Node node) {
    public String name() {
      return node.text("name");
    }

    public long number() {
      return node.number("number");
    }

    public String outcome() {
      var conclusion = node.text("conclusion");
      return conclusion.isEmpty() ? node.text("status") : conclusion;
    }

    public Span span() {
      return Span.of(node.text("started_at"), node.text("completed_at"));
    }
  }

  public long id() {
    return node.number("id");
  }

  public String name() {
    return node.text("name");
  }

  public String outcome() {
    var conclusion = node.text("conclusion");
    return conclusion.isEmpty() ? node.text("status") : conclusion;
  }

  public boolean failed() {
    return BAD.contains(outcome());
  }

  public boolean cancelled() {
    return outcome().equals("cancelled");
  }

  public String runner() {
    return node.text("runner_name");
  }

  public List<String> labels() {
    return node.texts("labels");
  }

  public String url() {
    return node.text("html_url");
  }

  public List<Step> steps() {
    return node.list("steps").stream().map(Step::new).toList();
  }

  /** The step that failed, or that was running when the job ended. */
  public Optional<Step> failing() {
    return first("failure")
        .or(() -> first("timed_out"))
        .or(() -> first("cancelled"))
        .or(() -> first("in_progress"));
  }

  private Optional<Step> first(String outcome) {
    return steps().stream().filter(it -> it.outcome().equals(outcome)).findFirst();
  }

  public Duration took() {
    var started = node.time("started_at");
    var ended = node.time("completed_at");
    return started.isPresent() && ended.isPresent()
        ? Duration.between(started.get(), ended.get())
        : Duration.ZERO;
  }
}
