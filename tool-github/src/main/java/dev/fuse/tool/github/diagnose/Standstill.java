package dev.fuse.tool.github.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.look.Actions;
import dev.fuse.tool.github.workflow.Validation;
import dev.fuse.tool.github.workflow.WorkflowFile;
import java.time.Instant;
import java.util.List;

/** Says why there are no runs at all. */
record Standstill(List<Node> workflows, List<WorkflowFile> files, Instant now) {

  Finding words(Actions actions) {
    var repository = actions.repository().toString();
    for (var file : files) {
      var problems = Validation.problems(file);
      if (!problems.isEmpty()) {
        return Finding.error(
            file.path(),
            "the workflow file is invalid: " + String.join("; ", problems),
            "GitHub starts nothing from it",
            "correct " + file.path() + " and push");
      }
    }
    var off = workflows.stream().filter(it -> it.text("state").startsWith("disabled")).toList();
    if (!off.isEmpty()) {
      return Finding.warning(
          repository,
          "no run was found, and the workflow %s is switched off (%s)"
              .formatted(off.getFirst().text("name"), off.getFirst().text("state")),
          off.getFirst().text("state").equals("disabled_inactivity")
              ? "GitHub switches schedules off after 60 days without a commit"
              : "somebody switched it off",
          "enable it: gh_workflow_enable");
    }
    return Finding.info(
        repository, "no run was found for %d workflows".formatted(workflows.size()));
  }
}
