package dev.fuse.cli.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();

  @Test
  void it_is_made_only_when_something_is_kept_and_for_its_owner_only() throws IOException {
    var home = Home.of(Places.environment(folder, Map.of()), notes::add);
    assertThat(folder.resolve(".fuse")).doesNotExist();

    var made = home.findFolder("sessions/shop").orElseThrow();

    assertThat(made).isEqualTo(folder.resolve(".fuse/sessions/shop"));
    for (var each : List.of(made, made.getParent(), folder.resolve(".fuse"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
          .isEqualTo("rwx------");
    }
    assertThat(notes).isEmpty();
  }

  @Test
  void fuse_home_moves_it_and_a_tilde_is_the_home() {
    var home = Home.of(Places.environment(folder, Map.of("FUSE_HOME", "~/else")), notes::add);

    assertThat(home.root()).contains(folder.resolve("else"));
  }

  @Test
  void a_home_that_cannot_be_written_is_told_once_and_survived() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    var home = Home.of(Places.environment(folder, Map.of("FUSE_HOME", "~/file/x")), notes::add);

    assertThat(home.findFolder("sessions")).isEmpty();
    assertThat(home.findFolder("undo")).isEmpty();
    assertThat(notes).singleElement().asString().contains("file/x/sessions", "nothing is kept");
  }

  @Test
  void a_missing_home_is_survived() {
    var here = Places.environment(folder, Map.of());
    var nobody =
        new Environment(
            here.variables(),
            here.directory(),
            java.util.Optional.empty(),
            "nobody",
            here.os(),
            here.temporary());

    assertThat(Home.of(nobody, notes::add).findFolder("sessions")).isEmpty();
    assertThat(notes).singleElement().asString().contains("HOME is not set");
  }

  @Test
  void a_corrupt_file_is_kept_aside_and_named() throws IOException {
    var file = Files.writeString(folder.resolve("trusted.json"), "{oops");

    Home.of(Places.environment(folder, Map.of()), notes::add).setAside(file, "line 1");

    assertThat(file).doesNotExist();
    try (var left = Files.list(folder)) {
      var aside = left.toList().getFirst();
      assertThat(aside.getFileName().toString()).startsWith("trusted.json.corrupt-");
      assertThat(aside).hasContent("{oops");
      assertThat(notes).singleElement().asString().contains("line 1", aside.toString());
    }
  }

  @Test
  void a_file_is_replaced_whole_through_a_link_and_is_private() throws IOException {
    var target = Files.writeString(folder.resolve("real.yaml"), "old");
    var link = Files.createSymbolicLink(folder.resolve("config.yaml"), target);

    PrivateFile.write(link, "new");

    assertThat(link).isSymbolicLink();
    assertThat(target).hasContent("new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-------");
    try (var left = Files.list(folder)) {
      assertThat(left).hasSize(2);
    }
  }
}
