package dev.fuse.tool.fs.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.ToolResult.Secret;
import dev.fuse.tool.fs.Desk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".env|export DB_PASSWORD=\"hunter2\"|hunter2",
        ".env|STRIPE=sk_live_4eC39HqLyjWDarjtT1zdp7dc|sk_live_4eC39HqLyjWDarjtT1zdp7dc",
        ".env|NODE_ENV=production|",
        ".env|PORT=3000|",
        ".env|# PASSWORD=example|",
        ".env|API_KEY=${OTHER}|",
        ".npmrc|//registry.example/:_authToken=npm-abcdef|npm-abcdef",
        "credentials|aws_secret_access_key = wJalrXUtnFEMI/K7MDENG|wJalrXUtnFEMI/K7MDENG",
        "config.json|  \"auth\": \"dXNlcjpwYXNz\",|dXNlcjpwYXNz",
        "config|    client-key-data: LS0tLS1CRUdJTiBSU0E=|LS0tLS1CRUdJTiBSU0E=",
        "config|    server: https://10.0.0.1:6443|",
        ".netrc|machine x login me password s3cret|s3cret",
        ".pgpass|localhost:5432:db:me:s3cret|s3cret",
        ".htpasswd|me:$apr1$xyz$abc|$apr1$xyz$abc",
        ".vault-token|hvs.CAESI|hvs.CAESI",
      })
  void values_are_known_by_their_key_their_look_or_their_place(
      String file, String line, String value) {
    var found =
        Arrays.stream(CredentialText.secrets(Path.of("/x", file), List.of(line)))
            .map(Secret::value)
            .toList();
    assertThat(found).isEqualTo(value == null ? List.of() : List.of(value));
  }

  @Test
  void reading_searching_and_getting_mask_them(@TempDir Path root) throws IOException {
    var desk = new Desk(root);
    desk.write(".env", "DB_PASSWORD=hunter2\nMODE=fast\n");
    desk.write("secrets.yaml", "db:\n  password: hunter2\n");
    for (var result :
        List.of(
            desk.run("fs_read", "path", ".env"),
            desk.run("fs_search", "pattern", "DB", "path", ".env"),
            desk.run("fs_get", "path", "secrets.yaml"))) {
      assertThat(result.text()).contains("⟦secret").doesNotContain("hunter2");
      assertThat(result.secrets()).as("the host knows it already").isEmpty();
    }
  }
}
