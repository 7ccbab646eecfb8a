package dev.fuse.boundary;

import java.util.List;
import java.util.Random;

/** Changes texts by chance that is the same each time, as a fuzzer does. */
final class Mutation {

  private static final List<String> PIECES =
      List.of(
          "\n",
          "\r\n",
          "\t",
          " ",
          "\"",
          "'",
          "`",
          "\\",
          "{",
          "}",
          "[",
          "]",
          "(",
          ")",
          "<",
          ">",
          "|",
          ": ",
          "=",
          ",",
          ";",
          "#",
          "---\n",
          "- ",
          "⟦",
          "⟧",
          "⟦secret:x#1⟧",
          "password",
          "token: ",
          "-----BEGIN",
          "-----BEGIN PRIVATE KEY-----",
          "://",
          "@",
          "${",
          "%3D",
          "\u0000",
          "\u001b[31m",
          "\u200b",
          "\u202e",
          "\\u001b",
          "\ud83d",
          "\udc00",
          "ghp_",
          "kind: Secret\n",
          "<![CDATA[",
          "]]>",
          "LS0tLS1CRUdJTi",
          "eyJ",
          "{\"auths\":",
          "curl -u ",
          "Authorization: ",
          "a".repeat(300));

  private final Random random;

  Mutation(long seed) {
    this.random = new Random(seed);
  }

  /** A text made of one with up to eight changes, of which some take a part of another. */
  String of(String text, String other) {
    var changed = new StringBuilder(text);
    for (int changes = random.nextInt(8); changes >= 0; changes--) {
      int at = random.nextInt(changed.length() + 1);
      switch (random.nextInt(5)) {
        case 0 -> changed.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 1 -> changed.delete(at, Math.min(changed.length(), at + random.nextInt(20)));
        case 2 -> changed.insert(at, part(other));
        case 3 -> changed.insert(at, part(changed.toString()).repeat(1 + random.nextInt(5)));
        default -> {
          if (at < changed.length()) {
            changed.setCharAt(at, (char) random.nextInt(0x250));
          }
        }
      }
    }
    return changed.toString();
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  private String part(String text) {
    if (text.isEmpty()) {
      return "";
    }
    int from = random.nextInt(text.length());
    return text.substring(from, Math.min(text.length(), from + random.nextInt(60)));
  }
}
