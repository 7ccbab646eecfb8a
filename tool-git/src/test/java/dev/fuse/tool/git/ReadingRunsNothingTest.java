package dev.fuse.tool.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository that came from somewhere may configure programs; looking at it starts none. */
class ReadingRunsNothingTest {

  @TempDir Path root;

  @Test
  void no_reading_tool_runs_what_a_repository_configures() throws Exception {
    var world = World.withCommit(root);
    var trap = world.script(root.resolve("trap.sh"), "echo \"$0 $*\" >> " + root + "/sprung; cat");
    world.write(".gitattributes", "* filter=trap diff=trap merge=trap\n");
    world.commit("Attributes");
    for (var key :
        List.of(
            "core.fsmonitor",
            "core.pager",
            "core.editor",
            "core.sshCommand",
            "core.gitProxy",
            "diff.external",
            "diff.trap.textconv",
            "diff.trap.command",
            "filter.trap.clean",
            "filter.trap.smudge",
            "filter.trap.process",
            "merge.trap.driver",
            "gpg.program",
            "credential.helper",
            "sequence.editor",
            "alias.status",
            "alias.log",
            "uploadpack.packObjectsHook")) {
      world.git("config", key, key.startsWith("alias") ? "!" + trap : trap.toString());
    }
    for (var hook :
        List.of("pre-commit", "post-checkout", "post-index-change", "fsmonitor-watchman")) {
      world.script(world.repository.resolve(".git/hooks/" + hook), trap.toString());
    }
    var config = Files.readString(world.repository.resolve(".git/config"));
    world.write("a.txt", "one\nTWO\nthree\n");
    world.write("b.txt", "new\n");

    for (var tool : world.plugin().tools()) {
      var name = tool.spec().name();
      if (tool.spec().reading() && tool.spec().parameters().required().isEmpty()) {
        world.ok(name);
      }
    }
    world.ok("git_blame", "path", "a.txt");
    world.ok("git_list", "what", "submodules");
    world.ok("git_diff", "range", "HEAD");
    var commit = world.prepare("git_commit", "message", "x", "paths", List.of("a.txt"));
    assertThat(commit.preview().orElseThrow().get().body()).contains("+TWO");

    assertThat(root.resolve("sprung")).doesNotExist();
    assertThat(world.repository.resolve(".git/config")).hasContent(config);
    assertThat(world.text("git_status")).contains(" M a.txt", "?? b.txt");
  }

  @Test
  void a_file_in_git_lfs_is_compared_by_its_pointer() throws Exception {
    var world = World.withCommit(root);
    var clean =
        world.script(
            root.resolve("clean.sh"),
            """
            sum=$(sha256sum | cut -d' ' -f1)
            printf 'version https://git-lfs.github.com/spec/v1\\noid sha256:%s\\nsize 6\\n' "$sum"
            """);
    world.git("config", "filter.lfs.clean", clean.toString());
    world.write(".gitattributes", "*.bin filter=lfs\n");
    var file = world.write("big.bin", "large\n");
    world.commit("Pointer");
    assertThat(world.git("show", "HEAD:big.bin")).contains("oid sha256:");
    world.git("config", "filter.lfs.clean", "git-lfs clean -- %f");

    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    assertThat(world.text("git_status")).contains("nothing changed");

    world.write("big.bin", "other\n");
    assertThat(world.text("git_status")).contains(" M big.bin");
  }
}
