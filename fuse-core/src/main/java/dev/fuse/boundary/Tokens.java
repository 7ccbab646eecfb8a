package dev.fuse.boundary;

import dev.fuse.spi.ToolSpec;
import java.util.Collection;

/**
 * Estimates how many tokens a text has, from its letters, digits and signs alone; within about 10 %
 * of o200k_base on prose, code, YAML and logs.
 */
public final class Tokens {

  private Tokens() {}

  public static int estimate(CharSequence text) {
    double tokens = 0;
    int i = 0;
    int length = text.length();
    while (i < length) {
      char c = text.charAt(i);
      int start = i;
      if (isLetter(c)) {
        while (i < length && isLetter(text.charAt(i))) {
          i++;
        }
        tokens += Math.max(1, (i - start) / 5.5);
      } else if (c >= '0' && c <= '9') {
        while (i < length && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
          i++;
        }
        tokens += Math.ceil((i - start) / 3.0);
      } else if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
        while (i < length && text.charAt(i) <= ' ') {
          i++;
        }
        tokens += c == ' ' && i - start == 1 ? 0 : 1;
      } else {
        i++;
        tokens += c < 128 ? 0.75 : 0.7;
      }
    }
    return (int) Math.ceil(tokens);
  }

  public static int estimate(Collection<ToolSpec> tools) {
    int sum = 0;
    for (var tool : tools) {
      sum += 8 + estimate(tool.name()) + estimate(tool.description());
      sum += estimate(tool.parameters().json().toString());
    }
    return sum;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
