package dev.fuse.tool.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.tool.github.log.Cause;
import dev.fuse.tool.github.log.Excerpt;
import dev.fuse.tool.github.log.LogCut;
import dev.fuse.tool.github.log.Span;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LogCutTest {

  private static final String STAMP = "2026-11-29T02:17:39.6354619Z ";

  private static Excerpt cut(String log) {
    return LogCut.of(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)), Span.ALL);
  }

  /** A line of a tool's log, its class, and the test that it names. */
  private record Line(String text, Cause cause, String test) {}

  @TestFactory
  Stream<DynamicTest> a_tools_own_words_tell_class_and_test() {
    return Stream.of(
            new Line(
                "[ERROR]   PriceTest.rounds:41 expected: <90> but was: <95>",
                Cause.TEST,
                "PriceTest.rounds"),
            new Line(
                "[ERROR] com.acme.PriceTest.rounds -- Time elapsed: 0.1 s <<< FAILURE!",
                Cause.TEST,
                "com.acme.PriceTest.rounds"),
            new Line(
                "CartTest > keeps the basket FAILED", Cause.TEST, "CartTest > keeps the basket"),
            new Line(
                "FAILED tests/test_cart.py::test_total[eur] - AssertionError: 1 != 2",
                Cause.TEST,
                "tests/test_cart.py::test_total[eur]"),
            new Line("--- FAIL: TestTotal/eur (0.00s)", Cause.TEST, "TestTotal/eur"),
            new Line("test cart::tests::total ... FAILED", Cause.TEST, "cart::tests::total"),
            new Line("  Failed Acme.Cart.Total [12 ms]", Cause.TEST, "Acme.Cart.Total"),
            new Line(
                "  1) [chromium] › cart.spec.ts:12:5 › total is right ───",
                Cause.TEST,
                "cart.spec.ts:12:5 › total is right"),
            new Line(
                "rspec ./spec/cart_spec.rb:12 # Cart total", Cause.TEST, "./spec/cart_spec.rb:12"),
            new Line("error[E0425]: cannot find value `x` in this scope", Cause.COMPILE, ""),
            new Line(
                "src/a.ts(3,7): error TS2322: Type 'string' is not assignable", Cause.COMPILE, ""),
            new Line("[ERROR] /srv/src/A.java:[12,5] cannot find symbol", Cause.COMPILE, ""),
            new Line("npm error code ERESOLVE", Cause.DEPENDENCY, ""),
            new Line("ERROR: No matching distribution found for acme==9", Cause.DEPENDENCY, ""),
            new Line("write /var/lib/x: no space left on device", Cause.DISK, ""),
            new Line(
                "FATAL ERROR: Reached heap limit JavaScript heap out of memory", Cause.MEMORY, ""),
            new Line(
                "toomanyrequests: You have reached your unauthenticated pull rate limit.",
                Cause.RATE_LIMIT,
                ""),
            new Line(
                "RequestError [HttpError]: Resource not accessible by integration",
                Cause.PERMISSION,
                ""),
            new Line("##[error]Input required and not supplied: token", Cause.SECRET, ""),
            new Line("curl: (6) Could not resolve host: api.acme.example", Cause.NETWORK, ""))
        .map(
            line ->
                DynamicTest.dynamicTest(
                    line.text(),
                    () -> {
                      var best = cut(STAMP + "before\n" + STAMP + line.text() + "\n").best();
                      assertThat(best).isPresent();
                      assertThat(best.get().cause()).isEqualTo(line.cause());
                      assertThat(best.get().test()).isEqualTo(line.test());
                    }));
  }

  @Test
  void a_log_without_trouble_has_no_strong_window() {
    var log =
        cut(
            STAMP
                + "[INFO] Tests run: 12, Failures: 0, Errors: 0, Skipped: 0\n"
                + STAMP
                + "0 errors, 0 warnings\n"
                + STAMP
                + "npm warn deprecated report@2.0.9: no longer supported\n");
    assertThat(log.windows()).noneMatch(it -> it.strong());
  }

  @Test
  void times_colours_and_the_byte_order_mark_are_off_and_repeats_are_folded() {
    var log =
        cut(
            "\ufeff"
                + STAMP
                + "##[group]Run ./wait\n"
                + STAMP
                + "\u001b[36;1m./wait\u001b[0m\n"
                + STAMP
                + "##[endgroup]\n"
                + (STAMP + "still waiting 1\n").repeat(50)
                + STAMP
                + "##[error]The operation was canceled.\n");
    assertThat(log.command()).containsExactly("Run ./wait", "./wait");
    assertThat(log.lastLines(3)).contains("still waiting 1  (×50)");
    assertThat(log.size().lines()).isEqualTo(54);
  }

  @Test
  void only_the_failing_steps_seconds_are_searched() {
    var log =
        LogCut.of(
            new ByteArrayInputStream(
                """
                2026-11-29T02:17:10.0000000Z error: this was another step
                2026-11-29T02:17:39.0000000Z ##[group]Run make
                2026-11-29T02:17:39.1000000Z ##[endgroup]
                2026-11-29T02:17:40.0000000Z make: *** [all] Error 2
                """
                    .getBytes(StandardCharsets.UTF_8)),
            Span.of("2026-11-29T02:17:39Z", "2026-11-29T02:17:41Z"));
    assertThat(log.windows())
        .singleElement()
        .satisfies(it -> assertThat(it.line()).startsWith("make:"));
    assertThat(log.tests()).isEqualTo(List.of());
  }
}
