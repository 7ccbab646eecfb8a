package dev.fuse.tool.github.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Target;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.api.Reads;
import dev.fuse.tool.github.api.Refused;
import dev.fuse.tool.github.api.RepoName;
import dev.fuse.tool.github.api.Site;
import dev.fuse.tool.github.look.Actions;
import dev.fuse.tool.github.workflow.Near;
import dev.fuse.tool.github.workflow.WorkflowFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Starts a workflow by hand, its inputs checked against the file first. */
public final class Dispatch implements Tool {

  private static final Pattern FAR =
      Pattern.compile("(?i).*(?:deploy|release|publish|prod|rollback|migrat|terraform|destroy).*");

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gh_workflow_dispatch",
              "Start a workflow that has workflow_dispatch, on a branch or tag, with inputs checked against the workflow file.",
              Reads.repository(
                  Schema.object()
                      .required("workflow", Schema.string("Name or file"))
                      .optional("ref", Schema.string("Branch or tag; else the default branch"))
                      .optional("inputs", Schema.map("Inputs by name"))),
              Changes.ceiling(Risk.CRITICAL, Verb.EXECUTE))
          .keywords("start", "trigger", "dispatch", "launch", "run");

  private final Site site;

  public Dispatch(Site site) {
    this.site = site;
  }

  /** A deployment reaches further than a test. */
  static Risk risk(String workflow) {
    return FAR.matcher(workflow).matches() ? Risk.CRITICAL : Risk.HIGH;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var repository = site.repository(arguments.string("repository", ""), "");
    try {
      return prepare(arguments, repository);
    } catch (Refused refused) {
      throw refused.failure();
    }
  }

  private Action prepare(Arguments arguments, RepoName repository) {
    var actions = new Actions(site.github(), repository);
    var workflow = Workflows.find(actions, arguments.string("workflow"));
    var ref =
        arguments
            .findString("ref")
            .orElseGet(() -> site.github().get(repository.path("")).text("default_branch"));
    var file =
        actions
            .workflowFile(workflow.text("path"), ref)
            .orElseThrow(
                () ->
                    ToolFailure.notFound(
                        "'" + ref + "' has no " + workflow.text("path"),
                        "name a branch that has it"));
    check(workflow, file, arguments.map("inputs"));
    var path = repository.path("/actions/workflows/" + workflow.text("id") + "/dispatches");
    var body = new LinkedHashMap<String, Object>();
    body.put("ref", ref);
    if (arguments.has("inputs")) {
      body.put("inputs", arguments.map("inputs"));
    }
    var target =
        Target.of(
            Reads.SYSTEM,
            "host",
            site.host(),
            "repository",
            repository.toString(),
            "branch",
            ref,
            "workflow",
            workflow.text("path"));
    var said =
        arguments.map("inputs").values().toString() + workflow.text("path") + workflow.text("name");
    return Changes.of(
        site,
        Changes.effect(Verb.EXECUTE, target, risk(said)),
        "start %s of %s on %s".formatted(workflow.text("name"), repository, ref),
        new Changes.Request("POST", path, body),
        (github, _) -> {
          github.send("POST", path, body);
          return ToolResult.ok(
              "%s was started on %s; gh_runs_list shows its run in a moment"
                  .formatted(workflow.text("name"), ref));
        });
  }

  private static void check(Node workflow, WorkflowFile file, Map<String, String> given) {
    if (!file.events().contains("workflow_dispatch")) {
      throw ToolFailure.invalid(
          "%s has no workflow_dispatch, only %s"
              .formatted(workflow.text("name"), String.join(", ", file.events())),
          "add `workflow_dispatch:` to its `on:` on the default branch, or rerun one of its runs");
    }
    if (!workflow.text("state").equals("active")) {
      throw ToolFailure.invalid(
          workflow.text("name") + " is " + workflow.text("state"), "enable it: gh_workflow_enable");
    }
    var inputs = file.node().at("on", "workflow_dispatch", "inputs");
    for (var name : given.keySet()) {
      if (!inputs.keys().contains(name)) {
        throw ToolFailure.invalid(
            "'" + name + "' is not an input of " + workflow.text("name"),
            Near.nearest(name, inputs.keys())
                .map(it -> "did you mean '" + it + "'?")
                .orElse("its inputs: " + String.join(", ", inputs.keys())));
      }
    }
    for (var name : inputs.keys()) {
      check(name, inputs.at(name), given);
    }
  }

  private static void check(String name, Node input, Map<String, String> given) {
    var value = given.get(name);
    if (value == null) {
      if (input.flag("required") && !input.at("default").present()) {
        throw ToolFailure.invalid(
            "the input '" + name + "' is required", input.text("description"));
      }
      return;
    }
    var choices = input.texts("options");
    boolean fits =
        switch (input.text("type")) {
          case "choice" -> choices.contains(value);
          case "boolean" -> List.of("true", "false").contains(value);
          case "number" -> value.matches("-?\\d+(\\.\\d+)?");
          default -> true;
        };
    if (!fits) {
      throw ToolFailure.invalid(
          "'%s' is not a %s for the input '%s'".formatted(value, input.text("type"), name),
          choices.isEmpty() ? "" : "one of: " + String.join(", ", choices));
    }
  }
}
