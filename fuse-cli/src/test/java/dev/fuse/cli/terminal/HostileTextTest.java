package dev.fuse.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.gate.Confirmer.Confirmation;
import dev.fuse.rule.Rule;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Target;
import dev.fuse.spi.Verb;
import dev.fuse.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a field of what a person sees, the terminal gets no control of it. */
class HostileTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b[2J\u001b[1;1H",
        "\u009b2J",
        "\u001b]0;title\u0007",
        "\b\b\r",
        "\u202eexe",
        "a\u200bb",
        "\u2066x\u2069",
        "\ufeff",
        "\u2028x",
        "one\ntwo"
      })
  void no_field_of_a_confirmation_or_a_call_reaches_the_terminal_raw(String odd) {
    var effect = Effect.local(Verb.UPDATE, Target.of("f" + odd, "path", "/a" + odd), Risk.HIGH);
    var rule = Rule.exactly("fs_write", Arguments.of(), effect);
    var confirmation =
        new Confirmation(
            "fs_write" + odd,
            Map.of("path" + odd, "value" + odd),
            "summary" + odd,
            "said" + odd,
            List.of(effect),
            Risk.HIGH,
            false,
            "rule" + odd,
            Optional.of(Preview.text("title" + odd, "body" + odd)),
            List.of(rule),
            List.of("flow" + odd),
            1,
            1);
    var block = new ConfirmationBlock(confirmation, 80, false);

    var lines = new ArrayList<>(block.lines());
    lines.addAll(block.details());
    lines.add(block.keys().replace("\n", ""));
    lines.add(CallLine.what("fs_" + odd, "summary" + odd, Map.of()));
    lines.add(CallLine.what("fs_" + odd, "", Map.of("k" + odd, "v" + odd)));

    assertThat(lines).allSatisfy(line -> assertThat(line).isEqualTo(Printable.line(line)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001b[31mred", "\u009b1m", "a\u200bb", "\u202e"})
  void a_line_shows_every_character_of_a_name(String odd) {
    assertThat(Printable.line("x" + odd + "y")).contains("\\u").startsWith("x").endsWith("y");
    assertThat(Printable.line("x" + odd + "y").length()).isGreaterThan(odd.length() + 2);
  }
}
