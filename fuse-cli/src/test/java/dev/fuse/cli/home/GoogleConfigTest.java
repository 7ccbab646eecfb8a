package dev.fuse.cli.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoogleConfigTest {

  @TempDir Path folder;
  private final Map<String, String> variables = new HashMap<>();

  @Test
  void gclouds_active_configuration_names_the_project() throws IOException {
    write(".config/gcloud/configurations/config_default", "[core]\nproject = wrong\n");
    write(
        ".config/gcloud/configurations/config_acme",
        "[compute]\nproject=no\n[core]\nproject = acme-1\n");
    write(".config/gcloud/active_config", "acme");
    assertThat(facts()).containsEntry("google-project", "acme-1");

    variables.put("CLOUDSDK_ACTIVE_CONFIG_NAME", "default");
    assertThat(facts()).containsEntry("google-project", "wrong");
    variables.put("GOOGLE_CLOUD_PROJECT", "from-variable");
    assertThat(facts()).containsEntry("google-project", "from-variable");
    assertThat(LocalFacts.read(environment(), Map.of("project", "pinned")).values())
        .containsEntry("google-project", "pinned");
  }

  private void write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Map<String, String> facts() {
    return LocalFacts.read(environment(), Map.of()).values();
  }

  private Environment environment() {
    return Places.environment(folder, variables);
  }
}
