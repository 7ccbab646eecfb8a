package dev.fuse.tool.github.change;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.tool.github.api.GitHub;
import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.api.Refused;
import dev.fuse.tool.github.secret.Sealing;
import dev.fuse.tool.github.secret.Store;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts a value into a store: its key, a sealed box, the proof that it arrived. */
final class SecretWriter {

  private static final int LARGEST = 48 * 1024;

  private final GitHub github;
  private final Store store;
  private final Map<String, Object> more;

  /**
   * A writer.
   *
   * @param more what else the request says: an organization's visibility
   */
  SecretWriter(GitHub github, Store store, Map<String, Object> more) {
    this.github = github;
    this.store = store;
    this.more = more;
  }

  /** Checks a value before anything is asked. */
  static byte[] checked(String value) {
    var bytes = value.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LARGEST) {
      throw ToolFailure.invalid(
          "the value has %d bytes, and GitHub takes 48 KB at most".formatted(bytes.length),
          "encrypt the file, commit that, and keep only its passphrase as the secret");
    }
    if (bytes.length == 0) {
      throw ToolFailure.invalid("the value is empty", "name a source that has one");
    }
    return bytes;
  }

  /** Sets it; the time that GitHub then gives is the proof. */
  String set(String name, byte[] value) {
    try {
      put(name, value);
    } catch (Refused refused) {
      if (refused.status() != 422) {
        throw refused;
      }
      put(name, value);
    }
    var proof = github.get(store.path("secrets") + "/" + name);
    if (proof.text("updated_at").isEmpty()) {
      throw new ToolFailure(
          Kind.UNKNOWN_OUTCOME,
          "'" + name + "' was sent, and GitHub does not list it",
          "list the secrets");
    }
    return proof.text("updated_at");
  }

  /** The key may be rotated between its being read and used; then it is read once more. */
  private void put(String name, byte[] value) {
    Node key = github.get(store.path("secrets") + "/public-key");
    var body = new LinkedHashMap<String, Object>(more);
    body.put("encrypted_value", Sealing.seal(value, key.text("key")));
    body.put("key_id", key.text("key_id"));
    github.send("PUT", store.path("secrets") + "/" + name, body);
  }
}
