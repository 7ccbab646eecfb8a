package dev.fuse.agent;

import dev.fuse.agent.AgentEvent.CallEnded;
import dev.fuse.agent.AgentEvent.CallProgress;
import dev.fuse.agent.AgentEvent.CallStarted;
import dev.fuse.boundary.Boundary;
import dev.fuse.gate.CallRecord;
import dev.fuse.gate.Decision;
import dev.fuse.gate.Gate;
import dev.fuse.run.Bounded;
import dev.fuse.run.Cancellation;
import dev.fuse.run.HostCall;
import dev.fuse.run.Pending;
import dev.fuse.run.ToolRequest;
import dev.fuse.run.Toolbox;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Undo;
import dev.fuse.spi.Verdict;
import dev.fuse.text.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Prepares and runs single calls, contains what goes wrong in them, and writes their records. */
final class Runner {

  private static final int DEEPEST = 3;

  private final Toolbox toolbox;
  private final Gate gate;
  private final Boundary boundary;
  private final Agent.Keepers keepers;
  private final Duration limit;
  private final Consumer<AgentEvent> events;
  private final AtomicInteger count = new AtomicInteger();

  /** How long a call may take, how much of its result is shown, and for whom it is made. */
  record Span(Duration time, int tokens, boolean evidence) {}

  Runner(
      Toolbox toolbox,
      Gate gate,
      Boundary boundary,
      Agent.Keepers keepers,
      Duration limit,
      Consumer<AgentEvent> events) {
    this.toolbox = toolbox;
    this.gate = gate;
    this.boundary = boundary;
    this.keepers = keepers;
    this.limit = limit;
    this.events = events;
  }

  void countFrom(int earlier) {
    count.set(earlier);
  }

  String nextId() {
    return "c" + count.incrementAndGet();
  }

  Boundary boundary() {
    return boundary;
  }

  Duration limit() {
    return limit;
  }

  Pending prepare(String id, ToolRequest request, Duration time, Cancellation cancellation) {
    var services =
        services(id, toolbox.find(request.tool()), Instant.now().plus(time), cancellation, 0);
    return toolbox.prepare(request, services, time, cancellation);
  }

  CallRecord run(
      String id, Pending.Ready ready, Decision decision, Span span, Cancellation cancellation) {
    var summary = summary(ready);
    var shown = shown(ready.request());
    events.accept(new CallStarted(id, ready.spec().name(), shown, summary, span.evidence()));
    long start = System.nanoTime();
    var result = named(result(ready, span.time(), cancellation), ready, span, start);
    var origin = origin(ready);
    undo(result).ifPresent(undo -> keepers.undo().record(ready.spec().name(), summary, undo));
    var seen = boundary.observe(ready.spec().name(), origin, result, span.tokens());
    return ended(
        new CallRecord(
            id,
            ready.spec().name(),
            shown,
            summary,
            boundary.clean(ready.action().effects()),
            decision,
            outcome(result),
            seen.text(),
            seen.output(),
            seen.findings(),
            seen.structured(),
            seen.failure(),
            (System.nanoTime() - start) / 1_000_000,
            seen.lines(),
            span.evidence()));
  }

  /** Evidence that was late, with the limit that it met and the setting that raises it. */
  private static ToolResult named(ToolResult result, Pending.Ready ready, Span span, long start) {
    boolean late = System.nanoTime() - start >= span.time().toNanos();
    if (!(result instanceof ToolResult.Failed failed)
        || failed.kind() != Kind.LIMIT
        || !span.evidence()
        || !late) {
      return result;
    }
    var setting =
        ready.spec().ceiling().leavesMachine() ? "limits.evidence-remote" : "limits.evidence-local";
    return ToolResult.failed(
        Kind.LIMIT,
        "%s timed out after %ss (%s)"
            .formatted(ready.spec().name(), Math.max(1, span.time().toSeconds()), setting),
        "call it, which gives it more time");
  }

  CallRecord rejected(String id, Pending.Rejected rejected) {
    var failed = rejected.reason();
    var seen = boundary.observe(rejected.request().tool(), "a call", failed, boundary.cap());
    var unruled = new Decision.Unruled("not a call");
    return ended(
        unrun(id, rejected.request(), unruled, outcome(failed), seen.text())
            .because(seen.failure().orElseThrow()));
  }

  CallRecord refused(String id, Pending.Ready ready, Decision.Refused refused) {
    var record = unrun(id, ready.request(), refused, "refused", "refused: " + refused.reason());
    var summary = summary(ready);
    return ended(record.about(summary, boundary.clean(ready.action().effects())));
  }

  CallRecord skipped(String id, ToolRequest request) {
    var unruled = new Decision.Unruled("stopped");
    return ended(unrun(id, request, unruled, "skipped", "not run: the run was stopped"));
  }

  /** A second asking is answered with the first result. */
  CallRecord again(String id, Pending.Ready ready, CallRecord first) {
    var record = unrun(id, ready.request(), first.ruling(), first.outcome(), first.text());
    return ended(record.about(first.summary(), first.effects()));
  }

  /** A third one is not. */
  CallRecord repeated(String id, Pending.Ready ready, CallRecord first) {
    var text =
        "stopped: this very call has been made before and nothing has changed since; use its"
            + " result, or answer";
    var record = unrun(id, ready.request(), first.ruling(), "repeated", text);
    return ended(record.about(first.summary(), first.effects()));
  }

  CallRecord notChecked(String id, ToolRequest request, String why) {
    var text = boundary.clean("not checked, " + request.tool() + ": " + why, "a call");
    return ended(
        unrun(id, request, new Decision.Unruled("evidence"), "not checked", text)
            .because(ToolResult.failed(Kind.UNAVAILABLE, boundary.clean(why, "a call"), ""))
            .asEvidence());
  }

  ToolRequest edited(ToolRequest request, Map<String, Object> arguments) {
    return new ToolRequest(
        request.id(), request.tool(), request.json(), arguments, Optional.empty());
  }

  private CallRecord unrun(
      String id, ToolRequest request, Decision decision, String outcome, String text) {
    return CallRecord.unrun(id, request.tool(), shown(request), decision, outcome, text);
  }

  private CallRecord ended(CallRecord record) {
    events.accept(new CallEnded(record));
    return record;
  }

  private Map<String, Object> shown(ToolRequest request) {
    return boundary.arguments(request.arguments());
  }

  /** A tool's summary is made of what the model asked for. */
  private String summary(Pending.Ready ready) {
    return Printable.line(boundary.words(ready.action().summary(), "a summary"));
  }

  private ToolResult result(Pending.Ready ready, Duration time, Cancellation cancellation) {
    var deadline = Instant.now().plus(time);
    var ending = Cancellation.within(cancellation);
    var call = ready.call().until(deadline, ending);
    call.approve();
    var end =
        Bounded.run(ready.spec().name(), () -> ready.action().body().run(call), deadline, ending);
    return switch (end) {
      case Bounded.Done<ToolResult>(var result) -> result;
      case Bounded.Failed<ToolResult>(var why, var unseen) -> {
        ending.cancel();
        yield unseen && !ready.reads()
            ? ToolResult.failed(
                Kind.UNKNOWN_OUTCOME,
                why.problem() + "; whether the change was made is not known",
                "look at the target before anything else")
            : why;
      }
    };
  }

  private HostCall.Services services(
      String id,
      Optional<ToolSpec> caller,
      Instant deadline,
      Cancellation cancellation,
      int depth) {
    return new HostCall.Services(
        boundary.vault(),
        keepers.undo(),
        keepers.sources(),
        message -> events.accept(new CallProgress(id, message)),
        (tool, arguments) ->
            nested(id, caller, tool, arguments, deadline, cancellation, depth + 1));
  }

  /** A tool that calls another: reading ones only, declared, in the caller's time. */
  private ToolResult nested(
      String id,
      Optional<ToolSpec> caller,
      String tool,
      Arguments arguments,
      Instant deadline,
      Cancellation cancellation,
      int depth) {
    var declared = caller.map(ToolSpec::calls).orElseThrow();
    if (!declared.contains(tool) && !declared.contains("*")) {
      return ToolResult.failed(Kind.FORBIDDEN, "'" + tool + "' is not declared as a callee", "");
    }
    if (depth > DEEPEST) {
      return ToolResult.failed(Kind.LIMIT, "calls within calls end after " + DEEPEST, "");
    }
    var time = Duration.between(Instant.now(), deadline);
    var request = new ToolRequest(id, tool, "", arguments.values(), Optional.empty());
    var services = services(id, toolbox.find(tool), deadline, cancellation, depth);
    return switch (toolbox.prepare(request, services, time, cancellation)) {
      case Pending.Rejected(_, var reason) -> reason;
      case Pending.Ready ready
          when ready.reads() && gate.rule(ready, List.of()).verdict() == Verdict.ALLOW ->
          masked(result(ready, time, cancellation), origin(ready));
      case Pending.Ready ready ->
          ToolResult.failed(
              Kind.FORBIDDEN,
              ready.spec().name() + " would have to be confirmed",
              "propose it as a call of its own");
    };
  }

  private ToolResult masked(ToolResult result, String origin) {
    return switch (result) {
      case ToolResult.Failed failed ->
          new ToolResult.Failed(
              failed.kind(),
              boundary.clean(failed.problem(), origin),
              boundary.clean(failed.hint(), origin),
              failed.undo());
      case ToolResult.Ok ok -> {
        ok.secrets().forEach(s -> boundary.vault().hold(s.name(), s.value(), origin));
        yield new ToolResult.Ok(
            boundary.clean(ok.text(), origin),
            ok.structured().map(value -> boundary.structured(value, origin)),
            ok.findings(),
            List.of(),
            Optional.empty());
      }
    };
  }

  private static String origin(Pending.Ready ready) {
    return ready.action().effects().stream()
        .findFirst()
        .map(effect -> effect.target())
        .map(Target::toString)
        .orElse(ready.spec().name());
  }

  private static Optional<Undo> undo(ToolResult result) {
    return switch (result) {
      case ToolResult.Ok ok -> ok.undo();
      case ToolResult.Failed failed -> failed.undo();
    };
  }

  private static String outcome(ToolResult result) {
    return switch (result) {
      case ToolResult.Ok _ -> "ok";
      case ToolResult.Failed failed ->
          failed.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }
}
