package dev.fuse.cli.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustTest {

  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();
  private Path root;

  @BeforeEach
  void a_project() throws IOException {
    root = Files.createDirectories(folder.resolve("shop/.git")).getParent();
  }

  @Test
  void a_project_is_trusted_until_that_is_revoked() throws IOException {
    assertThat(Trust.matters(project())).isFalse();
    write("AGENTS.md", "be brief");
    assertThat(Trust.matters(project())).isTrue();
    assertThat(trust().trusts(project())).isFalse();

    assertThat(trust().set(project(), true)).isTrue();
    assertThat(trust().set(project(), true)).isFalse();
    assertThat(trust().trusts(project())).isTrue();

    assertThat(trust().set(project(), false)).isTrue();
    assertThat(trust().set(project(), false)).isFalse();
    assertThat(trust().trusts(project())).isFalse();
  }

  @Test
  void that_something_changed_can_be_told_until_it_is_trusted_again() throws IOException {
    write(".fuse/scenarios/a.yaml", "one");
    trust().set(project(), true);
    assertThat(trust().changedSince(project())).isFalse();

    write(".fuse/scenarios/a.yaml", "TWO");
    assertThat(trust().changedSince(project())).isTrue();
    assertThat(trust().trusts(project())).isTrue();

    trust().set(project(), true);
    assertThat(trust().changedSince(project())).isFalse();
    write(".agents/skills/x/SKILL.md", "new");
    assertThat(trust().changedSince(project())).isTrue();
  }

  @Test
  void a_project_reached_through_a_link_is_the_same_one() throws IOException {
    trust().set(project(), true);
    var link = Files.createSymbolicLink(folder.resolve("link"), root).toRealPath();

    assertThat(trust().trusts(Project.of(Places.environment(folder, link, Map.of())))).isTrue();
  }

  @Test
  void fuses_own_home_is_no_project() throws IOException {
    Files.createDirectories(folder.resolve(".fuse"));

    assertThat(Project.of(Places.environment(folder, Map.of())).isHome(home())).isTrue();
    assertThat(project().isHome(home())).isFalse();
  }

  @Test
  void a_corrupt_store_is_kept_aside_and_trusts_nobody() throws IOException {
    var store = Files.createDirectories(folder.resolve(".fuse")).resolve("trusted.json");
    Files.writeString(store, "{\"" + root + "\":");

    assertThat(trust().trusts(project())).isFalse();
    assertThat(store).doesNotExist();
    assertThat(notes).singleElement().asString().contains("trusted.json' is corrupt", "kept as");
  }

  @Test
  void trust_that_cannot_be_kept_is_an_error() throws IOException {
    Files.writeString(folder.resolve(".fuse"), "a file");

    assertThatThrownBy(() -> trust().set(project(), true)).hasMessageContaining("no home");
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(root.resolve(name).getParent());
    Files.writeString(root.resolve(name), text);
  }

  private Project project() {
    return Project.of(Places.environment(folder, root, Map.of()));
  }

  private Trust trust() {
    return new Trust(home());
  }

  private Home home() {
    return Home.of(Places.environment(folder, Map.of()), notes::add);
  }
}
