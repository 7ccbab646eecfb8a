package dev.fuse.cli;

import dev.fuse.cli.chat.Agents;
import dev.fuse.cli.chat.OneShot;
import dev.fuse.cli.chat.PersonAtTerminal;
import dev.fuse.cli.chat.PlanRunner;
import dev.fuse.cli.command.Workbench;
import dev.fuse.cli.doctor.Doctor;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.home.Environment;
import dev.fuse.cli.home.Home;
import dev.fuse.cli.home.KubeContexts;
import dev.fuse.cli.home.Settings;
import dev.fuse.cli.home.Trust;
import dev.fuse.cli.invocation.Flags;
import dev.fuse.cli.invocation.Invocation;
import dev.fuse.cli.invocation.Resources;
import dev.fuse.cli.scenarios.InstalledGuidebook;
import dev.fuse.cli.session.Conversations;
import dev.fuse.cli.session.UndoEntry;
import dev.fuse.cli.terminal.Pager;
import dev.fuse.cli.terminal.Tty;
import dev.fuse.gate.CallRecord;
import dev.fuse.inventory.Inventory;
import dev.fuse.plugin.Catalog;
import dev.fuse.scenario.Installed;
import dev.fuse.scenario.Library;
import dev.fuse.scenario.ScenarioClassifier.Question;
import dev.fuse.scenario.ScenarioFile;
import dev.fuse.spi.Facts;
import dev.fuse.text.Spelling;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What commands work with, of parts that others made. */
record Bench(
    Invocation invocation, Resources resources, Agents agents, OneShot prompts, Doctor doctor)
    implements Workbench {

  @Override
  public Environment environment() {
    return invocation.environment();
  }

  @Override
  public void data(String text) {
    invocation.data(text);
  }

  @Override
  public void note(String text) {
    invocation.note(text);
  }

  @Override
  public String input() {
    return invocation.input().get().whole();
  }

  @Override
  public Home home() {
    return resources.home();
  }

  @Override
  public Settings settings() {
    return resources.settings();
  }

  @Override
  public Facts facts() {
    return resources.facts();
  }

  @Override
  public Trust trust() {
    return resources.trust();
  }

  @Override
  public Catalog catalog() {
    return resources.catalog();
  }

  @Override
  public Library scenarios() {
    return resources.scenarios().library();
  }

  @Override
  public Installed installed() {
    return resources.scenarios().installed();
  }

  @Override
  public List<ScenarioFile> checkedScenarios() {
    return resources.scenarios().checked();
  }

  @Override
  public Question question(String prompt) {
    var question = resources.surroundings().seen(new Question(prompt, facts(), ""));
    return InstalledGuidebook.placed(question, scenarios(), environment());
  }

  @Override
  public Inventory inventory() {
    return resources.surroundings().inventory();
  }

  @Override
  public Conversations conversations() {
    return resources.conversations();
  }

  @Override
  public Optional<Person> person() {
    return invocation.flags().look().noInput()
        ? Optional.empty()
        : Tty.open()
            .map(
                tty ->
                    new PersonAtTerminal(
                        tty, environment(), invocation.cancellation(), invocation.screen()));
  }

  @Override
  public ExitCode converse(Flags flags, Optional<String> prompt) {
    resources.surroundings().begin();
    return prompts.converse(prompt);
  }

  @Override
  public CallRecord call(Flags flags, String tool, Map<String, Object> arguments) {
    return agents.call(tool, arguments);
  }

  @Override
  public CallRecord undo(UndoEntry entry) {
    return agents.undo(entry);
  }

  @Override
  public List<Check> checks(boolean fix) {
    return doctor.checks(fix);
  }

  @Override
  public void checkSurroundings() {
    var context = invocation.flags().pins().get("context");
    if (context != null) {
      known(context, KubeContexts.of(environment()));
    }
    if (environment().variables().keySet().stream().anyMatch(Settings::sets)) {
      settings();
    }
  }

  private static void known(String context, KubeContexts kube) {
    if (kube.contexts().containsKey(context)) {
      return;
    }
    var names = kube.contexts().keySet();
    throw new FuseException(
        Kind.USAGE,
        "there is no kube context '" + context + "'" + Spelling.didYouMean(context, names),
        kube.present()
            ? "contexts are " + (names.isEmpty() ? "none" : String.join(", ", names))
            : "no kubeconfig found (looked in " + kube.places() + "); set KUBECONFIG");
  }

  @Override
  public boolean hasInput() {
    return !invocation.screen().device().inIsTerminal()
        && invocation.input().get().find().isPresent();
  }

  @Override
  public int width() {
    var screen = invocation.screen();
    return screen.device().outIsTerminal() ? screen.width() : Integer.MAX_VALUE;
  }

  @Override
  public void page(String text) {
    new Pager(environment(), invocation.screen()).show(text);
  }

  @Override
  public Ruled ruled(String tool, Map<String, Object> arguments) {
    return agents.ruled(tool, arguments);
  }

  @Override
  public ExitCode apply(Path file, Optional<String> hash, boolean json) {
    return new PlanRunner(invocation, agents).apply(file, hash, json);
  }
}
