package dev.fuse.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Finding;
import dev.fuse.spi.FusePlugin;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Target;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Undo;
import dev.fuse.spi.Verb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract finds what it is there to find. */
class ToolContractTest {

  private static final Target NOTE = Target.of("notes", "name", "note");

  @TempDir Path world;

  @Test
  void a_tool_that_keeps_to_it_passes() throws Exception {
    var contract = new NotesContract(world, new Notes(world, Flaw.NONE));
    assertThat(contract.problems()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void a_tool_with_a_flaw_does_not(Flaw flaw) throws Exception {
    var contract = new NotesContract(world, new Notes(world, flaw));
    assertThat(contract.problems()).anyMatch(problem -> problem.contains(flaw.sentence));
  }

  /** What is wrong with the tools, and what the contract says of it. */
  enum Flaw {
    COORDINATE("coordinates() of the plugin"),
    NONE(""),
    PREFIX("begins with none of the plugin's prefixes"),
    NO_DESCRIPTION("has no description"),
    NEW_SPEC_EACH_TIME("the same each time"),
    CHANGES_WHEN_PREPARED("note"),
    ABOVE_CEILING("exceeds the ceiling"),
    NO_EFFECT("effects"),
    SUMMARY_OF_TWO_LINES("two"),
    CONTROL_CHARACTERS("red"),
    FINDING_WITHOUT_FACT("blank"),
    STRANGE_STRUCTURE("no JDK map, list or scalar"),
    EXCEPTION_ON_NONSENSE("should be answered with a ToolFailure"),
    UNDO_TO_SOMETHING_ELSE("note"),
    UNDO_OF_ANOTHER_VERSION("precondition");

    final String sentence;

    Flaw(String sentence) {
      this.sentence = sentence;
    }
  }

  /** Two tools on one note. */
  private record Notes(Path world, Flaw flaw) implements FusePlugin {

    @Override
    public String name() {
      return "notes";
    }

    @Override
    public List<String> coordinates() {
      return flaw == Flaw.COORDINATE ? List.of() : List.of("name");
    }

    @Override
    public List<String> prefixes() {
      return List.of(flaw == Flaw.PREFIX ? "other" : "note");
    }

    @Override
    public List<Tool> tools() {
      return List.of(
          tool(Specs.of(flaw).read, this::read), tool(Specs.of(flaw).write, this::write));
    }

    private Tool tool(ToolSpec spec, Function<Arguments, Action> prepare) {
      return new Tool() {
        @Override
        public ToolSpec spec() {
          return flaw == Flaw.NEW_SPEC_EACH_TIME ? spec.calling() : spec;
        }

        @Override
        public Action prepare(Arguments arguments, Call call) {
          return prepare.apply(arguments);
        }
      };
    }

    private Action read(Arguments arguments) {
      if (flaw == Flaw.CHANGES_WHEN_PREPARED) {
        note("other");
      }
      var line = arguments.string("line");
      if (!line.equals("1") && flaw == Flaw.EXCEPTION_ON_NONSENSE) {
        throw new NumberFormatException(line);
      }
      if (!line.equals("1")) {
        throw ToolFailure.notFound("there is no line '" + line + "'", "1 is there");
      }
      var effect = flaw == Flaw.ABOVE_CEILING ? Effect.readSecret(NOTE) : Effect.read(NOTE);
      return Action.of(
          flaw == Flaw.SUMMARY_OF_TWO_LINES ? "line\ntwo" : "line 1",
          flaw == Flaw.NO_EFFECT ? List.of() : List.of(effect),
          _ -> result());
    }

    private ToolResult result() {
      var seen = flaw == Flaw.FINDING_WITHOUT_FACT ? "" : "it is there";
      return ToolResult.ok(flaw == Flaw.CONTROL_CHARACTERS ? "\u001b[31mred" : note())
          .findings(List.of(Finding.info("note", seen)))
          .structured(Map.of("note", flaw == Flaw.STRANGE_STRUCTURE ? world : note()));
    }

    private Action write(Arguments arguments) {
      var text = arguments.string("text");
      var effect = Effect.local(Verb.UPDATE, NOTE, Risk.LOW);
      return Action.of("write it", effect, _ -> written(text)).at(note());
    }

    private ToolResult written(String text) {
      var before = note();
      note(text);
      var undo =
          new Undo(
              "note_write",
              Map.of("text", flaw == Flaw.UNDO_TO_SOMETHING_ELSE ? "else" : before),
              "as before",
              Optional.of(flaw == Flaw.UNDO_OF_ANOTHER_VERSION ? "else" : text),
              List.of());
      return ToolResult.ok("written").undo(undo);
    }

    private String note() {
      try {
        return Files.readString(world.resolve("note"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void note(String text) {
      try {
        Files.writeString(world.resolve("note"), text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The same specs each time. */
  private record Specs(ToolSpec read, ToolSpec write) {
    private static final Specs GOOD = specs("Reads a line of the note.");
    private static final Specs BAD = specs("");

    static Specs of(Flaw flaw) {
      return flaw == Flaw.NO_DESCRIPTION ? BAD : GOOD;
    }

    private static Specs specs(String description) {
      return new Specs(
          ToolSpec.of(
              "note_read",
              description,
              Schema.object().required("line", Schema.string("which line")),
              Ceiling.reads("notes")),
          ToolSpec.of(
              "note_write",
              "Writes the note.",
              Schema.object().required("text", Schema.string("the text")),
              Ceiling.of(Risk.LOW, false, java.util.Set.of(Verb.UPDATE), "notes")));
    }
  }

  /** The contract as a plugin's module has it, run by hand. */
  private static final class NotesContract extends ToolContract {
    private final Path world;
    private final FusePlugin plugin;

    NotesContract(Path world, FusePlugin plugin) {
      this.world = world;
      this.plugin = plugin;
    }

    @Override
    protected FusePlugin plugin() {
      return plugin;
    }

    @Override
    protected FusePlugin opened() throws IOException {
      Files.writeString(world.resolve("note"), "one");
      return plugin;
    }

    @Override
    protected List<Sample> samples() {
      return List.of(Sample.of("note_read", "line", "1"), Sample.of("note_write", "text", "two"));
    }

    @Override
    protected Path world() {
      return world;
    }

    List<String> problems() throws Exception {
      var problems = new ArrayList<String>();
      check(problems, this::specs_are_known_before_a_plugin_is_opened_and_the_same_ever_after);
      check(problems, this::every_tool_has_a_sample);
      check(problems, this::reading_calls_do_not_disturb_each_other);
      for (var tests :
          List.<Stream<DynamicTest>>of(
              a_spec_is_complete_and_terse(),
              preparing_changes_nothing_and_stays_below_the_ceiling(),
              a_reading_call_changes_nothing_and_gives_printable_text(),
              a_call_without_an_argument_fails_with_a_sentence(),
              nonsense_is_answered_and_never_thrown_at_the_host(),
              a_cancelled_call_ends(),
              what_can_be_taken_back_is_as_before())) {
        tests.forEach(test -> check(problems, test.getExecutable()::execute));
      }
      return problems;
    }

    private interface Part {
      void run() throws Throwable;
    }

    private static void check(List<String> problems, Part part) {
      try {
        part.run();
      } catch (Throwable found) {
        problems.add(found.toString());
      }
    }
  }
}
