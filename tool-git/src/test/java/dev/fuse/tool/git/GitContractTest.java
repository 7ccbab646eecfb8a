package dev.fuse.tool.git;

import dev.fuse.spi.FusePlugin;
import dev.fuse.testkit.ToolContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class GitContractTest extends ToolContract {

  @TempDir Path root;
  private World world;

  @BeforeEach
  void open() throws IOException {
    world = World.withCommit(root);
    world.git("commit", "-q", "--allow-empty", "-m", "Empty");
    world.git("remote", "add", "origin", "../remote.git");
    world.write("bad\u001b[2J\nname", "\u001b[31mred\r\n");
    world.write("a.txt", "one\n\u001b[31mTWO\r\nthree\n");
    world.git("add", "a.txt");
    var middle = world.root.resolve("middle");
    world.gitIn(world.root, "clone", "-q", "repo", "middle");
    world.gitIn(middle, "update-ref", "MERGE_HEAD", "HEAD");
  }

  @Override
  protected FusePlugin plugin() {
    return new GitPlugin();
  }

  @Override
  protected FusePlugin opened() {
    return world.plugin();
  }

  @Override
  protected Path world() {
    return root;
  }

  @Override
  protected List<Sample> samples() {
    return List.of(
        Sample.of("git_status"),
        Sample.of("git_log", "path", "a.txt", "files", true),
        Sample.of("git_show"),
        Sample.of("git_diff"),
        Sample.of("git_diff", "range", "HEAD"),
        Sample.of("git_diff", "staged", true),
        Sample.of("git_blame", "path", "a.txt"),
        Sample.of("git_branches"),
        Sample.of("git_list", "what", "tags"),
        Sample.of("git_list", "what", "remotes"),
        Sample.of("git_list", "what", "stashes"),
        Sample.of("git_list", "what", "reflog"),
        Sample.of("git_list", "what", "worktrees"),
        Sample.of("git_list", "what", "submodules"),
        Sample.of("git_conflicts"),
        Sample.of("git_diagnose"),
        Sample.of("git_commit", "message", "Second"),
        Sample.of("git_stage", "action", "add", "paths", List.of(".")),
        Sample.of("git_stage", "action", "unstage", "paths", List.of("a.txt")),
        Sample.of("git_restore", "paths", List.of("a.txt")),
        Sample.of("git_stash", "action", "push"),
        Sample.of("git_branch", "action", "create", "name", "topic"),
        Sample.of("git_branch", "action", "switch", "name", "main"),
        Sample.of("git_branch", "action", "rename", "name", "main", "to", "trunk"),
        Sample.of("git_branch", "action", "delete", "name", "main"),
        Sample.of("git_tag", "action", "create", "name", "v1"),
        Sample.of("git_reset", "to", "HEAD", "mode", "hard"),
        Sample.of("git_integrate", "action", "revert", "revisions", List.of("HEAD")),
        Sample.of(
            "git_continue", "action", "abort", "repository", root.resolve("middle").toString()),
        Sample.of("git_bisect", "good", "HEAD~1", "argv", List.of("true")),
        Sample.of("git_fetch"),
        Sample.of("git_pull", "branch", "main"),
        Sample.of("git_push"));
  }
}
