package dev.fuse.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every layout in which a name and its value may stand, with values of several kinds. */
class LayoutsTest {

  /**
   * Values by the letter that a layout lists: a mixed, s with signs, w of words, l long, b login.
   */
  private static final Map<Character, List<String>> VALUES =
      Map.of(
          'a', List.of("Xk9vQ2mRt7Lp", "p4ssZebra77"),
          's', List.of("w8(Kd#v;Z&q2,Lm", "q7{Rt]x<Wv>3!uN", "aB3'dE6\"gH9"),
          'w', List.of("brakefluidmango", "correct-horse-battery", "kettle drum harbour"),
          'l', List.of("0f8e2b7c91aa4d53b6e7708192f3a4b5c6d7e8f9", "Zm9vYmFyLWJheg7QxKe92LwTt"),
          'b',
              List.of(
                  Base64.getEncoder()
                      .encodeToString("bob:Xk9vQ2mRt7Lp".getBytes(StandardCharsets.UTF_8)),
                  Base64.getEncoder()
                      .encodeToString("bob:swordfish".getBytes(StandardCharsets.UTF_8))));

  record Layout(String name, String kinds, String text) {}

  static List<Layout> all() throws IOException {
    try (var in = LayoutsTest.class.getResourceAsStream("layouts.txt")) {
      var layouts = new ArrayList<Layout>();
      for (var part :
          new String(in.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^=== ", -1)) {
        if (!part.isEmpty()) {
          int end = part.indexOf('\n');
          var head = part.substring(0, end).split(" {2,}", -1);
          layouts.add(new Layout(head[0], head[1], part.substring(end + 1)));
        }
      }
      return layouts;
    }
  }

  @Test
  void no_value_of_any_layout_is_seen() throws IOException {
    var leaks = new ArrayList<String>();
    for (var layout : all()) {
      for (char kind : layout.kinds().toCharArray()) {
        for (var value : VALUES.get(kind)) {
          var masked = SecretVault.of(Map.of()).mask(layout.text().replace("§", value), "a file");
          if (leaks(masked, value)) {
            leaks.add(layout.name() + " <" + value + ">: " + masked);
          }
        }
      }
    }

    assertThat(leaks).isEmpty();
  }

  @Test
  void nor_between_other_settings_nor_after_windows_line_ends() throws IOException {
    var leaks = new ArrayList<String>();
    for (var layout : all()) {
      var value = layout.kinds().startsWith("b") ? VALUES.get('b').getFirst() : "Xk9vQ2mRt7Lp";
      var text = layout.text().replace("§", value);
      for (var whole :
          List.of("host: a\nport: 80\n\n" + text + "\nlast: 1\n", text.replace("\n", "\r\n"))) {
        if (leaks(SecretVault.of(Map.of()).mask(whole, "a file"), value)) {
          leaks.add(layout.name() + ": " + whole);
        }
      }
    }

    assertThat(leaks).isEmpty();
  }

  @Test
  void lines_stay_lines() throws IOException {
    for (var layout : all()) {
      var text = layout.text().replace("§", "Xk9vQ2mRt7Lp");

      assertThat(SecretVault.of(Map.of()).maskLines(text, "a file").lines().count())
          .as(layout.name())
          .isEqualTo(text.lines().count());
    }
  }

  private static boolean leaks(String masked, String value) {
    if (masked.contains(value)) {
      return true;
    }
    // A third of it is as good as the whole.
    int part = Math.max(5, value.length() / 3);
    for (int i = 0; i + part <= value.length(); i++) {
      if (masked.contains(value.substring(i, i + part))) {
        return true;
      }
    }
    return false;
  }
}
