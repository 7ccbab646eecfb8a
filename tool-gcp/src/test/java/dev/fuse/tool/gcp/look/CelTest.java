package dev.fuse.tool.gcp.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.tool.gcp.look.Cel.Truth;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CelTest {

  private static final Map<String, Object> VALUES =
      Map.of("request.time", Instant.parse("2026-06-01T00:00:00Z"), "resource.name", "a/b");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "request.time < timestamp(\"2026-07-01T00:00:00Z\") ; YES",
        "request.time < timestamp(\"2026-05-01T00:00:00Z\") ; NO",
        "resource.name.startsWith(\"a/\") && request.time < timestamp(\"2027-01-01T00:00:00Z\") ; YES",
        "resource.name.startsWith(\"x\") && resource.type == \"y\" ; NO",
        "resource.type == \"y\" ; UNKNOWN",
        "resource.type == \"y\" || resource.name == \"a/b\" ; YES",
        "!(resource.name == \"a/b\") ; NO",
        "resource.matchTag(\"1/env\", \"prod\") ; UNKNOWN",
        "resource.name in [\"c\", \"a/b\"] ; YES",
        "request.time < ; UNKNOWN",
        "((((( ; UNKNOWN"
      })
  void what_is_not_known_is_not_decided(String expression, Truth expected) {
    assertThat(Cel.holds(expression, VALUES)).isEqualTo(expected);
  }
}
