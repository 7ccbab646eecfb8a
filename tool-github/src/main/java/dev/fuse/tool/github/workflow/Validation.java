package dev.fuse.tool.github.workflow;

import dev.fuse.tool.github.api.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What makes GitHub refuse a workflow file before any job begins. */
public final class Validation {

  private static final Set<String> TOP =
      Set.of("name", "run-name", "on", "permissions", "env", "defaults", "concurrency", "jobs");
  private static final Set<String> JOB =
      Set.of(
          "name",
          "needs",
          "if",
          "runs-on",
          "permissions",
          "environment",
          "concurrency",
          "outputs",
          "env",
          "defaults",
          "steps",
          "timeout-minutes",
          "strategy",
          "continue-on-error",
          "container",
          "services",
          "uses",
          "with",
          "secrets",
          "snapshot");
  private static final Set<String> STEP =
      Set.of(
          "id",
          "if",
          "name",
          "uses",
          "run",
          "shell",
          "with",
          "env",
          "continue-on-error",
          "timeout-minutes",
          "working-directory");

  private final WorkflowFile file;
  private final List<String> problems = new ArrayList<>();

  private Validation(WorkflowFile file) {
    this.file = file;
  }

  /** The problems, each a sentence with the line where it can be told. */
  public static List<String> problems(WorkflowFile file) {
    if (!file.broken().isEmpty()) {
      return List.of("it is not valid YAML: " + file.broken());
    }
    var validation = new Validation(file);
    validation.top();
    validation.file.jobs().forEach(validation::job);
    validation.circles();
    return validation.problems;
  }

  private void top() {
    unknown(file.node(), TOP, "the workflow");
    if (!file.node().at("on").present()) {
      problems.add("'on' is missing, so nothing starts it");
    }
    if (file.node().keys("jobs").isEmpty()) {
      problems.add("it has no jobs");
    }
    long open = count("${{");
    if (open != count("}}") && count("}}") < open) {
      problems.add("an expression '${{' is not closed" + at("${{"));
    }
  }

  private long count(String part) {
    return file.text().split(java.util.regex.Pattern.quote(part), -1).length - 1L;
  }

  private void job(Job job) {
    var label = "job '" + job.id() + "'";
    unknown(job.node(), JOB, label);
    if (!job.id().matches("[A-Za-z_][A-Za-z0-9_-]*")) {
      problems.add(label + " has a name that is not allowed: letters, digits, - and _ only");
    }
    var ids = file.jobs().stream().map(Job::id).collect(Collectors.toSet());
    for (var need : job.needs()) {
      if (!ids.contains(need)) {
        problems.add(
            "%s needs '%s', which is not a job of the file%s%s"
                .formatted(label, need, meant(need, ids), at("needs")));
      }
    }
    if (job.uses().isEmpty() && !job.node().at("runs-on").present()) {
      problems.add(label + " has neither runs-on nor uses");
    }
    if (job.uses().isEmpty() && job.node().list("steps").isEmpty()) {
      problems.add(label + " has no steps");
    }
    int number = 0;
    for (var step : job.node().list("steps")) {
      step(label + " step " + Job.stepName(step, ++number), step);
    }
  }

  private void step(String label, Node step) {
    unknown(step, STEP, label);
    boolean uses = step.at("uses").present();
    boolean run = step.at("run").present();
    if (uses == run) {
      problems.add(label + (uses ? " has both uses and run" : " has neither uses nor run"));
    }
    if (uses
        && !step.text("uses").matches("\\./.*|docker://.*|[^/@\\s]+/[^@\\s]+@\\S+|.*\\$\\{\\{.*")) {
      problems.add(label + ": '" + step.text("uses") + "' is not an action: write owner/name@ref");
    }
  }

  private void unknown(Node node, Set<String> known, String label) {
    for (var key : node.keys()) {
      if (!known.contains(key)) {
        problems.add(
            "%s has the unknown key '%s'%s%s".formatted(label, key, meant(key, known), at(key)));
      }
    }
  }

  private static String meant(String word, Set<String> known) {
    return Near.nearest(word, known).map(it -> " (did you mean '" + it + "'?)").orElse("");
  }

  private String at(String part) {
    int line = file.line(part);
    return line == 0 ? "" : " (line " + line + ")";
  }

  /** Jobs that wait for each other. */
  private void circles() {
    var done = new HashSet<String>();
    boolean progress = true;
    var ids = file.jobs().stream().map(Job::id).collect(Collectors.toSet());
    while (progress) {
      progress = false;
      for (var job : file.jobs()) {
        boolean ready = job.needs().stream().allMatch(it -> done.contains(it) || !ids.contains(it));
        progress |= ready && done.add(job.id());
      }
    }
    var left = ids.stream().filter(it -> !done.contains(it)).sorted().toList();
    if (!left.isEmpty()) {
      problems.add("jobs " + String.join(", ", left) + " need each other in a circle");
    }
  }
}
