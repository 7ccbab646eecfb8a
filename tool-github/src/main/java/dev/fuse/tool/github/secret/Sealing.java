package dev.fuse.tool.github.secret;

import java.security.SecureRandom;

/** Seals values for a store, and makes new ones. */
public final class Sealing {

  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private Sealing() {}

  /** A value that only the store can open, in Base64. */
  public static String seal(byte[] value, String publicKey) {
    return SealedBox.seal(value, publicKey);
  }

  /**
   * A value that nobody knows.
   *
   * @param alphabet {@code letters}, {@code hex} or characters of one's own
   */
  public static String generate(int length, String alphabet) {
    var from =
        switch (alphabet) {
          case "", "letters" -> LETTERS;
          case "hex" -> "0123456789abcdef";
          default -> alphabet;
        };
    var random = new SecureRandom();
    var value = new StringBuilder();
    for (int i = 0; i < length; i++) {
      value.append(from.charAt(random.nextInt(from.length())));
    }
    return value.toString();
  }
}
