package dev.fuse.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.home.DisabledScenarios;
import dev.fuse.cli.home.Environment;
import dev.fuse.cli.home.Home;
import dev.fuse.cli.home.Places;
import dev.fuse.cli.home.Settings;
import dev.fuse.cli.home.Trust;
import dev.fuse.cli.invocation.Flags;
import dev.fuse.cli.session.Conversations;
import dev.fuse.cli.session.UndoEntry;
import dev.fuse.gate.CallRecord;
import dev.fuse.inventory.Inventory;
import dev.fuse.plugin.Catalog;
import dev.fuse.scenario.Installed;
import dev.fuse.scenario.Library;
import dev.fuse.scenario.ScenarioClassifier.Question;
import dev.fuse.scenario.ScenarioFile;
import dev.fuse.scenario.Template;
import dev.fuse.spi.Facts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioBrowserTest {

  @TempDir Path folder;
  private Path mine;

  @BeforeEach
  void write() throws IOException {
    mine = Files.createDirectories(folder.resolve(".fuse/scenarios"));
    Files.writeString(mine.resolve("ledger.yaml"), Template.of("ledger", "The ledger is off"));
    Files.writeString(mine.resolve("payroll.yaml"), Template.of("payroll", "Salaries are late"));
  }

  @Test
  void a_filter_narrows_what_the_numbers_mean() {
    var said = browse("/payroll", "1", "q");

    assertThat(said).contains("  1  payroll                      active    payroll");
    assertThat(said).contains("Salaries are late");
    assertThat(said).doesNotContain("The ledger is off");
  }

  @Test
  void one_is_switched_off_and_on_again_by_the_same_key() {
    browse("x ledger", "q");
    assertThat(new DisabledScenarios(home()).names()).containsExactly("ledger");
    browse("x 1", "q");
    assertThat(new DisabledScenarios(home()).names()).isEmpty();
  }

  @Test
  void deleting_asks_and_a_plain_enter_is_no() {
    browse("d 1", "", "q");
    assertThat(mine.resolve("ledger.yaml")).exists();
    browse("d 1", "y", "q");
    assertThat(mine.resolve("ledger.yaml")).doesNotExist();
  }

  @Test
  void what_is_edited_into_a_mistake_is_said_and_the_rest_goes_on() {
    var said = browse("e 2", "nonsense", "7", "n ledger", "n fresh-one", "q");

    assertThat(said).contains("'kind' is missing", "it is not used until that is fixed");
    assertThat(said).contains("there is no scenario '7'");
    assertThat(said).contains("already exists");
    assertThat(mine.resolve("fresh-one.yaml")).exists();
  }

  @Test
  void the_end_of_the_terminal_ends_it() {
    assertThat(browse()).contains("ledger");
  }

  private Home home() {
    return Home.of(Places.environment(folder, Map.of()), _ -> {});
  }

  /** All that was said while a person typed these lines; their editor takes the kind away. */
  private String browse(String... lines) {
    var said = new ArrayList<String>();
    var person = new Typist(new ArrayDeque<>(List.of(lines)), said);
    var code = new ScenarioBrowser(new Bench(home(), person, said), person).run();
    assertThat(code).isEqualTo(ExitCode.DONE);
    return String.join("\n", said);
  }

  private record Typist(Deque<String> lines, List<String> said) implements Workbench.Person {
    @Override
    public Optional<String> ask(String question) {
      return Optional.ofNullable(lines.poll());
    }

    @Override
    public void tell(String line) {
      said.add(line);
    }

    @Override
    public void edit(Path file) {
      try {
        Files.writeString(file, Files.readString(file).replace("kind: Scenario\n", ""));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private record Bench(Home home, Typist typist, List<String> said) implements Workbench {
    @Override
    public Library scenarios() {
      var found =
          Library.read(
              Library.Layer.PERSON, home.find("scenarios").orElseThrow(), Installed.nothing());
      return Library.of(found, new DisabledScenarios(home).names());
    }

    @Override
    public Installed installed() {
      return Installed.nothing();
    }

    @Override
    public Optional<Person> person() {
      return Optional.of(typist);
    }

    @Override
    public void data(String text) {
      said.add(text);
    }

    @Override
    public void note(String text) {
      said.add(text);
    }

    @Override
    public Environment environment() {
      throw unused();
    }

    @Override
    public Question question(String prompt) {
      throw unused();
    }

    @Override
    public List<ScenarioFile> checkedScenarios() {
      throw unused();
    }

    @Override
    public String input() {
      throw unused();
    }

    @Override
    public Settings settings() {
      throw unused();
    }

    @Override
    public Facts facts() {
      throw unused();
    }

    @Override
    public Trust trust() {
      throw unused();
    }

    @Override
    public Catalog catalog() {
      throw unused();
    }

    @Override
    public Inventory inventory() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Conversations conversations() {
      throw unused();
    }

    @Override
    public ExitCode converse(Flags flags, Optional<String> prompt) {
      throw unused();
    }

    @Override
    public CallRecord call(Flags flags, String tool, Map<String, Object> arguments) {
      throw unused();
    }

    @Override
    public CallRecord undo(UndoEntry entry) {
      throw unused();
    }

    @Override
    public List<Check> checks(boolean fix) {
      throw unused();
    }

    @Override
    public void checkSurroundings() {}

    @Override
    public boolean hasInput() {
      return false;
    }

    @Override
    public int width() {
      return 80;
    }

    @Override
    public void page(String text) {
      data(text);
    }

    @Override
    public Ruled ruled(String tool, Map<String, Object> arguments) {
      throw unused();
    }

    @Override
    public ExitCode apply(Path file, Optional<String> hash, boolean json) {
      throw unused();
    }

    private static IllegalStateException unused() {
      return new IllegalStateException("browsing has no use for it");
    }
  }
}
