package dev.fuse.tool.github.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fuse.spi.ToolFailure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import software.pando.crypto.nacl.CryptoBox;

class SealedBoxTest {

  @Test
  void the_hash_is_that_of_rfc_7693() {
    assertThat(HexFormat.of().formatHex(Blake2b.hash(64, "abc".getBytes(StandardCharsets.UTF_8))))
        .startsWith("ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1")
        .endsWith("18d38aa8dbf1925ab92386edd4009923");
  }

  @Test
  void the_owner_of_the_key_opens_the_box_as_libsodium_does() {
    var keys = CryptoBox.keyPair();
    var encoded = keys.getPublic().getEncoded();
    var key = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    var value = "a välue".getBytes(StandardCharsets.UTF_8);

    var sealed =
        Base64.getDecoder().decode(SealedBox.seal(value, Base64.getEncoder().encodeToString(key)));

    assertThat(sealed).hasSize(value.length + 48);
    var ephemeral = Arrays.copyOf(sealed, 32);
    var box =
        CryptoBox.fromCombined(
            Blake2b.hash(24, ephemeral, key), Arrays.copyOfRange(sealed, 32, sealed.length));
    assertThat(box.decrypt(keys.getPrivate(), CryptoBox.publicKey(ephemeral))).isEqualTo(value);
  }

  @Test
  void something_that_is_not_a_key_is_refused() {
    assertThatThrownBy(() -> SealedBox.seal(new byte[1], "AAAA")).isInstanceOf(ToolFailure.class);
  }
}
