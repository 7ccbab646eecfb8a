package dev.fuse.tool.github.workflow;

import dev.fuse.tool.github.api.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Finds what expressions read from {@code secrets} and {@code vars}. */
final class References {

  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{(.*?)}}", Pattern.DOTALL);
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(?<![\\w.-])(secrets|vars)\\s*(?:\\.\\s*([A-Za-z_][A-Za-z0-9_-]*)|\\[\\s*(?:'([^']+)'\\s*]|[^\\]'])|(?=\\s*\\)))");

  private References() {}

  static List<Reference> in(Node node, String where) {
    var found = new ArrayList<Reference>();
    walk(node, where, "", found);
    return found;
  }

  private static void walk(Node node, String where, String key, List<Reference> found) {
    for (var name : node.keys()) {
      walk(node.at(name), where, name, found);
    }
    for (var element : node.list()) {
      walk(element, where, key, found);
    }
    var text = node.text();
    if (text.isEmpty()) {
      return;
    }
    if (key.equals("if") && !text.contains("${{")) {
      expression(text, where, key, found);
      return;
    }
    var matcher = EXPRESSION.matcher(text);
    while (matcher.find()) {
      expression(matcher.group(1), where, key, found);
    }
  }

  private static void expression(String text, String where, String key, List<Reference> found) {
    var matcher = NAME.matcher(text);
    while (matcher.find()) {
      var name = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
      found.add(
          new Reference(
              matcher.group(1).toLowerCase(Locale.ROOT),
              name == null ? "" : name.toUpperCase(Locale.ROOT),
              where,
              key,
              key.equals("if")
                  || text.contains("||")
                  || text.contains("==")
                  || text.contains("!=")));
    }
  }

  /** The secret that an expression reads and nothing else; empty where it is not one. */
  static String only(String expression) {
    var found = in(new Node(expression), "");
    return found.size() == 1 && found.getFirst().secret() ? found.getFirst().name() : "";
  }
}
