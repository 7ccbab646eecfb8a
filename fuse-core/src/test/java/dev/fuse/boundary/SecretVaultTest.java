package dev.fuse.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretVaultTest {

  private final SecretVault vault = SecretVault.of(Map.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "AKIAIOSFODNN7EXAMPLE in a log | AKIAIOSFODNN7EXAMPLE",
        "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY | wJalrXUtnFEMI",
        "ghp_abcdefghijklmnopqrstuvwxyz0123456789 | ghp_abc",
        "token: github_pat_11ABCDEFG0abcdefghijkl_xyz | 11ABCDEFG0",
        "Authorization: Bearer abcdef1234567890abcdef | abcdef1234567890",
        "curl -H 'Authorization: Basic dXNlcjpwYXNzd29yZA==' | dXNlcjpwYXNz",
        "postgres://app:s3cr3t%40x@db:5432/app | s3cr3t",
        "DB_PASSWORD=hunter2! | hunter2",
        "export API_KEY='abc def ghi' | abc def ghi",
        "\"clientSecret\": \"a\\\"b-c-d\" | b-c-d",
        "spring.datasource.password=p@ss,word | p@ss",
        "  client-key-data: LS0tLS1CRUdJTg== | LS0tLS1CRUdJTg",
        "mysql --password=topsecret1 -u root | topsecret1",
        "Server=db;Uid=app;Pwd=hunter2secret; | hunter2secret",
        "mysql --password topsecret1 -u root | topsecret1",
        "machine x login bob password swordfish | swordfish",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N | dozjgNryP4J3",
        "{\"auths\":{\"x\":{\"auth\":\"dXNlcjpwYXNz\"}}} | dXNlcjpwYXNz",
        "AIzaSyA1234567890abcdefghijklmnopqrstuv | AIzaSyA123",
        "- name: DB_PASSWORD value: hunter2secret | hunter2secret",
        "sk-proj-abcdefghijklmnopqrstuvwxyz | abcdefghijkl",
      })
  void known_shapes_are_masked(String text, String secret) {
    assertThat(vault.mask(text, "test")).doesNotContain(secret).contains("⟦secret:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password: ${DB_PASSWORD}",
        "token: ${{ secrets.GITHUB_TOKEN }}",
        "id-token: write",
        "secretName: checkout-tls",
        "max_tokens: 4000",
        "the password is not set",
        "tokens = 12345",
        "tokenFile: /var/run/secrets/token",
        "kind: Secret",
        "password: null",
        "OLDPWD=/home/me/work",
        "git@github.com:acme/shop.git",
        "https://example.org/a:b@c",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      })
  void what_is_no_secret_stays(String text) {
    assertThat(vault.mask(text, "test")).isEqualTo(text);
  }

  @Test
  void a_handle_of_a_resumed_conversation_gets_no_new_value() {
    var vault = SecretVault.of(Map.of());
    vault.numberAfter(3);
    vault.numberAfter(1);

    assertThat(vault.hold("password", "hunter2hunter2", "a file")).isEqualTo("⟦secret:password#4⟧");
    assertThat(vault.expand("⟦secret:password#3⟧")).isEmpty();
  }

  @Test
  void one_value_has_one_handle_wherever_it_stands_and_in_other_forms() {
    var handle = vault.hold("db password", "correct-horse-battery", "b");

    assertThat(handle).isEqualTo("⟦secret:db-password#1⟧");
    assertThat(vault.mask("x correct-horse-battery y Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5", "c"))
        .isEqualTo("x " + handle + " y " + handle);
  }

  @Test
  void an_ordinary_word_is_masked_as_a_password_and_left_alone_elsewhere() {
    assertThat(vault.mask("password: changed\nthe file has changed", "a"))
        .isEqualTo("password: ⟦secret:password#1⟧\nthe file has changed");
  }

  @Test
  void masking_twice_changes_nothing_more() {
    var once = vault.mask("DB_PASSWORD=hunter2secret\ntoken: abcdefgh", "a");

    assertThat(vault.mask(once, "a")).isEqualTo(once);
  }

  @Test
  void a_private_key_is_masked_whole_even_without_its_end() {
    var text = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabc";

    assertThat(vault.mask(text, "a")).doesNotContain("MIIEow").contains("⟦secret:private-key#1⟧");
  }

  @Test
  void structured_values_under_secret_names_are_masked() {
    var masked = vault.mask(Map.of("password", "hunter2secret", "list", List.of("a", 3L)), "a");

    assertThat(masked)
        .isEqualTo(Map.of("password", "⟦secret:password#1⟧", "list", List.of("a", 3L)));
  }

  @Test
  void a_dead_handle_does_not_expand() {
    var handle = vault.hold("token", "abcdefgh", "a");

    assertThat(vault.expand("x" + handle)).contains("xabcdefgh");
    assertThat(vault.expand("⟦secret:token#99⟧")).isEmpty();
  }

  @Test
  void a_long_line_without_an_end_is_no_trouble() {
    var line = "a-".repeat(500_000) + "password=" + "q7".repeat(50_000);

    assertThat(vault.mask(line, "a")).contains("⟦secret:");
  }
}
