package dev.fuse.tool.github.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemotesTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://github.com/acme/shop.git",
        "https://x-access-token:abc@github.com/acme/shop",
        "git@github.com:acme/shop.git",
        "ssh://git@github.com:22/acme/shop.git",
        "ssh://git@ssh.github.com:443/acme/shop.git",
        "git://github.com/acme/shop/"
      })
  void every_form_of_a_url_names_the_repository(String url) {
    var remote = Remotes.parse("origin", url).orElseThrow();
    assertThat(remote.host()).isEqualTo("github.com");
    assertThat(remote.repository()).isEqualTo(new RepoName("acme", "shop"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../shop.git", "/srv/git/shop.git", "file:///srv/shop.git"})
  void a_folder_is_not_a_repository_on_github(String url) {
    assertThat(Remotes.parse("origin", url)).isEmpty();
  }

  @Test
  void upstream_comes_before_origin_and_what_gh_resolved_before_both() throws IOException {
    write(
        """
        [remote "origin"]
            url = git@github.com:me/shop.git
        [remote "upstream"]
            url = https://github.com/acme/shop
        """);
    assertThat(Remotes.of(folder).getFirst().repository()).hasToString("acme/shop");
    write(
        """
        [remote "origin"]
            url = git@github.com:me/shop.git
            gh-resolved = base
        [remote "upstream"]
            url = https://github.com/acme/shop
        """);
    assertThat(Remotes.of(folder).getFirst().repository()).hasToString("me/shop");
  }

  private void write(String config) throws IOException {
    Files.createDirectories(folder.resolve(".git"));
    Files.writeString(folder.resolve(".git/config"), config);
  }
}
