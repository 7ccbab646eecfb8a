package dev.fuse.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.gate.Confirmer.Answer;
import dev.fuse.gate.Confirmer.Confirmation;
import dev.fuse.rule.Rule;
import dev.fuse.run.Cancellation;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Target;
import dev.fuse.spi.Verb;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TerminalConfirmerTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<String> ahead = new ArrayList<>();

  @Test
  void keys_give_their_answers() {
    assertThat(ask("y\n", Risk.LOW, false)).isEqualTo(new Answer.Once(""));
    assertThat(ask("\n", Risk.LOW, false)).isEqualTo(new Answer.No(""));
    assertThat(ask("q\n", Risk.LOW, false)).isEqualTo(new Answer.Stop());
    assertThat(ask("s\n", Risk.LOW, false)).hasToString(new Answer.Session(rules()).toString());
    assertThat(ask("a\n\n", Risk.LOW, false)).hasToString(new Answer.Always(rules()).toString());
    assertThat(ask("i\nuse the other one\n", Risk.LOW, false))
        .isEqualTo(new Answer.No("use the other one"));
    assertThat(ask("huh\nd\ny\n", Risk.LOW, false)).isEqualTo(new Answer.Once(""));
    assertThat(ask("e\n", Risk.LOW, false)).isEqualTo(new Answer.Edit(Map.of("path", "/edited")));
  }

  @Test
  void the_block_shows_target_risk_and_diff_and_labels_what_the_model_says() {
    ask("n\n", Risk.HIGH, false);

    assertThat(shown())
        .contains("fs_edit · HIGH", "1 of 1", "path /srv/app.yaml", "the model says: it must")
        .contains("-  port: 1", "+  port: 2", "fs_edit(path:/srv/app.yaml)");
  }

  @Test
  void of_many_effects_every_risky_one_is_shown() {
    var effects = new ArrayList<Effect>();
    for (int i = 0; i < 30; i++) {
      var risk = i < 20 ? Risk.LOW : Risk.HIGH;
      effects.add(Effect.local(Verb.UPDATE, Target.of("files", "path", "/srv/" + i), risk));
    }
    var grants = effects.stream().map(effect -> Rule.parse("fs_plan(path:/srv/*)")).toList();

    var block = new ConfirmationBlock(confirmation(effects, Risk.HIGH, false, grants), 100, false);

    assertThat(block.lines())
        .contains(
            "   update  path /srv/20", "   update  path /srv/29", "   … and 20 more; [d] shows all")
        .doesNotContain("   update  path /srv/0");
    assertThat(block.keys()).contains(" + 28 more, see [d]");
    assertThat(block.details()).contains("   rule     fs_plan(path:/srv/*)");
  }

  @Test
  void a_critical_call_takes_only_the_name() {
    assertThat(ask("y\n", Risk.CRITICAL, false)).isEqualTo(new Answer.No(""));
    assertThat(ask("/srv/app.yaml\n", Risk.CRITICAL, false))
        .isEqualTo(new Answer.Once("/srv/app.yaml"));
  }

  @Test
  void what_was_typed_before_the_question_does_not_answer_it() {
    var typed = new LateInput("y\n", "n\n");

    var answer = confirmer(typed).ask(confirmation(Risk.LOW, false), new Cancellation());

    assertThat(answer).isEqualTo(new Answer.No(""));
    assertThat(String.join("", ahead)).isEqualTo("y\n");
  }

  @Test
  void a_cancellation_is_a_stop() {
    var cancellation = new Cancellation();
    cancellation.cancel();

    assertThat(
            confirmer(InputStream.nullInputStream())
                .ask(confirmation(Risk.LOW, false), cancellation))
        .isEqualTo(new Answer.Stop());
  }

  @Test
  void without_a_terminal_nobody_is_present() {
    var confirmer =
        new TerminalConfirmer(screen(), Optional::empty, arguments -> arguments, ahead::add);

    assertThat(confirmer.present()).isFalse();
  }

  private Answer ask(String keys, Risk risk, boolean guarded) {
    return confirmer(new LateInput("", keys)).ask(confirmation(risk, guarded), new Cancellation());
  }

  private TerminalConfirmer confirmer(InputStream in) {
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new TerminalConfirmer(
        screen(), () -> Optional.of(new Tty(in, out)), _ -> Map.of("path", "/edited"), ahead::add);
  }

  private Screen screen() {
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new Screen(out, out, new Screen.Device(true, true, true, "never", 100, false));
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static List<Rule> rules() {
    return List.of(Rule.parse("fs_edit(path:/srv/app.yaml)"));
  }

  private static Confirmation confirmation(Risk risk, boolean guarded) {
    var effect = Effect.local(Verb.UPDATE, Target.of("files", "path", "/srv/app.yaml"), risk);
    return confirmation(
        List.of(effect), risk, guarded, risk == Risk.CRITICAL ? List.of() : rules());
  }

  private static Confirmation confirmation(
      List<Effect> effects, Risk risk, boolean guarded, List<Rule> grants) {
    return new Confirmation(
        "fs_edit",
        Map.of("path", "/srv/app.yaml"),
        "edit app.yaml",
        "it must",
        effects,
        risk,
        guarded,
        "everything that changes something asks",
        Optional.of(Preview.diff("app.yaml", "-  port: 1\n+  port: 2\n")),
        grants,
        List.of(),
        1,
        1);
  }

  /** Keys that are there before the question, and keys that come once it has been asked. */
  private static final class LateInput extends InputStream {
    private final ByteArrayInputStream early;
    private final ByteArrayInputStream late;
    private int looks;

    LateInput(String early, String late) {
      this.early = new ByteArrayInputStream(early.getBytes(StandardCharsets.UTF_8));
      this.late = new ByteArrayInputStream(late.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int available() {
      looks++;
      // The first two looks are those that put aside what was typed before.
      return looks <= 2 ? early.available() : late.available();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      return (early.available() > 0 ? early : late).read(bytes, offset, length);
    }

    @Override
    public int read() {
      return early.available() > 0 ? early.read() : late.read();
    }
  }
}
