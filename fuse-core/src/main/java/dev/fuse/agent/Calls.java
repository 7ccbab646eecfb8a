package dev.fuse.agent;

import dev.fuse.gate.CallRecord;
import dev.fuse.gate.Decision;
import dev.fuse.gate.Decision.By;
import dev.fuse.gate.Gate;
import dev.fuse.run.Cancellation;
import dev.fuse.run.Pending;
import dev.fuse.run.ToolRequest;
import dev.fuse.run.Toolbox;
import dev.fuse.run.Unchanged;
import dev.fuse.scenario.Scenario.Step;
import dev.fuse.spi.ConfirmationPolicy;
import dev.fuse.spi.Undo;
import dev.fuse.spi.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a turn: all prepared, then all ruled on, then run; reads that stand together in
 * parallel, everything else in order. Every request gives one record, in the order of requests.
 */
final class Calls {

  /** What an evidence step's result may have where the scenario does not say. */
  private static final int STEP_TOKENS = 800;

  private final Toolbox toolbox;
  private final Gate gate;
  private final Runner runner;
  private final Map<String, Repeat> repeats = new HashMap<>();

  /** The first result of a call, and how often it has been asked for since. */
  private record Repeat(CallRecord first, int times) {}

  /** What became of a turn's calls. */
  record Batch(List<CallRecord> records, boolean stopped, boolean onlyRepeats) {}

  /** A request on its way; {@code record} is set once nothing more will happen to it. */
  private static final class Slot {
    final String id;
    final Optional<Undo> undo;
    Pending pending;
    @Nullable Decision decision;
    @Nullable CallRecord record;

    Slot(String id, Optional<Undo> undo, Pending pending) {
      this.id = id;
      this.undo = undo;
      this.pending = pending;
    }

    boolean runs() {
      return record == null;
    }
  }

  Calls(Toolbox toolbox, Gate gate, Runner runner) {
    this.toolbox = toolbox;
    this.gate = gate;
    this.runner = runner;
  }

  void nextPrompt() {
    gate.nextPrompt();
    repeats.clear();
  }

  Batch run(
      List<ToolRequest> requests,
      String said,
      List<ConfirmationPolicy> scenario,
      Cancellation cancellation) {
    return finish(prepare(requests, cancellation), said, scenario, cancellation);
  }

  /** The call that takes a change back, refused where its target is not as the change left it. */
  CallRecord undo(Undo undo, Cancellation cancellation) {
    var id = runner.nextId();
    var request = new ToolRequest(id, undo.tool(), "", undo.arguments(), Optional.empty());
    var prepared = runner.prepare(id, request, runner.limit(), cancellation);
    var slot = new Slot(id, Optional.of(undo), Unchanged.check(undo, prepared));
    return finish(List.of(slot), "", List.of(), cancellation).records().getFirst();
  }

  private Batch finish(
      List<Slot> slots, String said, List<ConfirmationPolicy> scenario, Cancellation cancellation) {
    boolean stopped = rule(slots, said, scenario, cancellation);
    runAll(slots, said, scenario, cancellation);
    var records = slots.stream().map(slot -> Objects.requireNonNull(slot.record)).toList();
    boolean onlyRepeats = records.stream().allMatch(record -> record.outcome().equals("repeated"));
    return new Batch(records, stopped, onlyRepeats);
  }

  /** Reading calls that nobody is asked about, each within its own time, in parallel. */
  List<CallRecord> evidence(List<Step> steps, Limits limits, Cancellation cancellation) {
    return inParallel(
        steps,
        step -> {
          boolean remote =
              toolbox.find(step.tool()).map(spec -> spec.ceiling().leavesMachine()).orElse(false);
          var time = remote ? limits.remoteEvidence() : limits.localEvidence();
          return evidence(step, time, cancellation);
        });
  }

  private CallRecord evidence(Step step, Duration time, Cancellation cancellation) {
    var id = runner.nextId();
    var request = new ToolRequest(id, step.tool(), "", step.with(), Optional.empty());
    if (toolbox.find(request.tool()).isEmpty()) {
      return runner.notChecked(id, request, request.tool() + " is not installed");
    }
    return switch (runner.prepare(id, request, time, cancellation)) {
      case Pending.Rejected rejected -> runner.notChecked(id, request, rejected.reason().problem());
      case Pending.Ready ready -> {
        var ruling = gate.rule(ready, List.of());
        var allowed = new Decision.Allowed(ruling.rule(), false);
        var span = new Runner.Span(time, step.limit().orElse(STEP_TOKENS), true);
        yield ready.reads() && ruling.verdict() == Verdict.ALLOW
            ? runner.run(id, ready, allowed, span, cancellation)
            : runner.notChecked(id, request, "it would have to be confirmed: " + ruling.rule());
      }
    };
  }

  private List<Slot> prepare(List<ToolRequest> requests, Cancellation cancellation) {
    return inParallel(
        requests,
        request -> {
          var id = runner.nextId();
          return new Slot(
              id, Optional.empty(), runner.prepare(id, request, runner.limit(), cancellation));
        });
  }

  private Pending prepare(Slot slot, ToolRequest request, Cancellation cancellation) {
    var prepared = runner.prepare(slot.id, request, runner.limit(), cancellation);
    return slot.undo.map(undo -> Unchanged.check(undo, prepared)).orElse(prepared);
  }

  private boolean rule(
      List<Slot> slots, String said, List<ConfirmationPolicy> scenario, Cancellation cancellation) {
    int total = (int) slots.stream().filter(slot -> asks(slot.pending, scenario)).count();
    int position = 0;
    boolean stopped = false;
    boolean changed = false;
    for (var slot : slots) {
      // What an earlier call of this turn will change is worth another look.
      if (!changed && slot.pending instanceof Pending.Ready ready && repeated(slot, ready)) {
        continue;
      }
      changed |= slot.pending instanceof Pending.Ready ready && !ready.reads();
      if (stopped || cancellation.cancelled()) {
        slot.record = runner.skipped(slot.id, slot.pending.request());
        continue;
      }
      position += asks(slot.pending, scenario) ? 1 : 0;
      var setting = new Gate.Setting(said, position, total, scenario, runner.boundary());
      stopped = decide(slot, setting, cancellation) instanceof Decision.Stopped;
    }
    return stopped;
  }

  /** Asks again as long as the person edits. */
  private Decision decide(Slot slot, Gate.Setting setting, Cancellation cancellation) {
    while (true) {
      switch (slot.pending) {
        case Pending.Rejected rejected -> {
          var unruled = new Decision.Unruled("not a call");
          slot.record = runner.rejected(slot.id, rejected);
          return unruled;
        }
        case Pending.Ready ready -> {
          var decision = gate.decide(ready, setting, cancellation);
          slot.decision = decision;
          switch (decision) {
            case Decision.Edited(_, var arguments) -> {
              var edited = runner.edited(ready.request(), arguments);
              slot.pending = prepare(slot, edited, cancellation);
              continue;
            }
            case Decision.Refused refused -> slot.record = runner.refused(slot.id, ready, refused);
            case Decision.Stopped stopped ->
                slot.record =
                    runner.refused(
                        slot.id,
                        ready,
                        new Decision.Refused(
                            By.PERSON, stopped.rule(), "the person stopped the run", List.of()));
            case Decision.Allowed _, Decision.Unruled _ -> {}
          }
          return decision;
        }
      }
    }
  }

  private boolean asks(Pending pending, List<ConfirmationPolicy> scenario) {
    return pending instanceof Pending.Ready ready
        && gate.rule(ready, scenario).verdict() == Verdict.ASK;
  }

  /** Answers a call that was made before with no change since: once more, then no more. */
  private boolean repeated(Slot slot, Pending.Ready ready) {
    var key = ready.approval();
    var before = repeats.get(key);
    if (before == null) {
      return false;
    }
    repeats.put(key, new Repeat(before.first(), before.times() + 1));
    slot.record =
        before.times() == 1
            ? runner.again(slot.id, ready, before.first())
            : runner.repeated(slot.id, ready, before.first());
    return true;
  }

  private void runAll(
      List<Slot> slots, String said, List<ConfirmationPolicy> scenario, Cancellation cancellation) {
    var setting = new Gate.Setting(said, 1, 1, scenario, runner.boundary());
    var together = new ArrayList<Slot>();
    boolean changed = false;
    for (var slot : slots) {
      if (!slot.runs()) {
        continue;
      }
      if (!((Pending.Ready) slot.pending).reads()) {
        reads(together, cancellation);
        changed |= change(slot, setting, cancellation);
      } else if (!changed || unchanged(slot, setting, cancellation)) {
        together.add(slot);
      }
    }
    reads(together, cancellation);
  }

  private void reads(List<Slot> together, Cancellation cancellation) {
    inParallel(
        List.copyOf(together),
        slot -> {
          run(slot, (Pending.Ready) slot.pending, cancellation);
          return slot;
        });
    for (var slot : together) {
      var ready = (Pending.Ready) slot.pending;
      repeats.putIfAbsent(ready.approval(), new Repeat(Objects.requireNonNull(slot.record), 1));
    }
    together.clear();
  }

  /** Whether it was run. */
  private boolean change(Slot slot, Gate.Setting setting, Cancellation cancellation) {
    if (!unchanged(slot, setting, cancellation)) {
      return false;
    }
    run(slot, (Pending.Ready) slot.pending, cancellation);
    repeats.clear();
    return true;
  }

  /**
   * Prepares a call once more just before it runs, since an approval is for exactly what was shown;
   * what is another call by now is ruled on again.
   *
   * @return whether it may run
   */
  private boolean unchanged(Slot slot, Gate.Setting setting, Cancellation cancellation) {
    var shown = (Pending.Ready) slot.pending;
    slot.pending = prepare(slot, shown.request(), cancellation);
    boolean same =
        slot.pending instanceof Pending.Ready now && now.approval().equals(shown.approval());
    if (!same) {
      decide(slot, setting, cancellation);
    }
    return slot.runs();
  }

  private void run(Slot slot, Pending.Ready ready, Cancellation cancellation) {
    slot.record =
        runner.run(
            slot.id,
            ready,
            Objects.requireNonNull(slot.decision),
            new Runner.Span(
                ready.action().limit().orElse(runner.limit()), Integer.MAX_VALUE, false),
            cancellation);
  }

  private interface Work<A, B> {
    B on(A item);
  }

  /** Results in the order of the items. */
  private static <A, B> List<B> inParallel(List<A> items, Work<A, B> work) {
    if (items.size() == 1) {
      return new ArrayList<>(Arrays.asList(work.on(items.getFirst())));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures =
          items.stream()
              .map(item -> CompletableFuture.supplyAsync(() -> work.on(item), threads))
              .toList();
      return new ArrayList<>(futures.stream().map(CompletableFuture::join).toList());
    }
  }
}
