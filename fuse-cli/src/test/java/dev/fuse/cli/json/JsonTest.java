package dev.fuse.cli.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void what_is_written_is_read_back_in_order() throws IOException {
    var value = new LinkedHashMap<String, Object>();
    value.put("z", "text with \"quotes\", \n lines, ⟦secret:db#1⟧ and \u0000");
    value.put("a", Arrays.asList(1L, 2.5, true, null, List.of()));
    value.put("big", new BigInteger("123456789012345678901234567890"));

    var text = Json.write(value);

    assertThat(text).doesNotContain("\n").startsWith("{\"z\":");
    assertThat(Json.read(text)).isEqualTo(value);
    assertThat(Json.read(Json.writeIndented(value))).isEqualTo(value);
  }

  @Test
  void an_absent_value_is_null() {
    assertThat(Json.write(Arrays.asList(Optional.of("x"), Optional.empty())))
        .isEqualTo("[\"x\",null]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1,]", "{\"a\":1} x", "{\"a\":1,", "nul", "\u0000", "{'a':1}"})
  void what_is_no_json_is_an_error_with_its_place(String text) {
    assertThatThrownBy(() -> Json.read(text))
        .isInstanceOf(IOException.class)
        .message()
        .isNotBlank()
        .doesNotContain("\n", "REDACTED");
  }

  @Test
  void an_error_names_line_and_column() {
    assertThatThrownBy(() -> Json.read("{\n  \"a\": tru\n}"))
        .hasMessageContaining("line 2, column");
  }
}
