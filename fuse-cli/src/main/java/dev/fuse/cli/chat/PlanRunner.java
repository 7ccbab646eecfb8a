package dev.fuse.cli.chat;

import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.invocation.Invocation;
import dev.fuse.cli.json.CallData;
import dev.fuse.cli.json.Json;
import dev.fuse.cli.plan.PlanFile;
import dev.fuse.gate.CallRecord;
import dev.fuse.gate.Confirmer;
import dev.fuse.gate.Decision;
import dev.fuse.run.Cancellation;
import dev.fuse.spi.Risk;
import dev.fuse.text.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Runs a plan: asking about each call, or exactly as it was reviewed where its hash is named. */
public record PlanRunner(Invocation invocation, Agents agents) {

  /** Says how a step is now, and lets nothing run. */
  private static final class Look implements Confirmer {
    private String hash = "";
    private boolean critical;

    @Override
    public boolean present() {
      return true;
    }

    @Override
    public Answer ask(Confirmation confirmation, Cancellation cancellation) {
      hash = PlanFile.hash(confirmation);
      critical = confirmation.risk() == Risk.CRITICAL;
      return new Answer.No("");
    }
  }

  /** Says yes to this very call, which was reviewed. */
  private record Reviewed(PlanFile.Step step) implements Confirmer {
    @Override
    public boolean present() {
      return true;
    }

    @Override
    public Answer ask(Confirmation confirmation, Cancellation cancellation) {
      boolean same =
          confirmation.tool().equals(step.tool())
              && confirmation.arguments().equals(step.arguments())
              && confirmation.risk() != Risk.CRITICAL;
      return same ? new Answer.Once("") : new Answer.No("");
    }
  }

  /** Runs the plan of a file. */
  public ExitCode apply(Path file, Optional<String> hash, boolean json) {
    var bytes = PlanFile.bytes(file);
    var actual = PlanFile.sha256(bytes);
    if (hash.isPresent() && !hash.get().toLowerCase(Locale.ROOT).equals(actual)) {
      throw new FuseException(
          Kind.FAILED,
          "'" + file + "' is not the plan that was reviewed: its SHA-256 is " + actual,
          "review it again, and name the hash of what you reviewed");
    }
    var plan = PlanFile.read(file, bytes);
    show(plan);
    if (plan.steps().isEmpty()) {
      return ExitCode.DONE;
    }
    unchanged(plan, hash.isPresent());
    var done = new ArrayList<CallRecord>();
    for (var step : plan.steps()) {
      var confirmer = hash.isPresent() ? new Reviewed(step) : agents.confirmer(_ -> {});
      var call = agents.call(step.tool(), step.arguments(), confirmer);
      done.add(call);
      if (!call.ok()) {
        break;
      }
      invocation.note("  ✓ " + step.tool() + " " + Printable.line(step.summary()));
    }
    return report(plan, done, json);
  }

  private void show(PlanFile plan) {
    invocation.note("plan for: " + Printable.line(plan.question()));
    for (int i = 0; i < plan.steps().size(); i++) {
      var step = plan.steps().get(i);
      invocation.note(
          "  %d. %s · %s  %s"
              .formatted(i + 1, step.tool(), step.risk(), Printable.line(step.summary())));
    }
    if (plan.steps().isEmpty()) {
      invocation.note("  no changes");
    }
  }

  /** All steps are looked at before the first one runs. */
  private void unchanged(PlanFile plan, boolean strict) {
    for (int i = 0; i < plan.steps().size(); i++) {
      var step = plan.steps().get(i);
      var look = new Look();
      agents.call(step.tool(), step.arguments(), look);
      var which =
          "step " + (i + 1) + " (" + step.tool() + " " + Printable.line(step.summary()) + ")";
      if (strict && look.critical) {
        throw new FuseException(
            Kind.UNCONFIRMED,
            which + " cannot be undone or is very wide, and no flag covers that",
            "run fuse apply without --sha256 at a terminal");
      }
      if (!look.hash.isEmpty() && !look.hash.equals(step.hash())) {
        if (strict) {
          throw new FuseException(
              Kind.FAILED,
              which + " has changed since the plan was written; nothing was run",
              "write the plan again and review it");
        }
        invocation.note("  " + which + " has changed since the plan was written");
      }
    }
  }

  private ExitCode report(PlanFile plan, List<CallRecord> done, boolean json) {
    var last = done.getLast();
    var code = last.ok() ? ExitCode.DONE : code(last);
    if (json) {
      var document = new LinkedHashMap<String, Object>();
      document.put("exitCode", code.code());
      document.put("calls", done.stream().map(CallData::of).toList());
      document.put("notRun", plan.steps().size() - done.size());
      invocation.data(Json.writeIndented(document));
    }
    if (!last.ok()) {
      invocation.note("fuse: stopped at " + last.tool() + ": " + why(last));
      int rest = plan.steps().size() - done.size();
      if (rest > 0) {
        invocation.note("  not run: " + rest + (rest == 1 ? " further step" : " further steps"));
      }
    }
    return code;
  }

  private static String why(CallRecord call) {
    if (call.ruling() instanceof Decision.Refused refused) {
      return refused.by() == Decision.By.NOBODY
          ? "needs confirmation, but there is no terminal to ask on; --sha256 runs a reviewed plan"
          : refused.by() == Decision.By.PERSON ? "you declined" : "denied by " + refused.rule();
    }
    return call.failure().map(failed -> failed.problem()).orElse(call.text());
  }

  private static ExitCode code(CallRecord call) {
    return switch (call.ruling()) {
      case Decision.Refused refused ->
          refused.by() == Decision.By.NOBODY ? ExitCode.UNCONFIRMED : ExitCode.DENIED;
      case Decision.Stopped _ -> ExitCode.DENIED;
      case Decision.Allowed _, Decision.Edited _, Decision.Unruled _ -> ExitCode.FAILED;
    };
  }
}
