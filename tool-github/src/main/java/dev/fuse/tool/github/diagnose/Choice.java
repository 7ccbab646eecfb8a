package dev.fuse.tool.github.diagnose;

import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.workflow.WorkflowFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds the workflows that a question means by their names, files, jobs and steps. */
final class Choice {

  private Choice() {}

  /**
   * The paths of the workflows that fit best; empty where the question names none.
   *
   * @param named a workflow that the caller named; may be empty
   */
  static List<String> of(
      String named, Set<String> words, List<Node> workflows, List<WorkflowFile> files) {
    var scores = new TreeMap<String, Integer>();
    for (var workflow : workflows) {
      scores.put(workflow.text("path"), 0);
    }
    for (var workflow : workflows) {
      score(scores, workflow.text("path"), named, words, workflow.text("name"));
    }
    for (var file : files) {
      score(scores, file, words);
    }
    for (var file : files) {
      callers(scores, file, files);
    }
    int best = scores.values().stream().mapToInt(it -> it).max().orElse(0);
    if (best == 0) {
      return List.of();
    }
    return scores.entrySet().stream()
        .filter(it -> it.getValue() == best)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A workflow that others call has no runs of its own: its callers are meant. */
  private static void callers(
      Map<String, Integer> scores, WorkflowFile called, List<WorkflowFile> files) {
    if (!called.events().equals(List.of("workflow_call"))) {
      return;
    }
    int score = scores.getOrDefault(called.path(), 0);
    scores.remove(called.path());
    for (var file : files) {
      if (file.jobs().stream().anyMatch(it -> it.uses().equals("./" + called.path()))) {
        scores.merge(file.path(), score, Math::max);
      }
    }
  }

  private static void score(
      Map<String, Integer> scores, String path, String named, Set<String> words, String name) {
    var file = path.substring(path.lastIndexOf('/') + 1);
    int score = 6 * common(words, name + " " + file.replaceAll("\\.ya?ml$", ""));
    if (!named.isEmpty() && same(named, name, file, path)) {
      score += 100;
    }
    scores.merge(path, score, Integer::sum);
  }

  private static boolean same(String named, String name, String file, String path) {
    var wanted = named.toLowerCase(Locale.ROOT);
    return List.of(name, file, path, file.replaceAll("\\.ya?ml$", "")).stream()
        .anyMatch(it -> it.toLowerCase(Locale.ROOT).equals(wanted));
  }

  private static void score(Map<String, Integer> scores, WorkflowFile file, Set<String> words) {
    var jobs = new ArrayList<String>();
    var steps = new ArrayList<String>();
    for (var job : file.jobs()) {
      jobs.add(job.id() + " " + job.name());
      steps.add(job.environment());
      for (var step : job.node().list("steps")) {
        steps.add(step.text("name") + " " + step.text("uses") + " " + step.text("run"));
      }
    }
    int score = 3 * common(words, String.join(" ", jobs)) + common(words, String.join(" ", steps));
    scores.merge(file.path(), score, Integer::sum);
  }

  private static int common(Set<String> words, String text) {
    var own = Question.words(text);
    return (int)
        words.stream().filter(word -> own.stream().anyMatch(it -> alike(word, it))).count();
  }

  private static boolean alike(String one, String other) {
    var shorter = one.length() <= other.length() ? one : other;
    var longer = one.length() <= other.length() ? other : one;
    return one.equals(other) || (shorter.length() >= 4 && longer.startsWith(shorter));
  }
}
