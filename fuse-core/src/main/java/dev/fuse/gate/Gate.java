package dev.fuse.gate;

import dev.fuse.boundary.Boundary;
import dev.fuse.gate.Confirmer.Answer;
import dev.fuse.gate.Confirmer.Confirmation;
import dev.fuse.gate.Decision.By;
import dev.fuse.rule.Rule;
import dev.fuse.run.Bounded;
import dev.fuse.run.Cancellation;
import dev.fuse.run.Pending;
import dev.fuse.spi.ConfirmationPolicy;
import dev.fuse.spi.ConfirmationPolicy.Proposal;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Facts;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Ruling;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Verdict;
import dev.fuse.text.Glob;
import dev.fuse.text.Printable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Decides whether a call may run: policies first, the strictest wins; then the person's own rules;
 * then the person.
 */
public final class Gate {

  /** Coordinates whose value makes a target a protected one. */
  private static final List<String> GUARDED =
      List.of("context", "namespace", "cluster", "project", "environment");

  private final Policies policies;
  private final Confirmer confirmer;
  private final Consumer<List<Rule>> remember;
  private final List<Rule> grants = new ArrayList<>();
  private final Set<Target> denied = new HashSet<>();
  private volatile boolean plan;

  /**
   * What a gate rules by.
   *
   * @param tightening policies of settings, scenarios and plugins
   * @param allow the person's rules, from flags and settings
   * @param plan whether nothing that changes anything may run
   * @param guarded names of protected places, see {@link Glob#ofName}
   */
  public record Policies(
      List<ConfirmationPolicy> tightening,
      List<Rule> allow,
      boolean plan,
      List<Glob> guarded,
      Facts facts) {
    public Policies {
      tightening = List.copyOf(tightening);
      allow = List.copyOf(allow);
      guarded = List.copyOf(guarded);
    }
  }

  /** What stands around a call when it is ruled on. */
  public record Setting(
      String said, int position, int total, List<ConfirmationPolicy> scenario, Boundary boundary) {}

  /**
   * A gate.
   *
   * @param remember keeps rules in the settings
   */
  public Gate(Policies policies, Confirmer confirmer, Consumer<List<Rule>> remember) {
    this.policies = policies;
    this.plan = policies.plan();
    this.confirmer = confirmer;
    this.remember = remember;
  }

  /** Whether nothing that changes anything may run. */
  public boolean plan() {
    return plan;
  }

  /** From here on nothing that changes anything may run, or it may again. */
  public void plan(boolean on) {
    plan = on;
  }

  /** What the person granted for this conversation. */
  public List<Rule> grants() {
    return List.copyOf(grants);
  }

  /** Takes a rule of this conversation back, by its text; says whether it was there. */
  public boolean revoke(String rule) {
    return grants.removeIf(granted -> granted.text().equals(rule));
  }

  /** Forgets the plain noes of the prompt before. */
  public void nextPrompt() {
    denied.clear();
  }

  /** What the rules alone say; asks nobody. */
  public Ruling rule(Pending.Ready call, List<ConfirmationPolicy> scenario) {
    var effects = call.action().effects();
    if (plan && !call.reads()) {
      return new Ruling(Verdict.DENY, "--plan");
    }
    var proposal =
        new Proposal(
            call.spec().name(), call.arguments(), effects, isProtected(effects), policies.facts());
    var standard = new StandardPolicy().rule(proposal).orElseThrow();
    if (!call.flows().isEmpty()) {
      standard = standard.or(new Ruling(Verdict.ASK, "a secret that goes elsewhere asks"));
    }
    var tightened = tightened(proposal, scenario);
    if (tightened.isPresent() && tightened.get().verdict() == Verdict.DENY) {
      return tightened.get();
    }
    if (standard.verdict() == Verdict.ASK && call.flows().isEmpty()) {
      standard =
          allowedBy(call).map(rule -> new Ruling(Verdict.ALLOW, rule.text())).orElse(standard);
    }
    return tightened.map(standard::or).orElse(standard);
  }

  /** Rules on a call, asking the person where the rules say so. */
  public Decision decide(Pending.Ready call, Setting setting, Cancellation cancellation) {
    return decide(call, rule(call, setting.scenario()), setting, cancellation);
  }

  /** The same for a call whose ruling is known. */
  public Decision decide(
      Pending.Ready call, Ruling ruling, Setting setting, Cancellation cancellation) {
    return switch (ruling.verdict()) {
      case ALLOW -> new Decision.Allowed(ruling.rule(), false);
      case DENY -> plan && !call.reads() ? planned(ruling) : denied(ruling);
      case ASK -> ask(call, ruling, setting, cancellation);
    };
  }

  /** The rules that together cover the effects of a call that ask; empty where none may. */
  List<Rule> grantsFor(Pending.Ready call) {
    if (call.risk() == Risk.CRITICAL || !call.flows().isEmpty()) {
      return List.of();
    }
    var rules =
        call.action().effects().stream()
            .filter(StandardPolicy::asks)
            .map(effect -> Rule.exactly(call.spec().name(), call.arguments(), effect))
            .distinct()
            .toList();
    return rules.stream().allMatch(Gate::showsWhole) ? rules : List.of();
  }

  /** A rule that is not seen whole on one line is none that a person can agree to. */
  private static boolean showsWhole(Rule rule) {
    return Printable.line(rule.text()).equals(rule.text());
  }

  boolean isProtected(List<Effect> effects) {
    return effects.stream()
        .filter(effect -> !effect.verb().reads())
        .anyMatch(effect -> isProtected(effect.target()));
  }

  private boolean isProtected(Target target) {
    return Stream.concat(
            GUARDED.stream().flatMap(key -> target.find(key).stream()), target.aliases().stream())
        .anyMatch(value -> policies.guarded().stream().anyMatch(glob -> glob.matches(value)));
  }

  private Optional<Ruling> tightened(Proposal proposal, List<ConfirmationPolicy> scenario) {
    var all = new ArrayList<>(policies.tightening());
    all.addAll(scenario);
    return all.stream().flatMap(policy -> policy.rule(proposal).stream()).reduce(Ruling::or);
  }

  /** A rule of the person for every effect that asks; the last one's text stands for all. */
  private Optional<Rule> allowedBy(Pending.Ready call) {
    Optional<Rule> found = Optional.empty();
    for (var effect : call.action().effects()) {
      if (StandardPolicy.asks(effect)) {
        found = allowedBy(call, effect);
        if (found.isEmpty()) {
          return found;
        }
      }
    }
    return found;
  }

  private Optional<Rule> allowedBy(Pending.Ready call, Effect effect) {
    if (effect.risk() == Risk.CRITICAL) {
      return Optional.empty();
    }
    boolean exact = !effect.verb().reads() && isProtected(effect.target());
    return Stream.concat(policies.allow().stream(), grants.stream())
        .filter(rule -> rule.covers(call.spec().name(), call.arguments(), effect))
        .filter(rule -> !exact || rule.namesExactly(effect.target()))
        .findFirst();
  }

  private static Decision planned(Ruling ruling) {
    return new Decision.Refused(
        By.PLAN,
        ruling.rule(),
        "this is a plan: nothing is changed; describe what you would do instead",
        List.of());
  }

  private static Decision denied(Ruling ruling) {
    return new Decision.Refused(
        By.RULE,
        ruling.rule(),
        "the rule " + ruling.rule() + " denies it; do not try it in another way",
        List.of());
  }

  private Decision ask(
      Pending.Ready call, Ruling ruling, Setting setting, Cancellation cancellation) {
    var effects = call.action().effects();
    if (effects.stream().anyMatch(effect -> denied.contains(effect.target().undecided()))) {
      return new Decision.Refused(
          By.PERSON,
          "the person's no",
          "the person has said no to this target; leave it alone until the next prompt",
          List.of());
    }
    var exact = shown(grantsFor(call), setting.boundary());
    if (!confirmer.present()) {
      return new Decision.Refused(
          By.NOBODY,
          ruling.rule(),
          "it needs a person's approval and no terminal is attached; say what you would do and why",
          exact);
    }
    boolean guarded = isProtected(effects);
    var confirmation =
        new Confirmation(
            call.spec().name(),
            call.request().arguments(),
            Printable.line(setting.boundary().words(call.action().summary(), "a summary")),
            setting.said(),
            effects,
            call.risk(),
            guarded,
            ruling.rule(),
            preview(call, setting.boundary(), cancellation),
            guarded ? List.of() : exact,
            call.flows(),
            setting.position(),
            setting.total());
    return answered(call, confirmation, confirmer.ask(confirmation, cancellation));
  }

  /** A rule that would have to be shown with a secret in it is not offered. */
  private static List<Rule> shown(List<Rule> rules, Boundary boundary) {
    boolean plain =
        rules.stream()
            .map(Rule::text)
            .allMatch(rule -> boundary.words(rule, "a rule").equals(rule));
    return plain ? rules : List.of();
  }

  private Decision answered(Pending.Ready call, Confirmation asked, Answer answer) {
    return switch (answer) {
      case Answer.Once(var typed) -> {
        var wanted = asked.typed();
        yield wanted.isEmpty() || wanted.get().equals(typed)
            ? new Decision.Allowed("the person said yes", true)
            : no(call, "");
      }
      case Answer.Session(var rules) -> {
        granted(asked, rules);
        yield new Decision.Allowed("the person said yes, for this conversation", true);
      }
      case Answer.Always(var rules) -> {
        if (granted(asked, rules)) {
          remember.accept(rules);
        }
        yield new Decision.Allowed("the person said yes, always", true);
      }
      case Answer.Edit(var arguments) ->
          new Decision.Edited("the person changed the arguments", arguments);
      case Answer.No(var reason) -> no(call, reason);
      case Answer.Stop() -> new Decision.Stopped("the person stopped the run");
    };
  }

  /** Nothing is remembered about what is critical or protected. */
  private boolean granted(Confirmation asked, List<Rule> rules) {
    boolean may = !asked.protectedTarget() && asked.typed().isEmpty();
    if (may) {
      grants.addAll(rules);
    }
    return may;
  }

  private Decision no(Pending.Ready call, String reason) {
    if (reason.isBlank()) {
      call.action().effects().stream()
          .filter(StandardPolicy::asks)
          .forEach(effect -> denied.add(effect.target().undecided()));
      return new Decision.Refused(
          By.PERSON,
          "the person's no",
          "the person said no; leave this target alone and answer with what you have",
          List.of());
    }
    return new Decision.Refused(
        By.PERSON,
        "the person's no",
        "the person said no: " + reason + " (a changed call may be proposed)",
        List.of());
  }

  private static Optional<Preview> preview(
      Pending.Ready call, Boundary boundary, Cancellation cancellation) {
    return call.action()
        .preview()
        .map(
            supplier ->
                switch (Bounded.run(
                    call.spec().name(), supplier::get, call.call().deadline(), cancellation)) {
                  case Bounded.Done<Preview>(var preview) ->
                      new Preview(
                          preview.kind(),
                          boundary.clean(preview.title(), "a preview"),
                          boundary.clean(preview.body(), "a preview"));
                  case Bounded.Failed<Preview>(ToolResult.Failed why, _) ->
                      Preview.text("no preview", boundary.clean(why.problem(), "a preview"));
                });
  }
}
