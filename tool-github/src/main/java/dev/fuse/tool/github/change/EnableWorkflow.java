package dev.fuse.tool.github.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Target;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.api.Reads;
import dev.fuse.tool.github.api.Refused;
import dev.fuse.tool.github.api.RepoName;
import dev.fuse.tool.github.api.Site;
import dev.fuse.tool.github.look.Actions;
import java.util.Map;

/** Switches a workflow on or off. */
public final class EnableWorkflow implements Tool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
          "gh_workflow_enable",
          "Switch a workflow of GitHub Actions on, or off with enabled=false.",
          Reads.repository(
              Schema.object()
                  .required("workflow", Schema.string("Name or file"))
                  .optional("enabled", Schema.bool("On or off").byDefault(true))),
          Changes.ceiling(Risk.HIGH, Verb.UPDATE));

  private final Site site;

  public EnableWorkflow(Site site) {
    this.site = site;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var repository = site.repository(arguments.string("repository", ""), "");
    boolean on = arguments.bool("enabled", true);
    var workflow = workflow(repository, arguments.string("workflow"));
    var name = workflow.text("name");
    var path =
        repository.path(
            "/actions/workflows/" + workflow.text("id") + (on ? "/enable" : "/disable"));
    var target =
        Target.of(
            Reads.SYSTEM,
            "host",
            site.host(),
            "repository",
            repository.toString(),
            "workflow",
            workflow.text("path"));
    return Changes.of(
            site,
            Changes.effect(Verb.UPDATE, target, Risk.HIGH),
            "%s the workflow %s of %s".formatted(on ? "enable" : "disable", name, repository),
            new Changes.Request("PUT", path, Map.of()),
            (github, _) -> {
              github.send("PUT", path, null);
              return ToolResult.ok("the workflow %s is %s".formatted(name, on ? "on" : "off"))
                  .undo(
                      Changes.undo(
                          "gh_workflow_enable",
                          Map.of(
                              "workflow",
                              workflow.text("path"),
                              "enabled",
                              !on,
                              "repository",
                              repository.toString()),
                          "the workflow " + name + " is " + (on ? "off" : "on") + " again"));
            })
        .at(workflow.text("state"));
  }

  private Node workflow(RepoName repository, String name) {
    try {
      return Workflows.find(new Actions(site.github(), repository), name);
    } catch (Refused refused) {
      throw refused.failure();
    }
  }
}
