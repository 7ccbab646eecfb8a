package dev.fuse.tool.gcp.look;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the conditions of IAM as far as their values are known; what it does not know, it does
 * not decide.
 */
public final class Cel {

  /** What a condition comes to. */
  public enum Truth {
    YES,
    NO,
    UNKNOWN;

    Truth not() {
      return switch (this) {
        case YES -> NO;
        case NO -> YES;
        case UNKNOWN -> UNKNOWN;
      };
    }

    static Truth of(boolean value) {
      return value ? YES : NO;
    }
  }

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')|([a-zA-Z_]\\w*)|(\\d+(?:\\.\\d+)?)"
              + "|(&&|\\|\\||==|!=|<=|>=|[<>!().,\\[\\]+-]))");
  private static final Object NOTHING = new Object();

  private final List<String> tokens = new ArrayList<>();
  private final Map<String, Object> values;
  private int at;

  private Cel(String expression, Map<String, Object> values) {
    this.values = values;
    Matcher token = TOKEN.matcher(expression.strip());
    int end = 0;
    while (token.find() && token.start() == end) {
      tokens.add(token.group().strip());
      end = token.end();
    }
    if (end < expression.strip().length()) {
      tokens.clear();
      tokens.add("?");
    }
  }

  /**
   * What an expression comes to.
   *
   * @param values by dotted name, such as {@code request.time} (an Instant) and {@code
   *     resource.name}
   */
  public static Truth holds(String expression, Map<String, Object> values) {
    if (expression.length() > 10_000) {
      return Truth.UNKNOWN;
    }
    try {
      var cel = new Cel(expression, values);
      var value = cel.or(0);
      return cel.at < cel.tokens.size() ? Truth.UNKNOWN : truth(value);
    } catch (IllegalStateException | DateTimeParseException _) {
      return Truth.UNKNOWN;
    }
  }

  private static Truth truth(Object value) {
    return switch (value) {
      case Truth truth -> truth;
      case Boolean truth -> Truth.of(truth);
      default -> Truth.UNKNOWN;
    };
  }

  private Object or(int depth) {
    if (depth > 50) {
      throw new IllegalStateException("too deep");
    }
    var left = and(depth);
    while (take("||")) {
      var a = truth(left);
      var b = truth(and(depth));
      left =
          a == Truth.YES || b == Truth.YES
              ? Truth.YES
              : a == Truth.UNKNOWN || b == Truth.UNKNOWN ? Truth.UNKNOWN : Truth.NO;
    }
    return left;
  }

  private Object and(int depth) {
    var left = comparison(depth);
    while (take("&&")) {
      var a = truth(left);
      var b = truth(comparison(depth));
      left =
          a == Truth.NO || b == Truth.NO
              ? Truth.NO
              : a == Truth.UNKNOWN || b == Truth.UNKNOWN ? Truth.UNKNOWN : Truth.YES;
    }
    return left;
  }

  private Object comparison(int depth) {
    var left = unary(depth);
    for (var operator : List.of("==", "!=", "<=", ">=", "<", ">", "in")) {
      if (take(operator)) {
        return compare(left, operator, unary(depth));
      }
    }
    return left;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Truth compare(Object left, String operator, Object right) {
    if (left == NOTHING || right == NOTHING) {
      return Truth.UNKNOWN;
    }
    if (operator.equals("in")) {
      return right instanceof List<?> list ? Truth.of(list.contains(left)) : Truth.UNKNOWN;
    }
    if (operator.equals("==") || operator.equals("!=")) {
      var same = Truth.of(left.equals(right));
      return operator.equals("==") ? same : same.not();
    }
    if (!(left instanceof Comparable a) || left.getClass() != right.getClass()) {
      return Truth.UNKNOWN;
    }
    int order = a.compareTo(right);
    return Truth.of(
        switch (operator) {
          case "<" -> order < 0;
          case "<=" -> order <= 0;
          case ">" -> order > 0;
          default -> order >= 0;
        });
  }

  private Object unary(int depth) {
    return take("!") ? truth(unary(depth + 1)).not() : postfix(depth);
  }

  private Object postfix(int depth) {
    if (take("(")) {
      var inner = or(depth + 1);
      expect(")");
      return inner;
    }
    if (take("[")) {
      var items = arguments(depth, "]");
      return items.contains(NOTHING) ? NOTHING : items;
    }
    var token = next();
    if (token.startsWith("\"") || token.startsWith("'")) {
      return methods(token.substring(1, token.length() - 1).replace("\\", ""), depth);
    }
    if (Character.isDigit(token.charAt(0))) {
      return Double.parseDouble(token);
    }
    if (token.equals("true") || token.equals("false")) {
      return token.equals("true");
    }
    if (!Character.isLetter(token.charAt(0))) {
      throw new IllegalStateException(token);
    }
    return named(token, depth);
  }

  private Object named(String first, int depth) {
    var name = new StringBuilder(first);
    while (peek(".") && at + 2 < tokens.size() + 1 && !call(at + 2)) {
      at++;
      name.append('.').append(next());
    }
    if (take("(")) {
      var given = arguments(depth, ")");
      return methods(
          first.equals("timestamp") && given.size() == 1 && given.get(0) instanceof String text
              ? Instant.parse(text)
              : NOTHING,
          depth);
    }
    return methods(values.getOrDefault(name.toString(), NOTHING), depth);
  }

  /** Whether the token before this place is a method's name: a parenthesis follows. */
  private boolean call(int place) {
    return place < tokens.size() && tokens.get(place).equals("(");
  }

  private Object methods(Object value, int depth) {
    var now = value;
    while (take(".")) {
      var method = next();
      expect("(");
      now = method(now, method, arguments(depth, ")"));
    }
    return now;
  }

  private static Object method(Object on, String name, List<Object> given) {
    if (on instanceof String text && given.size() == 1 && given.get(0) instanceof String other) {
      return switch (name) {
        case "startsWith" -> text.startsWith(other);
        case "endsWith" -> text.endsWith(other);
        case "contains" -> text.contains(other);
        default -> NOTHING;
      };
    }
    return NOTHING;
  }

  private List<Object> arguments(int depth, String end) {
    var given = new ArrayList<Object>();
    while (!take(end)) {
      given.add(or(depth + 1));
      if (!peek(end)) {
        expect(",");
      }
    }
    return given;
  }

  private boolean peek(String token) {
    return at < tokens.size() && tokens.get(at).equals(token);
  }

  private boolean take(String token) {
    if (!peek(token)) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(String token) {
    if (!take(token)) {
      throw new IllegalStateException("no " + token);
    }
  }

  private String next() {
    @Nullable String token = at < tokens.size() ? tokens.get(at) : null;
    if (token == null) {
      throw new IllegalStateException("ends early");
    }
    at++;
    return token;
  }
}
