package dev.fuse.cli.command;

import dev.fuse.cli.exit.ExitCode;
import dev.fuse.gate.CallRecord;
import dev.fuse.gate.Decision;
import dev.fuse.spi.ToolResult;

/** What became of a call made by hand: told to the person, and as an exit code. */
final class CallOutcome {

  private CallOutcome() {}

  /** Tells why a call was not made or failed; says nothing of one that worked. */
  static ExitCode tell(CallRecord call, Workbench bench) {
    if (call.ok()) {
      return ExitCode.DONE;
    }
    return switch (call.ruling()) {
      case Decision.Refused refused -> {
        var nobody = refused.by() == Decision.By.NOBODY;
        bench.note(
            "fuse: not run: "
                + (nobody
                    ? call.summary() + " needs confirmation, but there is no terminal to ask on"
                    : refused.reason()));
        refused.allow().forEach(rule -> bench.note("  allow it with " + rule.option()));
        yield nobody ? ExitCode.UNCONFIRMED : ExitCode.DENIED;
      }
      case Decision.Allowed _, Decision.Edited _, Decision.Stopped _, Decision.Unruled _ -> {
        bench.note("fuse: " + call.text());
        yield call.failure().map(CallOutcome::exitCode).orElse(ExitCode.FAILED);
      }
    };
  }

  private static ExitCode exitCode(ToolResult.Failed failed) {
    return switch (failed.kind()) {
      case INVALID -> ExitCode.USAGE;
      case CREDENTIALS -> ExitCode.CREDENTIALS;
      case LIMIT -> ExitCode.LIMIT;
      case NOT_FOUND, FORBIDDEN, CONFLICT, UNAVAILABLE, UNKNOWN_OUTCOME -> ExitCode.FAILED;
    };
  }
}
