package dev.fuse.tool.github.secret;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import java.util.Arrays;
import java.util.Base64;
import software.pando.crypto.nacl.CryptoBox;

/**
 * libsodium's {@code crypto_box_seal}: an ephemeral X25519 key, XSalsa20 and Poly1305; only the
 * holder of the secret key can open it.
 */
final class SealedBox {

  private static final int KEY = 32;
  private static final int NONCE = 24;

  private SealedBox() {}

  /**
   * Seals a value.
   *
   * @param publicKey as GitHub gives it, in Base64
   * @return the box in Base64
   */
  static String seal(byte[] value, String publicKey) {
    byte[] recipient;
    try {
      recipient = Base64.getDecoder().decode(publicKey);
    } catch (IllegalArgumentException malformed) {
      throw notAKey();
    }
    if (recipient.length != KEY) {
      throw notAKey();
    }
    var ephemeral = CryptoBox.keyPair();
    var own = raw(ephemeral.getPublic().getEncoded());
    var nonce = Blake2b.hash(NONCE, own, recipient);
    try (var box =
        CryptoBox.encrypt(ephemeral.getPrivate(), CryptoBox.publicKey(recipient), nonce, value)) {
      var sealed = Arrays.copyOf(own, KEY + value.length + 16);
      var inside = box.getCiphertextWithTag();
      System.arraycopy(inside, 0, sealed, KEY, inside.length);
      return Base64.getEncoder().encodeToString(sealed);
    }
  }

  /** The last bytes of the encoded form are the key itself. */
  private static byte[] raw(byte[] encoded) {
    return Arrays.copyOfRange(encoded, encoded.length - KEY, encoded.length);
  }

  private static ToolFailure notAKey() {
    return new ToolFailure(
        Kind.UNAVAILABLE, "GitHub gave a public key that is not 32 bytes in Base64", "try again");
  }
}
