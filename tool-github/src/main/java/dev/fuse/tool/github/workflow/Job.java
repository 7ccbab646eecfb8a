package dev.fuse.tool.github.workflow;

import dev.fuse.tool.github.api.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** One job of a workflow file. */
public record Job(String id, Node node) {

  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{.*?}}");

  /** Its name as a run shows it, if that is not made of expressions. */
  public String name() {
    var name = node.text("name");
    return name.isEmpty() ? id : name;
  }

  boolean shown(String name) {
    var plain = name.replaceFirst(" \\(.*\\)$", "");
    if (id.equals(plain) || name().equals(name) || name().equals(plain)) {
      return true;
    }
    if (!EXPRESSION.matcher(name()).find()) {
      return false;
    }
    var parts = EXPRESSION.splitAsStream(name()).map(Pattern::quote).toList();
    return name.matches(String.join(".*", parts) + ".*");
  }

  /** The workflow that it calls; empty where it has steps of its own. */
  public String uses() {
    return node.text("uses");
  }

  public List<String> needs() {
    return node.text("needs").isEmpty() ? node.texts("needs") : List.of(node.text("needs"));
  }

  /** The environment that it names, an expression perhaps; empty where it names none. */
  public String environment() {
    var environment = node.text("environment");
    return environment.isEmpty() ? node.text("environment", "name") : environment;
  }

  public boolean inherits() {
    return node.text("secrets").equals("inherit");
  }

  /** The secrets that it passes to the workflow that it calls: theirs by ours. */
  public Map<String, String> passed() {
    var passed = new LinkedHashMap<String, String>();
    for (var name : node.keys("secrets")) {
      passed.put(name.toUpperCase(Locale.ROOT), node.text("secrets", name));
    }
    return passed;
  }

  public long timeoutMinutes() {
    return node.number("timeout-minutes");
  }

  /** What the job and its steps read, each with the place. */
  public List<Reference> references() {
    var found = new ArrayList<Reference>();
    for (var key : node.keys()) {
      if (!key.equals("steps") && !key.equals("secrets")) {
        found.addAll(References.in(node.at(key), key));
      }
    }
    int number = 0;
    for (var step : node.list("steps")) {
      number++;
      found.addAll(References.in(step, "step " + stepName(step, number)));
    }
    return found;
  }

  /** A step as a run shows it. */
  static String stepName(Node step, int number) {
    if (!step.text("name").isEmpty()) {
      return "\"" + step.text("name") + "\"";
    }
    if (!step.text("uses").isEmpty()) {
      return step.text("uses");
    }
    var run = step.text("run").strip().lines().findFirst().orElse("");
    return run.isEmpty()
        ? "" + number
        : "\"" + (run.length() > 50 ? run.substring(0, 50) + "…" : run) + "\"";
  }

  /** The step that a run shows under this name. */
  public Node step(String shown) {
    return node.list("steps").stream()
        .filter(
            step -> {
              var name = step.text("name");
              var run = step.text("run").strip().lines().findFirst().orElse("");
              return shown.equals(name)
                  || shown.equals("Run " + step.text("uses"))
                  || (name.isEmpty() && !run.isEmpty() && shown.startsWith("Run " + run));
            })
        .findFirst()
        .orElse(new Node(null));
  }
}
