package dev.fuse.tool.git.change;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.git.repo.ConfiguredCode;
import dev.fuse.tool.git.repo.Occasion;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Revisions;
import dev.fuse.tool.git.repo.Schemas;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;

/** {@code git_tag}: creates and deletes tags of this repository; the remote keeps its own. */
public record TagChange() implements Change {

  @Override
  public ToolSpec spec() {
    return ToolSpec.of(
            "git_tag",
            "Create a tag (annotated with 'message'), or delete one here",
            Schemas.ofRepository()
                .required("action", Schema.choice("what", "create", "delete"))
                .required("name", Schema.string("the tag"))
                .optional("revision", Schema.string("what to tag").byDefault("HEAD"))
                .optional("message", Schema.string("makes it annotated")),
            Ceiling.of(Risk.HIGH, false, Set.of(Verb.CREATE, Verb.DELETE, Verb.EXECUTE), "git"))
        .keywords("tag", "release", "version");
  }

  @Override
  public Plan plan(Repo repo, Arguments arguments, Call call) throws IOException {
    var name = BranchChange.name(arguments.string("name"), false);
    var full = Constants.R_TAGS + name;
    var ref = repo.git().exactRef(full);
    boolean create = arguments.string("action").equals("create");
    if (create && ref != null) {
      throw ToolFailure.invalid(
          "there is a tag '" + name + "' already", "a tag that others have is not moved");
    }
    if (create) {
      return create(repo, name, arguments);
    }
    if (ref == null || ref.getObjectId() == null) {
      throw ToolFailure.notFound("there is no tag '" + name + "'", "git_list what=tags lists them");
    }
    var id = ref.getObjectId().name();
    var summary = "delete tag " + name + " at " + id.substring(0, 7) + " here";
    return new Plan(
        summary,
        effects(repo, Verb.DELETE, Risk.HIGH, name),
        new Versions(repo).ref(full),
        now -> Preview.text("like: git tag -d " + name, summary),
        (now, git) -> {
          git.run("update-ref", "-d", full, id);
          return ToolResult.ok("deleted tag " + name + "; remotes keep theirs")
              .undo(undo(now, name, "tag " + name + " again", id));
        });
  }

  private static dev.fuse.spi.Undo undo(Repo repo, String name, String summary, String id)
      throws IOException {
    return new Undoing(repo)
        .call(
            "git_tag",
            summary,
            new Versions(repo).ref(Constants.R_TAGS + name) + " " + id,
            Map.of("action", "create", "name", name, "revision", id));
  }

  private static Plan create(Repo repo, String name, Arguments arguments) throws IOException {
    var id = Revisions.object(repo, arguments.string("revision", "HEAD")).name();
    var message = arguments.findString("message").filter(text -> !text.isBlank());
    var summary = "tag " + id.substring(0, 7) + " as " + name;
    var full = Constants.R_TAGS + name;
    return new Plan(
        summary,
        effects(repo, Verb.CREATE, Risk.LOW, name),
        new Versions(repo).ref(full) + " " + id,
        now -> Preview.text(summary, message.map(Printable::block).orElse("lightweight")),
        (now, git) -> {
          if (message.isPresent()) {
            git.run(List.of("tag", "--annotate", "--file=-", name, id), Git.text(message.get()));
          } else {
            git.run("tag", "--no-sign", name, id);
          }
          return ToolResult.ok("tagged " + id.substring(0, 7) + " as " + name)
              .undo(
                  new Undoing(now)
                      .call(
                          "git_tag",
                          "delete tag " + name,
                          new Versions(now).ref(full),
                          Map.of("action", "delete", "name", name)));
        });
  }

  private static List<Effect> effects(Repo repo, Verb verb, Risk risk, String name)
      throws IOException {
    var effects = new ArrayList<Effect>();
    effects.add(repo.change(verb, risk, "ref", name));
    effects.addAll(new ConfiguredCode(repo).effects(Occasion.REFS, Occasion.SIGN));
    return effects;
  }
}
