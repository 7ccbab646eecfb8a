package dev.fuse.cli.chat;

import dev.fuse.agent.Agent;
import dev.fuse.agent.AgentEvent;
import dev.fuse.brief.ChatModel;
import dev.fuse.cli.invocation.Invocation;
import dev.fuse.cli.invocation.Resources;
import dev.fuse.cli.rules.RuleStore;
import dev.fuse.cli.scenarios.InstalledGuidebook;
import dev.fuse.cli.session.Conversation;
import dev.fuse.cli.session.UndoEntry;
import dev.fuse.cli.terminal.TerminalConfirmer;
import dev.fuse.cli.terminal.Tty;
import dev.fuse.gate.CallRecord;
import dev.fuse.gate.Confirmer;
import dev.fuse.gate.Gate;
import dev.fuse.run.Toolbox;
import dev.fuse.scenario.Scenario;
import dev.fuse.spi.ToolFailure;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Makes agents, and has single calls made by one. */
public record Agents(Invocation invocation, Resources resources) {

  /** Asks a person for a scenario's parameter; an empty answer leaves it open. */
  interface Asker extends BiFunction<Scenario, Scenario.Parameter, String> {

    Asker NOBODY = (_, _) -> "";
  }

  Agent of(
      Optional<ChatModel> model,
      Conversation conversation,
      Confirmer confirmer,
      Consumer<AgentEvent> events,
      Asker asker) {
    resources.vault().numberAfter(conversation.lastHandle());
    var rules = new RuleStore(invocation, resources);
    return new Agent(
        model,
        new InstalledGuidebook(resources.scenarios(), invocation.environment(), asker),
        toolbox(),
        new Gate(rules.policies(false), confirmer, rules::remember),
        new Agent.Keepers(
            resources.vault(),
            conversation.outputs(),
            conversation.undo(),
            new NamedSecrets(invocation.environment(), invocation.flags().secrets())),
        new Agent.Context(resources.facts(), resources.clock(), conversation.lastCall()),
        resources.settings().limits(),
        events);
  }

  private Toolbox toolbox() {
    var catalog = resources.catalog();
    return new Toolbox(
        catalog.specs(),
        name ->
            catalog
                .find(name)
                .orElseThrow(() -> ToolFailure.notFound("there is no tool '" + name + "'", "")));
  }

  /** Makes one call by hand, through the gate. */
  public CallRecord call(String tool, Map<String, Object> arguments) {
    try (var conversation = resources.conversations().startUnsaved()) {
      return byHand(conversation).call(tool, arguments, invocation.cancellation());
    }
  }

  /** Takes a change back, through the gate. */
  public CallRecord undo(UndoEntry entry) {
    try (var conversation = resources.conversations().startUnsaved()) {
      var agent = byHand(conversation);
      return conversation.takingBack(
          entry, () -> agent.undo(entry.undo(), invocation.cancellation()));
    }
  }

  private Agent byHand(Conversation conversation) {
    Consumer<AgentEvent> events =
        invocation.trace().<Consumer<AgentEvent>>map(conversation::andThen).orElse(conversation);
    return of(Optional.empty(), conversation, confirmer(_ -> {}), events, Asker.NOBODY);
  }

  /** Asks on the terminal; nobody where nobody may be asked. */
  Confirmer confirmer(Consumer<String> typedAhead) {
    if (invocation.flags().look().noInput()) {
      return Confirmer.nobody();
    }
    return new TerminalConfirmer(
        invocation.screen(), Tty::open, new ArgumentEditor(invocation.environment()), typedAhead);
  }
}
