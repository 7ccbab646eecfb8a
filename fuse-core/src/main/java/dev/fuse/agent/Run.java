package dev.fuse.agent;

import dev.fuse.agent.Outcome.Status;
import dev.fuse.boundary.Boundary;
import dev.fuse.brief.ChatModel;
import dev.fuse.brief.Guide;
import dev.fuse.brief.Guidebook;
import dev.fuse.brief.HostTools;
import dev.fuse.brief.Order;
import dev.fuse.brief.ToolOffer;
import dev.fuse.gate.CallRecord;
import dev.fuse.gate.Decision;
import dev.fuse.gate.Decision.By;
import dev.fuse.gate.RulePolicy;
import dev.fuse.run.Toolbox;
import dev.fuse.scenario.Aim;
import dev.fuse.scenario.Scenario;
import dev.fuse.scenario.Scenario.Step;
import dev.fuse.scenario.ScenarioClassifier.Candidate;
import dev.fuse.scenario.ScenarioClassifier.Classification;
import dev.fuse.scenario.ScenarioClassifier.Clue;
import dev.fuse.scenario.ScenarioClassifier.Fit;
import dev.fuse.scenario.ScenarioClassifier.Question;
import dev.fuse.spi.ConfirmationPolicy;
import dev.fuse.spi.Facts;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is known of the prompt that is being answered. */
final class Run {

  private static final String DIAGNOSIS = "_diagnose";

  /** Tokens of a finding that is read before it is known whether it is asked for. */
  private static final int DIGEST = 300;

  private final Question question;
  private final Guidebook book;
  private final Classification classification;
  private final Optional<Scenario> chosen;
  private final List<Guidebook.Filled> guidance = new ArrayList<>();
  private final List<CallRecord> calls = new ArrayList<>();
  private ToolOffer offer =
      ToolOffer.of(List.of(), false, List.of(), ToolOffer.Wanted.of(List.of(), List.of()));
  private ChatModel.Usage usage = ChatModel.Usage.NONE;
  private int turns;

  private Run(
      Question question, Guidebook book, Classification classification, Optional<Scenario> chosen) {
    this.question = question;
    this.book = book;
    this.classification = classification;
    this.chosen = chosen;
    Stream.concat(book.always().stream(), chosen.stream())
        .distinct()
        .forEach(scenario -> guidance.add(book.guide(scenario, question)));
  }

  /** What there is before the first prompt. */
  static Run none() {
    return new Run(
        new Question("", Facts.none(), ""),
        Guidebook.empty(),
        Classification.none(""),
        Optional.empty());
  }

  static Run begin(
      Agent.Prompt prompt, String previous, Guidebook book, Facts facts, Boundary boundary) {
    var question =
        book.seen(new Question(boundary.words(prompt.text(), "the prompt"), facts, previous));
    if (prompt.scenario().equals("none")) {
      return new Run(question, book, Classification.none("--scenario none"), Optional.empty());
    }
    if (!prompt.scenario().isEmpty()) {
      var named = new Candidate(prompt.scenario(), 1);
      return new Run(
          question,
          book,
          new Classification(Fit.GUIDE, List.of(named), "--scenario " + prompt.scenario()),
          book.find(prompt.scenario()));
    }
    var classification = book.classify(question);
    var chosen =
        classification.fit() == Fit.GUIDE
            ? book.find(classification.candidates().getFirst().scenario())
            : Optional.<Scenario>empty();
    return new Run(question, book, classification, chosen);
  }

  Classification classification() {
    return classification;
  }

  Optional<Scenario> chosen() {
    return chosen;
  }

  String scenario() {
    return chosen.map(Scenario::name).orElse("");
  }

  /** The steps of what guides; of an order none that look for faults. */
  List<Step> stepsWithModel(Toolbox toolbox) {
    if (Order.is(question.prompt())) {
      return steps().stream().filter(step -> !step.tool().endsWith(DIAGNOSIS)).toList();
    }
    var steps = new ArrayList<>(steps());
    Guide.candidates(classification, book).stream()
        .flatMap(scenario -> book.fill(scenario, question).steps().stream())
        .filter(step -> step.tool().endsWith(DIAGNOSIS) && toolbox.find(step.tool()).isPresent())
        .map(step -> new Step(step.tool(), step.with(), step.when(), Optional.of(DIGEST)))
        .filter(step -> steps.stream().noneMatch(it -> it.tool().equals(step.tool())))
        .forEach(steps::add);
    return steps;
  }

  List<Step> steps() {
    return guidance.stream().flatMap(filled -> filled.steps().stream()).toList();
  }

  /** Tools that the guidance wants and that are not there. */
  List<Guidebook.Lacking> lacking() {
    return guidance.stream().flatMap(filled -> filled.lacking().stream()).distinct().toList();
  }

  /**
   * Not sure: the steps of both candidates; nothing fits, or what fits looks at nothing that can be
   * reached: the diagnosers of every system that is pinned or named, else of those that can be
   * reached from here. No way leads nowhere.
   */
  List<Step> stepsWithoutModel(Toolbox toolbox) {
    var steps = new ArrayList<>(steps());
    if (steps.isEmpty() && book.isTalk(question.prompt())) {
      return steps;
    }
    Guide.candidates(classification, book)
        .forEach(scenario -> steps.addAll(book.fill(scenario, question).steps()));
    var systems = systems();
    var told = question.clues().stream().flatMap(clue -> clue.tool().stream()).toList();
    boolean nothing = steps.isEmpty() && systems.isEmpty();
    boolean elsewhere = systems.isEmpty() && steps.stream().noneMatch(it -> reaches(it, toolbox));
    var reachable = elsewhere ? book.reachable(question.facts()) : systems;
    toolbox.specs().stream()
        .filter(
            spec ->
                told.contains(spec.name())
                    || (spec.name().endsWith(DIAGNOSIS)
                        && (looksAt(spec, reachable)
                            || (nothing && !spec.ceiling().leavesMachine()))))
        .filter(spec -> steps.stream().noneMatch(step -> step.tool().equals(spec.name())))
        .forEach(
            spec -> Aim.diagnosis(spec, question.prompt(), question.clues()).ifPresent(steps::add));
    return steps.stream().distinct().toList();
  }

  /**
   * Whether a step looks at something that can be reached from here: this machine, at the least.
   */
  private boolean reaches(Step step, Toolbox toolbox) {
    return toolbox
        .find(step.tool())
        .filter(
            spec ->
                !spec.ceiling().leavesMachine() || looksAt(spec, book.reachable(question.facts())))
        .isPresent();
  }

  /** The systems that clues speak of. */
  Set<String> systems() {
    return question.clues().stream().map(Clue::system).collect(Collectors.toSet());
  }

  private static boolean looksAt(ToolSpec tool, Set<String> systems) {
    return tool.ceiling().systems().stream().anyMatch(systems::contains);
  }

  /** What the question is about, beside its words. */
  List<Clue> clues() {
    return question.clues();
  }

  /**
   * Offers what scenario, named and pinned systems and the words call for.
   *
   * @param earlier names that were offered or called before, the latest first
   */
  void offer(Toolbox toolbox, boolean plan, List<String> earlier, List<CallRecord> evidence) {
    var wanted = new LinkedHashSet<String>();
    boolean order = Order.is(question.prompt());
    guidance.forEach(
        filled -> {
          wanted.addAll(filled.scenario().tools());
          filled.steps().forEach(step -> wanted.add(step.tool()));
        });
    evidence.stream().filter(CallRecord::ok).map(CallRecord::tool).forEach(wanted::remove);
    boolean unsure = !Guide.candidates(classification, book).isEmpty();
    var always =
        unsure
            ? List.of(HostTools.FIND_TOOLS, HostTools.USE_SCENARIO)
            : List.of(HostTools.FIND_TOOLS);
    var others = toolbox.specs().stream().filter(s -> !HostTools.NAMES.contains(s.name())).toList();
    var systems = new HashSet<>(systems());
    if (chosen.isPresent()) {
      toolbox.specs().stream()
          .filter(spec -> wanted.contains(spec.name()))
          .forEach(spec -> systems.addAll(spec.ceiling().systems()));
    }
    boolean nothing = classification.fit() == Fit.NONE && systems.isEmpty() && !order;
    int tokens =
        (Guide.proven(evidence) && !order) || nothing
            ? ToolOffer.BUDGET_BESIDE_FINDINGS
            : ToolOffer.BUDGET;
    var calling =
        new ToolOffer.Wanted(
            wanted, book.rank(question.prompt(), others), systems, earlier, tokens);
    offer = ToolOffer.of(toolbox.specs(), plan, always, calling);
  }

  String question(List<String> attachments, List<CallRecord> evidence) {
    offerPaging(Stream.concat(attachments.stream(), evidence.stream().map(CallRecord::text)));
    return Guide.question(
        new Guide.Asked(question.prompt(), attachments, question.clues()),
        guidance,
        Guide.candidates(classification, book),
        evidence,
        offer.others());
  }

  /** The names that are offered now. */
  List<String> offered() {
    return offer.names();
  }

  /** Brings a scenario that the model chose. */
  Guidebook.Filled use(Scenario scenario) {
    var filled = book.guide(scenario, question);
    guidance.add(filled);
    offer.add(scenario.tools());
    return filled;
  }

  void add(String tool) {
    offer.add(List.of(tool));
  }

  String others() {
    return offer.others();
  }

  List<ToolSpec> tools() {
    return offer.specs();
  }

  /** The rules of the scenarios that guide; they only tighten. */
  List<ConfirmationPolicy> policies() {
    var policies = new ArrayList<ConfirmationPolicy>();
    for (var filled : guidance) {
      var where = "scenario " + filled.scenario().name();
      policies.add(new RulePolicy(Verdict.DENY, filled.scenario().deny(), where));
      policies.add(new RulePolicy(Verdict.ASK, filled.scenario().ask(), where));
    }
    return policies;
  }

  void turned(int turn) {
    turns = turn;
  }

  void used(ChatModel.Usage more) {
    usage = usage.plus(more);
  }

  void called(List<CallRecord> records) {
    calls.addAll(records);
    offerPaging(records.stream().map(CallRecord::text));
  }

  /** Offered once there is something to page through. */
  private void offerPaging(Stream<String> texts) {
    if (texts.anyMatch(text -> text.contains(HostTools.OUTPUT_READ + "("))) {
      add(HostTools.OUTPUT_READ);
    }
  }

  List<CallRecord> calls() {
    return calls;
  }

  int turns() {
    return turns;
  }

  ChatModel.Usage usage() {
    return usage;
  }

  boolean refused() {
    return status() != Status.DONE;
  }

  /** How a whole answer ends, by what was refused on the way to it. */
  Status status() {
    if (refusedBy(By.NOBODY)) {
      return Status.UNCONFIRMED;
    }
    return refusedBy(By.RULE) ? Status.DENIED : Status.DONE;
  }

  /** What a plan does not run is no refusal: it is what the person asked for. */
  private boolean refusedBy(By by) {
    return calls.stream()
        .anyMatch(call -> call.ruling() instanceof Decision.Refused refused && refused.by() == by);
  }
}
