package dev.fuse.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One text for all the ways of writing the same arguments, and its hash. */
final class Canonical {

  private Canonical() {}

  /** Keys sorted, strings with their length, so that no two different values look alike. */
  static String text(Object value) {
    var text = new StringBuilder();
    write(value, text);
    return text.toString();
  }

  /** SHA-256 of several texts, each with its length. */
  static String hash(String... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : parts) {
        digest.update((part.length() + ":" + part).getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void write(Object value, StringBuilder text) {
    switch (value) {
      case Map<?, ?> map -> {
        var sorted = new TreeMap<String, Object>();
        map.forEach((key, item) -> sorted.put(String.valueOf(key), item));
        text.append('{');
        sorted.forEach(
            (key, item) -> {
              write(key, text);
              text.append('=');
              write(item, text);
            });
        text.append('}');
      }
      case List<?> list -> {
        text.append('[');
        list.forEach(item -> write(item, text));
        text.append(']');
      }
      case String string -> text.append('s').append(string.length()).append(':').append(string);
      default -> text.append(value).append(';');
    }
  }
}
