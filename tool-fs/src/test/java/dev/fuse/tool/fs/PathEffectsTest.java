package dev.fuse.tool.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.Risk;
import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.spi.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathEffectsTest {

  @TempDir Path root;
  private Desk desk;

  @BeforeEach
  void open() throws IOException {
    desk = new Desk(root);
    desk.write("notes.txt", "hello\n");
    Files.writeString(root.resolve("outside.txt"), "out\n");
  }

  @Test
  void a_file_of_the_project_is_read_freely() {
    var effect = desk.effect("fs_read", "path", "notes.txt");
    assertThat(effect.verb()).isEqualTo(Verb.READ);
    assertThat(effect.target().find("path")).contains(desk.directory + "/notes.txt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside.txt",
        "sub/../../outside.txt",
        "/etc/hostname",
        "/proc/self/environ",
        "~/x",
        ".env",
        ".env.production",
        "deploy/key.pem",
        "a/id_rsa",
        ".npmrc",
        "x/terraform.tfstate",
        "vendor/.ssh/config",
        ".ENV",
        "link-to-outside",
        "folder-link/outside.txt",
        "~/.aws/credentials",
        "/proc/self/root/etc/hostname",
        "~/.config/gcloud/access_tokens.db",
        "~/.kube/config"
      })
  void outside_and_credentials_are_read_only_after_asking(String path) throws IOException {
    Files.createDirectories(desk.directory.resolve("sub"));
    Files.createSymbolicLink(
        desk.directory.resolve("link-to-outside"), root.resolve("outside.txt"));
    Files.createSymbolicLink(desk.directory.resolve("folder-link"), root);
    assertThat(desk.effect("fs_read", "path", path).verb()).isEqualTo(Verb.READ_SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".env.example", "src/env.ts", "keys.md", "id_rsa.pub", "gcloud/deploy.sh"})
  void what_only_sounds_like_a_credential_is_read_freely(String path) {
    assertThat(desk.effect("fs_read", "path", path).verb()).isEqualTo(Verb.READ);
  }

  @Test
  void a_link_under_a_harmless_name_to_a_key_of_the_project_asks() throws IOException {
    desk.write("conf/server.key", "-----BEGIN");
    Files.createSymbolicLink(desk.directory.resolve("readme.txt"), Path.of("conf/server.key"));
    assertThat(desk.effect("fs_read", "path", "readme.txt").verb()).isEqualTo(Verb.READ_SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../new.txt",
        "folder-link/new.txt",
        "dangling",
        ".git/hooks/pre-commit",
        ".git/config",
        ".envrc",
        ".bashrc",
        ".fuse/config.yaml",
        ".env",
        "~/.ssh/authorized_keys",
        "../cron.d/x"
      })
  void changing_what_is_outside_or_runs_later_is_high(String path) throws IOException {
    Files.createSymbolicLink(desk.directory.resolve("folder-link"), root);
    Files.createSymbolicLink(desk.directory.resolve("dangling"), root.resolve("not-yet"));
    assertThat(desk.effect("fs_write", "path", path, "content", "x").risk()).isEqualTo(Risk.HIGH);
  }

  @Test
  void changing_a_file_of_the_project_is_low() {
    assertThat(desk.effect("fs_write", "path", "a/b/c.txt", "content", "x").risk())
        .isEqualTo(Risk.LOW);
  }

  @Test
  void a_link_that_leads_to_itself_is_said_to() throws IOException {
    var link = desk.directory.resolve("self");
    Files.createSymbolicLink(link, link);
    var failed = desk.refusal("fs_read", "path", "self");
    assertThat(failed.kind()).isEqualTo(Kind.INVALID);
    assertThat(failed.problem()).contains("'self'").contains("circle");
  }

  @Test
  void parent_of_a_link_is_where_the_link_leads() throws IOException {
    var elsewhere = Files.createDirectories(root.resolve("else/where"));
    Files.writeString(root.resolve("else/secret.txt"), "x");
    Files.createSymbolicLink(desk.directory.resolve("in"), elsewhere);
    desk.write("secret.txt", "inside");
    var effect = desk.effect("fs_read", "path", "in/../secret.txt");
    assertThat(effect.verb()).isEqualTo(Verb.READ_SECRET);
    assertThat(effect.target().find("path")).contains(root.toRealPath() + "/else/secret.txt");
  }

  @Test
  void a_name_of_4096_bytes_is_refused_with_a_sentence() {
    var failed = desk.refusal("fs_write", "path", "n".repeat(4096), "content", "x");
    assertThat(failed.problem()).contains("longer than the file system allows");
  }

  @Test
  void a_name_with_a_nul_is_refused_with_a_sentence() {
    assertThat(desk.refusal("fs_read", "path", "a\0b").problem()).contains("is no path");
  }
}
