package dev.fuse.rule;

import dev.fuse.text.Glob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the grammar of {@link Rule}. */
final class RuleParser {

  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_-]*");

  private final String text;
  private int at;

  RuleParser(String text) {
    this.text = text.strip();
  }

  Rule parse() {
    var tool = until("(");
    if (!tool.matches("[a-z0-9_*?]+")) {
      throw wrong("'" + tool + "' is not a tool name or a glob such as fs_write or k8s_*");
    }
    var globs = new LinkedHashMap<String, Glob>();
    Optional<List<String>> argv = Optional.empty();
    if (at < text.length()) {
      expect('(');
      do {
        var key = until(":,()").strip();
        expect(':');
        skipSpace();
        if (!KEY.matcher(key).matches()) {
          throw wrong("'" + key + "' is not the name of a key");
        }
        if (globs.containsKey(key) || (key.equals("argv") && argv.isPresent())) {
          throw wrong("the key '" + key + "' is listed twice");
        }
        if (key.equals("argv")) {
          argv = Optional.of(vector());
        } else {
          globs.put(key, Glob.of(value()));
        }
        skipSpace();
      } while (accept(','));
      expect(')');
      if (at < text.length()) {
        throw wrong("there is more after the closing parenthesis: '" + text.substring(at) + "'");
      }
    }
    return new Rule(text, Glob.of(tool), globs, argv);
  }

  static String quoted(String glob) {
    return glob.matches("[^,()\"\\[\\]\\s]+") ? glob : inQuotes(glob);
  }

  static String inQuotes(String glob) {
    return '"' + glob.replace("\"", "\\\"") + '"';
  }

  private List<String> vector() {
    expect('[');
    var globs = new ArrayList<String>();
    do {
      skipSpace();
      globs.add(value());
      skipSpace();
    } while (accept(','));
    expect(']');
    if (globs.subList(0, globs.size() - 1).contains("**")) {
      throw wrong("\"**\" may only stand last in argv");
    }
    return globs;
  }

  private String value() {
    if (!accept('"')) {
      var value = until(",()]\"").strip();
      if (value.isEmpty()) {
        throw wrong("a value is missing");
      }
      return value;
    }
    var value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.startsWith("\\\"", at)) {
        at++;
      } else if (text.startsWith("\\\\", at)) {
        value.append(text.charAt(at++));
      }
      value.append(text.charAt(at++));
    }
    expect('"');
    return value.toString();
  }

  private String until(String ends) {
    int start = at;
    while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean accept(char wanted) {
    boolean there = at < text.length() && text.charAt(at) == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char wanted) {
    if (!accept(wanted)) {
      var found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
      throw wrong("'" + wanted + "' is expected where there is " + found);
    }
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("rule '" + text + "', column " + (at + 1) + ": " + what);
  }
}
