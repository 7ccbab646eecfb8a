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
import dev.fuse.tool.github.api.Site;
import java.util.LinkedHashMap;
import java.util.List;

/** Approves or rejects a deployment that a run waits for. */
public final class ReviewDeployment implements Tool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
          "gh_deployment_review",
          "Approve or reject the deployment to an environment that a run waits for.",
          Reads.repository(
              Schema.object()
                  .required("run", Schema.integer("Its id"))
                  .required("environment", Schema.string("The environment"))
                  .optional("approve", Schema.bool("False rejects it").byDefault(true))
                  .optional("comment", Schema.string("A remark"))),
          Changes.ceiling(Risk.CRITICAL, Verb.EXECUTE));

  private final Site site;

  public ReviewDeployment(Site site) {
    this.site = site;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var repository = site.repository(arguments.string("repository", ""), "");
    long run = arguments.longInteger("run", 0);
    var environment = arguments.string("environment");
    boolean approve = arguments.bool("approve", true);
    var path = repository.path("/actions/runs/" + run + "/pending_deployments");
    var pending = pending(path);
    var waiting =
        pending.stream()
            .filter(it -> it.text("environment", "name").equals(environment))
            .findFirst()
            .orElseThrow(
                () ->
                    ToolFailure.notFound(
                        "run '%d' waits for no deployment to '%s'".formatted(run, environment),
                        "it waits for: "
                            + String.join(
                                ", ",
                                pending.stream()
                                    .map(it -> it.text("environment", "name"))
                                    .toList())));
    if (!waiting.flag("current_user_can_approve")) {
      throw new ToolFailure(
          ToolResult.Kind.FORBIDDEN,
          "you are not a reviewer of the environment '" + environment + "'",
          "ask one of its reviewers");
    }
    var body = new LinkedHashMap<String, Object>();
    body.put("environment_ids", List.of(waiting.number("environment", "id")));
    body.put("state", approve ? "approved" : "rejected");
    body.put("comment", arguments.string("comment", ""));
    var target =
        Target.of(
            Reads.SYSTEM,
            "host",
            site.host(),
            "repository",
            repository.toString(),
            "environment",
            environment,
            "name",
            String.valueOf(run));
    return Changes.of(
        site,
        Changes.effect(Verb.EXECUTE, target, approve ? Risk.CRITICAL : Risk.HIGH),
        "%s the deployment of run %d to %s"
            .formatted(approve ? "approve" : "reject", run, environment),
        new Changes.Request("POST", path, body),
        (github, _) -> {
          github.send("POST", path, body);
          return ToolResult.ok(
              "the deployment to %s is %s".formatted(environment, body.get("state")));
        });
  }

  private List<Node> pending(String path) {
    try {
      return site.github().get(path).list();
    } catch (Refused refused) {
      throw refused.failure();
    }
  }
}
