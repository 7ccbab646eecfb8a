package dev.fuse.tool.github.diagnose;

import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.api.Parallel;
import dev.fuse.tool.github.look.Actions;
import dev.fuse.tool.github.look.Run;
import java.util.List;

/** Narrows the latest runs to those of a pull request or of the workflows that are meant. */
final class Scope {

  private static final int RUNS = 100;

  private final Actions actions;
  private final Question question;
  private final Node repository;
  private final Told told;

  Scope(Actions actions, Question question, Node repository, Told told) {
    this.actions = actions;
    this.question = question;
    this.repository = repository;
    this.told = told;
  }

  List<Run> runs(List<Run> latest, List<String> chosen, List<Node> workflows) {
    if (question.pull() > 0) {
      var ofPull = ofPull(question.pull());
      if (!ofPull.isEmpty()) {
        return ofPull;
      }
    }
    var meant =
        latest.stream().filter(it -> chosen.isEmpty() || chosen.contains(it.path())).toList();
    if (!meant.isEmpty() && (chosen.isEmpty() || latest.size() < RUNS || meant.size() >= 10)) {
      return meant;
    }
    var ids =
        workflows.stream()
            .filter(it -> chosen.contains(it.text("path")))
            .map(it -> it.number("id"))
            .limit(3)
            .toList();
    return ids.isEmpty()
        ? latest
        : Parallel.map(ids, id -> actions.runs(id, "", RUNS).runs()).stream()
            .flatMap(List::stream)
            .toList();
  }

  private List<Run> ofPull(long number) {
    var pull = actions.github().find(actions.repository().path("/pulls/" + number));
    if (pull.isEmpty()) {
      told.notRead(
          "pull request " + number + " of " + repository.text("full_name") + " is not there");
      return List.of();
    }
    var sha = pull.get().text("head", "sha");
    return actions.runs(0, "head_sha=" + sha, RUNS).runs();
  }
}
