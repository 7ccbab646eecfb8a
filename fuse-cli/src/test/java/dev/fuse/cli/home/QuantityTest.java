package dev.fuse.cli.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource({"30s,30s", "5m,5m", "1h30m,90m", "90,90s", "500ms,500ms", "2d,48h", "1m30s,90s"})
  void a_duration_is_read_and_written(String text, String written) {
    assertThat(Quantity.text(Quantity.duration(text))).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5 parsecs", "-5s", "0s", "1.5h", "s", "99999999999s"})
  void what_is_no_duration_is_said_with_the_value(String text) {
    assertThatThrownBy(() -> Quantity.duration(text)).hasMessageContaining("'" + text + "'");
  }

  @Test
  void counts_may_be_in_thousands() {
    assertThat(Quantity.count("128k")).isEqualTo(128_000);
    assertThat(Quantity.count("4_000")).isEqualTo(4_000);
    assertThat(Quantity.duration("5m")).isEqualTo(Duration.ofMinutes(5));
    assertThatThrownBy(() -> Quantity.count("-1")).hasMessageContaining("'-1'");
  }
}
