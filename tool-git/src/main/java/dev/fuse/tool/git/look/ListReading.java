package dev.fuse.tool.git.look;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.text.Glob;
import dev.fuse.tool.git.repo.ListItem;
import dev.fuse.tool.git.repo.Remotes;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Schemas;
import dev.fuse.tool.git.repo.WorkTrees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code git_list}: what a repository has besides commits and branches. */
public record ListReading() implements Reading {

  @Override
  public ToolSpec spec() {
    return ToolSpec.of(
            "git_list",
            "Tags (newest first), remotes, stashes, the reflog, work trees or submodules with their"
                + " state",
            Schemas.ofRepository()
                .required(
                    "what",
                    Schema.choice(
                        "what to list",
                        "tags",
                        "remotes",
                        "stashes",
                        "reflog",
                        "worktrees",
                        "submodules"))
                .optional("pattern", Schema.string("glob on the name, ** crosses /"))
                .optional("ref", Schema.string("whose reflog; default HEAD"))
                .optional("limit", Schema.integer("at most").byDefault(30L).range(1, 1000)),
            Ceiling.readsSecrets("git"))
        .keywords(
            "tag",
            "release",
            "remote",
            "origin",
            "stash",
            "reflog",
            "lost",
            "worktree",
            "submodule");
  }

  @Override
  public String summary(Repo repo, Arguments arguments) {
    return arguments.string("what") + " of " + repo.root();
  }

  @Override
  public ToolResult read(Repo repo, Arguments arguments, Call call) throws IOException {
    var what = arguments.string("what");
    int limit = arguments.integer("limit", 30);
    var glob = arguments.findString("pattern").map(Glob::of);
    var items = new ArrayList<>(items(repo, what, arguments, limit));
    items.removeIf(item -> glob.isPresent() && !glob.get().matches(item.name()));
    if (items.isEmpty()) {
      return ToolResult.ok("no " + what).structured(List.of());
    }
    var shown = items.subList(0, Math.min(limit, items.size()));
    var lines = new ArrayList<>(shown.stream().map(ListItem::line).toList());
    if (items.size() > limit) {
      lines.add("… %,d more".formatted(items.size() - limit));
    }
    return ToolResult.ok(String.join("\n", lines))
        .structured(shown.stream().map(ListItem::data).toList());
  }

  private static List<ListItem> items(Repo repo, String what, Arguments arguments, int limit)
      throws IOException {
    return switch (what) {
      case "tags" -> new Refs(repo).tags();
      case "stashes" -> new Refs(repo).reflog("refs/stash", limit + 1);
      case "reflog" -> new Refs(repo).reflog(arguments.string("ref", "HEAD"), limit + 1);
      case "remotes" -> new Remotes(repo).list();
      case "worktrees" -> new WorkTrees(repo).list();
      case "submodules" -> new Submodules(repo).list();
      default -> throw new IllegalArgumentException("'" + what + "' cannot be listed");
    };
  }
}
