package dev.fuse.tool.github.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON to JDK maps, lists and scalars, and back. */
public final class Json {

  private static final int DEEP = 200;
  private static final int MOST = 64 * 1024 * 1024;

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /**
   * Reads one value and nothing behind it.
   *
   * @throws IOException if it is not JSON, or larger than 64 MB
   */
  public static Node read(InputStream in) throws IOException {
    var bytes = in.readNBytes(MOST);
    if (bytes.length == MOST) {
      throw new IOException("the answer is larger than 64 MB");
    }
    return read(new String(bytes, StandardCharsets.UTF_8));
  }

  static Node read(String text) throws IOException {
    var json = new Json(text);
    json.space();
    var value = json.value(0);
    json.space();
    if (json.at < text.length()) {
      throw json.broken();
    }
    return new Node(value);
  }

  private @Nullable Object value(int depth) throws IOException {
    if (at >= text.length() || depth > DEEP) {
      throw broken();
    }
    char first = text.charAt(at);
    return switch (first) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object(int depth) throws IOException {
    var map = new LinkedHashMap<String, @Nullable Object>();
    at++;
    space();
    if (take('}')) {
      return map;
    }
    do {
      space();
      var key = string();
      space();
      expect(':');
      space();
      map.put(key, value(depth + 1));
      space();
    } while (take(','));
    expect('}');
    return map;
  }

  private List<@Nullable Object> array(int depth) throws IOException {
    var list = new ArrayList<@Nullable Object>();
    at++;
    space();
    if (take(']')) {
      return list;
    }
    do {
      space();
      list.add(value(depth + 1));
      space();
    } while (take(','));
    expect(']');
    return list;
  }

  private String string() throws IOException {
    expect('"');
    int from = at;
    int end = from;
    while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\\') {
      end++;
    }
    if (end < text.length() && text.charAt(end) == '"') {
      at = end + 1;
      return text.substring(from, end);
    }
    return escaped();
  }

  private String escaped() throws IOException {
    var value = new StringBuilder();
    while (at < text.length()) {
      char letter = text.charAt(at++);
      if (letter == '"') {
        return value.toString();
      }
      value.append(letter == '\\' ? escape() : letter);
    }
    throw broken();
  }

  private char escape() throws IOException {
    if (at >= text.length()) {
      throw broken();
    }
    char letter = text.charAt(at++);
    return switch (letter) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case '"', '\\', '/' -> letter;
      case 'u' -> hex();
      default -> throw broken();
    };
  }

  private char hex() throws IOException {
    try {
      char letter = (char) Integer.parseInt(text, at, at + 4, 16);
      at += 4;
      return letter;
    } catch (IndexOutOfBoundsException | NumberFormatException malformed) {
      throw broken();
    }
  }

  private Number number() throws IOException {
    int from = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    var digits = text.substring(from, at);
    try {
      return digits.matches("-?\\d{1,18}")
          ? (Number) Long.valueOf(digits)
          : (Number) Double.valueOf(digits);
    } catch (NumberFormatException malformed) {
      throw broken();
    }
  }

  private @Nullable Object word(String word, @Nullable Object value) throws IOException {
    if (!text.startsWith(word, at)) {
      throw broken();
    }
    at += word.length();
    return value;
  }

  private void space() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
  }

  private boolean take(char wanted) {
    boolean there = at < text.length() && text.charAt(at) == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char wanted) throws IOException {
    if (!take(wanted)) {
      throw broken();
    }
  }

  private IOException broken() {
    return new IOException(
        at >= text.length()
            ? "the JSON ends too early"
            : "the answer is not JSON at character " + at);
  }

  /** Writes a value of JDK maps, lists and scalars. */
  public static String write(Object value) {
    var out = new StringBuilder();
    write(out, value);
    return out.toString();
  }

  private static void write(StringBuilder out, @Nullable Object value) {
    switch (value) {
      case Map<?, ?> map -> {
        var separator = "{";
        for (var entry : map.entrySet()) {
          out.append(separator);
          quote(out, String.valueOf(entry.getKey()));
          out.append(':');
          write(out, entry.getValue());
          separator = ",";
        }
        out.append(map.isEmpty() ? "{}" : "}");
      }
      case List<?> list -> {
        var separator = "[";
        for (var element : list) {
          out.append(separator);
          write(out, element);
          separator = ",";
        }
        out.append(list.isEmpty() ? "[]" : "]");
      }
      case Boolean truth -> out.append(truth);
      case Number number -> out.append(number);
      case null -> out.append("null");
      default -> quote(out, value.toString());
    }
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter == '"' || letter == '\\') {
        out.append('\\').append(letter);
      } else if (letter < ' ') {
        out.append("\\u%04x".formatted((int) letter));
      } else {
        out.append(letter);
      }
    }
    out.append('"');
  }
}
