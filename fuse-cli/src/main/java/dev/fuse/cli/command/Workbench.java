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

    /** Shows them a line. */
    void tell(String line);

    /**
     * Lets them change a file in their own editor.
     *
     * @throws dev.fuse.cli.exit.FuseException of kind FAILED if the editor fails
     */
    void edit(Path file);
  }

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

  Conversations conversations();

  /** Answers a prompt, or chats where there is none. */
  ExitCode converse(Flags flags, Optional<String> prompt);

  /** Makes one call by hand, through the gate. */
  CallRecord call(Flags flags, String tool, Map<String, Object> arguments);

  /** Takes a change back, through the gate. */
  CallRecord undo(UndoEntry entry);

  /** What is checked of the surroundings. */
  List<Check> checks();

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
