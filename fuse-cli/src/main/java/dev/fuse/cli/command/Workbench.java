package dev.fuse.cli.command;

import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.home.Environment;
import dev.fuse.cli.home.Home;
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
import dev.fuse.spi.Facts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What commands work with; made when it is first asked for. */
public interface Workbench {

  Environment environment();

  /** A question with all that is compared when it is classified; more than is told to anybody. */
  Question question(String prompt);

  /** The person at the terminal; empty where there is none or where nobody may be asked. */
  Optional<Person> person();

  /** Somebody who can be asked. */
  interface Person {

    /** Their answer in a line; empty where there is none. */
    Optional<String> ask(String question);

    /** Whether they agree; no is the default. */
    default boolean agrees(String question) {
      return ask(question + " [y/N] ").filter(it -> it.strip().matches("(?i)y|yes")).isPresent();
    }

    /** The number of what they pick of a list, from 0; empty where they pick nothing. */
    default OptionalInt pick(String title, List<String> choices) {
      tell(title);
      for (int i = 0; i < choices.size(); i++) {
        tell("%3d  %s".formatted(i + 1, choices.get(i)));
      }
      var answer = ask("Number, or Enter for none: ").orElse("").strip();
      return answer.matches("[1-9]\\d{0,4}") && Integer.parseInt(answer) <= choices.size()
          ? OptionalInt.of(Integer.parseInt(answer) - 1)
          : OptionalInt.empty();
    }

    /** Shows them a line. */
    void tell(String line);

    /**
     * Lets them change a file in their own editor.
     *
     * @throws dev.fuse.cli.exit.FuseException of kind FAILED if the editor fails
     */
    void edit(Path file);
  }

  /**
   * Checks what every command stands on: the context that is pinned, variables that set something.
   *
   * @throws dev.fuse.cli.exit.FuseException of kind USAGE for what cannot be
   */
  void checkSurroundings();

  /** Whether something waits on standard input. */
  boolean hasInput();

  /** How many columns a line of the person's screen has. */
  int width();

  /** Shows a long text as data, through a pager where the person sits at a terminal. */
  void page(String text);

  /** Answers as the tool would if it were asked to make this call; makes none. */
  Ruled ruled(String tool, Map<String, Object> arguments);

  /**
   * What the rules say of a call.
   *
   * @param verdict allow, ask or deny
   * @param by the rule or reason that decides
   * @param place where that stands; may be empty
   */
  record Ruled(String verdict, String by, String place, String effects) {}

  /** Runs a plan that was written with {@code --plan-out}. */
  ExitCode apply(Path file, Optional<String> hash, boolean json);

  /** The whole of standard input. */
  String input();

  /** Writes data: a text and a line feed. */
  void data(String text);

  /** Tells the person something beside the data. */
  void note(String text);

  Home home();

  Settings settings();

  Facts facts();

  Trust trust();

  Catalog catalog();

  /** As their files are now. */
  Library scenarios();

  /** What a scenario can refer to. */
  Installed installed();

  /** Every scenario's file as it reads against the tools that are installed. */
  List<ScenarioFile> checkedScenarios();

  /** The names that are known. */
  Inventory inventory();

  Conversations conversations();

  /** Answers a prompt, or chats where there is none. */
  ExitCode converse(Flags flags, Optional<String> prompt);

  /** Makes one call by hand, through the gate. */
  CallRecord call(Flags flags, String tool, Map<String, Object> arguments);

  /** Takes a change back, through the gate. */
  CallRecord undo(UndoEntry entry);

  /**
   * What is checked of the surroundings.
   *
   * @param fix whether what is broken and Fuse's own is put right first
   */
  List<Check> checks(boolean fix);

  /**
   * One line of {@code fuse doctor}.
   *
   * @param remedy what to do where it is not well; empty where it is
   */
  record Check(String subject, State state, String seen, String remedy) {
    /** How it is. */
    public enum State {
      OK,
      /** Works without it. */
      MISSING,
      BROKEN
    }
  }
}
