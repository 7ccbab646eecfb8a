package dev.fuse.gate;

import dev.fuse.spi.Effect;
import dev.fuse.spi.Finding;
import dev.fuse.spi.ToolResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call and what became of it.
 *
 * @param call counts from {@code c1} in a conversation
 * @param ruling ALLOW, ASK or DENY with how it was decided, in words: {@code allowed by …}
 * @param outcome {@code ok}, {@code refused}, or the kind of failure in lower case
 * @param text what the model is given
 * @param output the id under which the whole output is kept; empty where none is
 * @param lines of the whole output
 */
public record CallRecord(
    String call,
    String tool,
    Map<String, Object> arguments,
    String summary,
    List<Effect> effects,
    Decision ruling,
    String outcome,
    String text,
    String output,
    List<Finding> findings,
    Optional<Object> structured,
    Optional<ToolResult.Failed> failure,
    long millis,
    long lines,
    boolean evidence) {
  public CallRecord {
    effects = List.copyOf(effects);
    findings = List.copyOf(findings);
  }

  /** A call that was not run, or not again. */
  public static CallRecord unrun(
      String call,
      String tool,
      Map<String, Object> arguments,
      Decision ruling,
      String outcome,
      String text) {
    return new CallRecord(
        call,
        tool,
        arguments,
        "",
        List.of(),
        ruling,
        outcome,
        text,
        "",
        List.of(),
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        false);
  }

  public CallRecord about(String what, List<Effect> does) {
    return new CallRecord(
        call,
        tool,
        arguments,
        what,
        does,
        ruling,
        outcome,
        text,
        output,
        findings,
        structured,
        failure,
        millis,
        lines,
        evidence);
  }

  public CallRecord because(ToolResult.Failed why) {
    return new CallRecord(
        call,
        tool,
        arguments,
        summary,
        effects,
        ruling,
        outcome,
        text,
        output,
        findings,
        structured,
        Optional.of(why),
        millis,
        lines,
        evidence);
  }

  public CallRecord asEvidence() {
    return new CallRecord(
        call,
        tool,
        arguments,
        summary,
        effects,
        ruling,
        outcome,
        text,
        output,
        findings,
        structured,
        failure,
        millis,
        lines,
        true);
  }

  public boolean ok() {
    return outcome.equals("ok");
  }
}
