package dev.fuse.tool.kubernetes.api;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A private key in PEM (RFC 7468): PKCS #8, or the older forms of RSA (RFC 8017, A.1.2) and EC (RFC
 * 5915), which the JDK reads only when they are wrapped as PKCS #8 (RFC 5958).
 */
final class PemKey {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([^-]*)-----END \\1-----");
  private static final byte[] RSA =
      hex(0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00);
  private static final byte[] EC = hex(0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01);
  private static final byte[] VERSION = hex(0x02, 0x01, 0x00);
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int CURVE = 0xa0;

  private PemKey() {}

  /**
   * Reads a key.
   *
   * @throws GeneralSecurityException if there is none that can be read; it never quotes the key
   */
  static PrivateKey read(String pem) throws GeneralSecurityException {
    var block = BLOCK.matcher(pem);
    if (!block.find()) {
      throw new InvalidKeySpecException("the client key is not a plain private key in PEM");
    }
    var body = Base64.getMimeDecoder().decode(block.group(2));
    return switch (block.group(1)) {
      case "RSA PRIVATE KEY" -> key(List.of("RSA"), wrapped(RSA, body));
      case "EC PRIVATE KEY" ->
          key(List.of("EC"), wrapped(element(SEQUENCE, EC, curve(body)), body));
      default -> key(List.of("EC", "RSA", "EdDSA"), body);
    };
  }

  private static PrivateKey key(List<String> algorithms, byte[] encoded)
      throws GeneralSecurityException {
    var spec = new PKCS8EncodedKeySpec(encoded);
    return algorithms.stream()
        .flatMap(algorithm -> key(algorithm, spec).stream())
        .findFirst()
        .orElseThrow(
            () -> new InvalidKeySpecException("the client key is neither EC, RSA nor EdDSA"));
  }

  private static Optional<PrivateKey> key(String algorithm, PKCS8EncodedKeySpec spec) {
    try {
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
    } catch (GeneralSecurityException e) {
      return Optional.empty(); // a key of another algorithm
    }
  }

  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return element(SEQUENCE, VERSION, algorithm, element(OCTETS, key));
  }

  /** The object identifier of the curve, which an EC key carries as its field [0]. */
  private static byte[] curve(byte[] key) throws GeneralSecurityException {
    try {
      var reader = ByteBuffer.wrap(key);
      reader.get();
      length(reader);
      while (reader.hasRemaining()) {
        int tag = reader.get() & 0xff;
        var content = new byte[length(reader)];
        reader.get(content);
        if (tag == CURVE) {
          return content;
        }
      }
    } catch (java.nio.BufferUnderflowException | NegativeArraySizeException e) {
      throw new InvalidKeySpecException("the client key is cut off", e);
    }
    throw new InvalidKeySpecException("the client key does not name its curve");
  }

  private static int length(ByteBuffer reader) {
    int first = reader.get() & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7f); i++) {
      length = length << 8 | (reader.get() & 0xff);
    }
    return Math.min(length, reader.remaining() + 1);
  }

  private static byte[] element(int tag, byte[]... parts) {
    var content = Stream.of(parts).reduce(new byte[0], PemKey::joined);
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else if (content.length < 0x100) {
      out.write(0x81);
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] joined(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }

  private static byte[] hex(int... values) {
    var bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
