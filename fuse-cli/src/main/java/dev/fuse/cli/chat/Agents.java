package dev.fuse.cli.chat;

import dev.fuse.agent.Agent;
import dev.fuse.agent.AgentEvent;
import dev.fuse.brief.ChatModel;
import dev.fuse.cli.command.Workbench.Ruled;
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
import java.util.ArrayList;
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
    var rules = new RuleStore(invocation, resources);
    var gate = new Gate(rules.policies(false), confirmer, rules::remember);
    return of(model, conversation, gate, events, asker);
  }

  private Agent of(
      Optional<ChatModel> model,
      Conversation conversation,
      Gate gate,
      Consumer<AgentEvent> events) {
    return of(model, conversation, gate, events, Asker.NOBODY);
  }

  private Agent of(
      Optional<ChatModel> model,
      Conversation conversation,
      Gate gate,
      Consumer<AgentEvent> events,
      Asker asker) {
    resources.vault().numberAfter(conversation.lastHandle());
    return new Agent(
        model,
        new InstalledGuidebook(
            resources.scenarios(), invocation.environment(), resources.surroundings(), asker),
        toolbox(),
        gate,
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
    return call(tool, arguments, confirmer(_ -> {}));
  }

  /** The same where this confirmer is asked. */
  public CallRecord call(String tool, Map<String, Object> arguments, Confirmer confirmer) {
    try (var conversation = resources.conversations().startUnsaved()) {
      return byHand(conversation, confirmer).call(tool, arguments, invocation.cancellation());
    }
  }

  /** What the rules say of a call, which is prepared and not made. */
  public Ruled ruled(String tool, Map<String, Object> arguments) {
    var probe = new Probe(resources.settings());
    try (var conversation = resources.conversations().startUnsaved()) {
      var rules = new RuleStore(invocation, resources).policies(false);
      var asking = new ArrayList<>(rules.tightening());
      asking.add(probe);
      var policies =
          new Gate.Policies(asking, rules.allow(), rules.plan(), rules.guarded(), rules.facts());
      var agent = of(Optional.empty(), conversation, new Gate(policies, probe, _ -> {}), _ -> {});
      return probe.ruled(agent.call(tool, arguments, invocation.cancellation()));
    }
  }

  /** Takes a change back, through the gate. */
  public CallRecord undo(UndoEntry entry) {
    try (var conversation = resources.conversations().startUnsaved()) {
      var agent = byHand(conversation, confirmer(_ -> {}));
      return conversation.takingBack(
          entry, () -> agent.undo(entry.undo(), invocation.cancellation()));
    }
  }

  /** The person at the terminal; empty where there is none or where nobody may be asked. */
  public Optional<PersonAtTerminal> someone() {
    return invocation.flags().look().noInput()
        ? Optional.empty()
        : Tty.open()
            .map(
                tty ->
                    new PersonAtTerminal(
                        tty,
                        invocation.environment(),
                        invocation.cancellation(),
                        invocation.screen()));
  }

  private Agent byHand(Conversation conversation, Confirmer confirmer) {
    Consumer<AgentEvent> events =
        invocation.trace().<Consumer<AgentEvent>>map(conversation::andThen).orElse(conversation);
    return of(Optional.empty(), conversation, confirmer, events, Asker.NOBODY);
  }

  /** Asks on the terminal; nobody where nobody may be asked. */
  public Confirmer confirmer(Consumer<String> typedAhead) {
    return person(typedAhead).<Confirmer>map(it -> it).orElseGet(Confirmer::nobody);
  }

  /** The one who asks on the terminal; empty where nobody may be asked. */
  Optional<TerminalConfirmer> person(Consumer<String> typedAhead) {
    if (invocation.flags().look().noInput()) {
      return Optional.empty();
    }
    return Optional.of(
        new TerminalConfirmer(
            invocation.screen(),
            Tty::open,
            new ArgumentEditor(invocation.environment()),
            typedAhead));
  }
}
