package dev.fuse.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

class ScenarioSchemaTest {

  private static final Path SCHEMA = Path.of("../docs/scenario.schema.json");

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '',          ''
          match,       properties/match
          parameter,   properties/parameters/additionalProperties
          step,        properties/evidence/items
          permissions, properties/permissions
          output,      properties/output
          test,        properties/tests/items
          """)
  void the_published_schema_has_the_keys_that_are_read(String of, String path) throws IOException {
    var object = (Map<?, ?>) new Yaml().load(Files.readString(SCHEMA));
    for (var step : path.isEmpty() ? new String[0] : path.split("/", -1)) {
      object = (Map<?, ?>) object.get(step);
    }

    assertThat(object.get("additionalProperties")).isEqualTo(false);
    assertThat(((Map<?, ?>) object.get("properties")).keySet())
        .isEqualTo(java.util.Set.copyOf(keys(of)));
  }

  private static List<String> keys(String of) {
    return switch (of) {
      case "match" -> ScenarioReader.MATCH;
      case "parameter" -> ScenarioReader.PARAMETER;
      case "step" -> ScenarioReader.STEP;
      case "permissions" -> ScenarioReader.PERMISSIONS;
      case "output" -> ScenarioReader.OUTPUT;
      case "test" -> ScenarioReader.TEST;
      default -> ScenarioReader.TOP;
    };
  }
}
