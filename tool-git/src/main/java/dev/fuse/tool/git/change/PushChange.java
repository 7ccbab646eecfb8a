package dev.fuse.tool.git.change;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Undo;
import dev.fuse.spi.Verb;
import dev.fuse.tool.git.repo.ConfiguredCode;
import dev.fuse.tool.git.repo.Occasion;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Revisions;
import dev.fuse.tool.git.repo.Schemas;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code git_push}: one branch or tag to a configured remote. */
public record PushChange() implements Change {

  @Override
  public ToolSpec spec() {
    return ToolSpec.of(
            "git_push",
            "Push one branch or tag to a configured remote, or delete it there. 'force' rewrites"
                + " what others may have, and only where the remote is as last fetched",
            Schemas.ofRepository()
                .optional("remote", Schema.string("its name; default: the branch's, or origin"))
                .optional("branch", Schema.string("what to push; default: the current branch"))
                .optional("tag", Schema.string("a tag instead"))
                .optional("to", Schema.string("the branch there, if its name differs"))
                .optional("force", Schema.bool("with lease"))
                .optional("delete", Schema.bool("delete it there"))
                .optional("set_upstream", Schema.bool("track it from now on")),
            Ceiling.of(
                Risk.CRITICAL,
                true,
                Set.of(Verb.CREATE, Verb.UPDATE, Verb.DELETE, Verb.EXECUTE),
                "git"))
        .keywords("push", "publish", "upload", "force push");
  }

  @Override
  public Plan plan(Repo repo, Arguments arguments, Call call) throws IOException {
    var remote = RemoteTarget.of(repo, arguments.findString("remote"));
    var push = Push.of(repo, remote, arguments);
    push.requireForwards();
    var summary = push.summary();
    return new Plan(
        summary,
        effects(push),
        push.version(),
        now -> Preview.text("like: git " + String.join(" ", push.command()), push.shown(now)),
        (now, git) -> run(now, git, push, summary));
  }

  private static List<Effect> effects(Push push) throws IOException {
    var verb = push.delete() ? Verb.DELETE : push.there().isPresent() ? Verb.UPDATE : Verb.CREATE;
    var risk = push.force() || push.delete() ? Risk.CRITICAL : Risk.HIGH;
    var target = push.remote().target(true, push.tag() ? "ref" : "branch", push.to());
    var effects = new ArrayList<Effect>();
    effects.add(Effect.remote(verb, target, risk));
    effects.addAll(
        new ConfiguredCode(push.repo()).effects(Occasion.REMOTE, Occasion.PUSH, Occasion.REFS));
    return effects;
  }

  private static ToolResult run(Repo repo, Git git, Push push, String summary) throws IOException {
    git.call().progress("pushing");
    var outcome = git.attempt(push.command());
    if (!outcome.ok()) {
      return Git.failed("git push", outcome);
    }
    var result = ToolResult.ok("done: " + summary + "\n" + outcome.said());
    return undo(repo, push).map(result::undo).orElse(result);
  }

  /** What makes the remote as before; of a branch whose former commit is not known, nothing. */
  private static Optional<Undo> undo(Repo repo, Push push) throws IOException {
    var arguments = new LinkedHashMap<String, Object>();
    arguments.put("remote", push.remote().name());
    var old = push.there();
    if (push.tag()) {
      // a tag that was written over, or that is not here, cannot be brought back
      if (push.force() || Revisions.findTag(repo, push.to()).isEmpty()) {
        return Optional.empty();
      }
      arguments.put("tag", push.to());
      arguments.put("delete", !push.delete());
    } else if (old.isEmpty()) {
      arguments.put("to", push.to());
      arguments.put("delete", true);
    } else {
      arguments.put("branch", old.get().name());
      arguments.put("to", push.to());
      arguments.put("force", !push.delete());
    }
    var now = new Push.Parser(repo, push.remote()).parse(new Arguments(arguments));
    return Optional.of(
        new Undoing(repo)
            .call(
                "git_push",
                push.to() + " of " + push.remote().name() + " as before",
                now.version(),
                Map.copyOf(arguments)));
  }
}
