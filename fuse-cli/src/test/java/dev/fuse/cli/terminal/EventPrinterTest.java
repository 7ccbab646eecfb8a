package dev.fuse.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.agent.AgentEvent;
import dev.fuse.gate.CallRecord;
import dev.fuse.gate.Decision;
import dev.fuse.scenario.Scenario;
import dev.fuse.scenario.ScenarioClassifier.Candidate;
import dev.fuse.scenario.ScenarioClassifier.Classification;
import dev.fuse.scenario.ScenarioClassifier.Fit;
import dev.fuse.spi.Facts;
import dev.fuse.spi.Finding;
import dev.fuse.spi.ToolResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventPrinterTest {

  private static final Facts FACTS =
      new Facts(Map.of("kube-context", "gke_acme-staging_eu", "kube-namespace", "payments"));

  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

  @Test
  void a_run_reads_as_lines_beside_the_answer() {
    var printer = printer(pipe(), false, false);
    play(printer);

    assertThat(text(notes))
        .isEqualTo(
            """
            ● scenario  kubernetes-workload  0.94         gke_acme-staging_eu · payments     (--scenario none to skip)
              ✓ k8s_diagnose deployment/checkout                          0.4s   1 finding
              ✓ k8s_logs checkout-7d9c… previous                          0.4s   118 lines, cut (whole: o3)
              – k8s_apply raise the limit                                 refused: k8s_apply(context:prod)
              ✗ k8s_list kind=podz                                        no kind is called 'podz'
            ! HTTP 429; again in 1.0s
            """);
    assertThat(text(data)).isEqualTo("Let me look.\n**Killed** by its limit.\n");
  }

  @Test
  void quiet_prints_the_answer_and_nothing_else() {
    var printer = printer(pipe(), true, true);
    play(printer);

    assertThat(text(notes)).isEmpty();
    assertThat(text(data)).isEqualTo("**Killed** by its limit.\n");
  }

  @Test
  void verbose_shows_arguments_and_results() {
    printer(pipe(), false, true).accept(logs());

    assertThat(text(notes))
        .contains("      k8s_logs pod=checkout-7d9c\n", "      line one\n")
        .doesNotContain("\u001b");
  }

  @Test
  void a_terminal_tells_what_runs_and_clears_it() {
    var printer = printer(terminal(false), false, false);
    printer.accept(started("c1", "k8s_logs", "checkout"));
    printer.accept(new AgentEvent.CallProgress("c1", "2 of 3"));
    printer.accept(started("c2", "k8s_list", "pods"));
    printer.accept(logs());

    assertThat(text(notes))
        .contains(
            "k8s_logs checkout: 2 of 3", "k8s_list pods  and 1 more", "\r\u001b[K  ✓ k8s_logs");
  }

  @Test
  void a_screen_reader_gets_words_and_no_movement() {
    var printer = printer(terminal(true), false, false);
    play(printer);

    assertThat(text(notes)).contains("  ok k8s_diagnose", "failed k8s_list", "refused k8s_apply");
    assertThat(text(notes) + text(data)).doesNotContain("\r", "\u001b", "●", "✓", "✗");
  }

  @Test
  void a_long_line_gives_way_to_the_width_of_the_terminal() {
    var printer = printer(new Screen.Device(true, true, true, "never", 50, false), false, false);
    printer.accept(logs());

    assertThat(text(notes).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(50));
  }

  private static void play(EventPrinter printer) {
    var chosen =
        new Classification(Fit.GUIDE, List.of(new Candidate("kubernetes-workload", 0.94)), "");
    printer.accept(new AgentEvent.Classified(chosen, Optional.of(scenario())));
    printer.accept(started("c1", "k8s_diagnose", "deployment/checkout"));
    printer.accept(ended("k8s_diagnose", "deployment/checkout", "ok", "killed", 1));
    printer.accept(new AgentEvent.TurnStarted(1, 5, 900));
    printer.accept(new AgentEvent.TextDelta("Let me look."));
    printer.accept(new AgentEvent.TextEnded(false));
    printer.accept(logs());
    printer.accept(ended("k8s_apply", "raise the limit", "refused", "refused", 0));
    printer.accept(ended("k8s_list", "", "invalid", "failed", 0));
    printer.accept(new AgentEvent.Retrying("HTTP 429", 1000));
    printer.accept(new AgentEvent.TextDelta("**Killed** by "));
    printer.accept(new AgentEvent.TextDelta("its limit.\n"));
    printer.accept(new AgentEvent.TextEnded(true));
  }

  private static AgentEvent logs() {
    var text = "line one\n… 114 lines left out; output_read(id=\"o3\", from=5) has them …\n";
    return ended("k8s_logs", "checkout-7d9c… previous", "ok", text, 0);
  }

  private static AgentEvent ended(
      String tool, String summary, String outcome, String text, int findings) {
    boolean ok = outcome.equals("ok");
    Decision ruling =
        outcome.equals("refused")
            ? new Decision.Refused(Decision.By.RULE, "k8s_apply(context:prod)", "no", List.of())
            : new Decision.Allowed("reads", false);
    return new AgentEvent.CallEnded(
        new CallRecord(
            "c1",
            tool,
            summary.isEmpty() ? Map.of("kind", "podz") : Map.of("pod", "checkout-7d9c"),
            summary,
            List.of(),
            ruling,
            outcome,
            text,
            ok ? "o3" : "",
            Collections.nCopies(findings, Finding.info("pod", "killed")),
            Optional.empty(),
            outcome.equals("invalid")
                ? Optional.of(
                    ToolResult.failed(ToolResult.Kind.INVALID, "no kind is called 'podz'", ""))
                : Optional.empty(),
            ok ? 412 : 0,
            ok ? 118 : 0,
            false));
  }

  private static AgentEvent started(String call, String tool, String summary) {
    return new AgentEvent.CallStarted(call, tool, Map.of(), summary, false);
  }

  private static Scenario scenario() {
    return new Scenario(
        "kubernetes-workload",
        "",
        "",
        new Scenario.Match(List.of(), List.of(), List.of(), Map.of(), List.of()),
        Scenario.Mode.AUTO,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        "",
        List.of(),
        List.of());
  }

  private static Screen.Device pipe() {
    return new Screen.Device(false, false, false, "auto", 0, false);
  }

  private static Screen.Device terminal(boolean accessible) {
    return new Screen.Device(true, true, true, "never", 120, accessible);
  }

  private EventPrinter printer(Screen.Device device, boolean quiet, boolean verbose) {
    var screen =
        new Screen(
            new PrintStream(data, true, StandardCharsets.UTF_8),
            new PrintStream(notes, true, StandardCharsets.UTF_8),
            device);
    return new EventPrinter(screen, FACTS, quiet, verbose);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
