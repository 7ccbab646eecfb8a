package dev.fuse.scenario;

import dev.fuse.spi.Rule;
import dev.fuse.spi.Scenario;
import dev.fuse.spi.Scenario.Match;
import dev.fuse.spi.Scenario.Mode;
import dev.fuse.spi.Scenario.Parameter;
import dev.fuse.spi.Scenario.Step;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a scenario from YAML and notes every mistake at its place. */
final class ScenarioReader {

  static final String API_VERSION = "fuse.dev/v1";
  static final Map<String, List<String>> KEYS =
      Map.of(
          "",
              List.of(
                  "apiVersion",
                  "kind",
                  "name",
                  "title",
                  "description",
                  "match",
                  "mode",
                  "parameters",
                  "evidence",
                  "tools",
                  "permissions",
                  "instructions",
                  "output",
                  "tests"),
          "match", List.of("examples", "negatives", "keywords", "context", "require"),
          "parameter", List.of("pattern", "from", "default", "ask", "description"),
          "step", List.of("tool", "with", "when", "limit"),
          "permissions", List.of("deny", "ask"),
          "output", List.of("sections"),
          "test", List.of("prompt", "expect"));

  private static final List<String> FACTS =
      List.of(
          "directory",
          "git-remote",
          "git-branch",
          "kube-context",
          "kube-namespace",
          "google-project");
  private static final List<String> MODES = List.of("auto", "manual", "always");
  private static final String WORDS = "[a-z0-9]+(-[a-z0-9]+)*";

  private final YamlText text;
  private final String name;
  private final Installed installed;
  private final Set<String> used = new HashSet<>();

  ScenarioReader(YamlText text, String name, Installed installed) {
    this.text = text;
    this.name = name;
    this.installed = installed;
  }

  ScenarioFile read() {
    var scenario = text.root().map(root -> scenario(new Fields(text, "", root, keys(""))));
    return new ScenarioFile(
        text.origin(), name, scenario.filter(_ -> text.sound()), text.problems());
  }

  private Scenario scenario(Fields top) {
    fixed(top, "apiVersion", API_VERSION);
    fixed(top, "kind", "Scenario");
    name(top);
    var parameters = parameters(top);
    var names = new TreeSet<>(parameters.keySet());
    var permissions = permissions(top);
    var scenario =
        new Scenario(
            name,
            top.text("title").orElse(name),
            top.required("description"),
            match(top),
            Mode.valueOf(mode(top).toUpperCase(Locale.ROOT)),
            List.copyOf(parameters.values()),
            top.objects("evidence", keys("step")).stream().map(step -> step(step, names)).toList(),
            top.each("tools", this::tool),
            rules(permissions, "deny"),
            rules(permissions, "ask"),
            instructions(top, names),
            top.object("output", keys("output")).map(o -> o.texts("sections")).orElse(List.of()),
            top.objects("tests", keys("test")).stream().map(ScenarioReader::test).toList());
    unused(top, parameters.keySet());
    return scenario;
  }

  private void fixed(Fields top, String key, String value) {
    var found = top.required(key);
    top.find(key)
        .ifPresent(node -> top.known(node, "value of '" + key + "'", found, List.of(value)));
  }

  private void name(Fields top) {
    var found = top.required("name");
    if (found.isEmpty()) {
      return;
    }
    if (!found.matches(WORDS) || found.length() > 64) {
      text.error(
          top.key("name"),
          "the name '" + found + "' must be lower-case words with hyphens, 64 characters at most");
    } else if (!found.equals(name)) {
      text.error(
          top.key("name"),
          "the name '%s' must be the file's name '%s': rename one of them".formatted(found, name));
    }
  }

  private static String mode(Fields top) {
    var mode = top.choice("mode", MODES);
    return MODES.contains(mode) ? mode : "manual";
  }

  private Match match(Fields top) {
    var found = top.object("match", keys("match"));
    if (found.isEmpty()) {
      if (mode(top).equals("auto") && top.find("match").isEmpty()) {
        text.error(top.key("mode"), "mode 'auto' needs match.examples; or write 'mode: manual'");
      }
      return new Match(List.of(), List.of(), List.of(), Map.of(), List.of());
    }
    var match = found.get();
    var examples = match.texts("examples");
    var keywords = match.texts("keywords");
    if (examples.isEmpty() && keywords.isEmpty() && mode(top).equals("auto")) {
      text.error(top.key("match"), "mode 'auto' needs match.examples: questions that it is for");
    }
    var context = context(match);
    for (var fact : match.texts("require")) {
      match.known(match.at("require"), "fact", fact, facts(context.keySet()));
    }
    return new Match(examples, match.texts("negatives"), keywords, context, match.texts("require"));
  }

  private Map<String, List<String>> context(Fields match) {
    var context = new LinkedHashMap<String, List<String>>();
    var fields = match.open("context");
    if (fields.isEmpty()) {
      return context;
    }
    var known = facts(List.of("files", "env"));
    for (var fact : fields.get().names()) {
      if (fact.equals("env")) {
        fields
            .get()
            .open(fact)
            .ifPresent(
                env -> env.names().forEach(key -> context.put("env:" + key, env.texts(key))));
      } else if (match.known(fields.get().key(fact), "fact", fact, known)) {
        context.put(fact, fields.get().texts(fact));
      }
    }
    return context;
  }

  private List<String> facts(java.util.Collection<String> others) {
    var all = new TreeSet<>(FACTS);
    all.addAll(installed.facts());
    all.addAll(others);
    return List.copyOf(all);
  }

  private Map<String, Parameter> parameters(Fields top) {
    var parameters = new LinkedHashMap<String, Parameter>();
    var open = top.open("parameters");
    for (var key : open.map(Fields::names).orElse(List.of())) {
      var fields = open.get().object(key, keys("parameter"));
      if (!key.matches("[a-z][a-z0-9-]*") || key.equals("prompt")) {
        text.error(
            open.get().key(key),
            "the parameter '" + key + "' must be lower-case words with hyphens, and not 'prompt'");
      }
      fields.ifPresent(parameter -> parameters.put(key, parameter(key, parameter)));
    }
    return parameters;
  }

  private Parameter parameter(String key, Fields fields) {
    var pattern = fields.text("pattern");
    pattern.ifPresent(regex -> regex(fields.at("pattern"), regex));
    var from = fields.text("from");
    from.ifPresent(fact -> fields.known(fields.at("from"), "fact", fact, facts(List.of())));
    return new Parameter(
        key,
        fields.text("description").orElse(key),
        pattern,
        from,
        fields.text("default"),
        fields.flag("ask"));
  }

  private void regex(Node node, String regex) {
    try {
      var bounded = new BoundedRegex(regex);
      if (bounded.groups() == 0) {
        text.error(node, "the pattern '" + regex + "' has no group; put the value in ( )");
      } else if (bounded.slow()) {
        text.error(
            node,
            "the pattern '"
                + regex
                + "' is too slow: repetitions such as (a+)+ try every split of a text; repeat"
                + " once");
      }
    } catch (PatternSyntaxException e) {
      text.error(
          node,
          "the pattern '%s' is no regular expression: %s, at its character %d"
              .formatted(regex, e.getDescription(), e.getIndex() + 1));
    }
  }

  private Step step(Fields step, Set<String> parameters) {
    var tool = step.required("tool");
    var with = step.open("with").map(Fields::plain).orElse(Map.of());
    step.find("with").ifPresent(node -> declared(node, with, parameters));
    step.find("tool").ifPresent(node -> reading(step, node, tool, with.keySet()));
    var when = step.text("when");
    when.ifPresent(
        word -> {
          var parameter = word.replaceFirst("^!", "");
          used.add(parameter);
          step.known(step.at("when"), "parameter", parameter, parameters);
        });
    return new Step(tool, with, when, step.number("limit"));
  }

  private void reading(Fields step, Node node, String tool, Set<String> arguments) {
    if (tool(node).isEmpty() || !installed.tools().containsKey(tool)) {
      return;
    }
    var spec = installed.tools().get(tool);
    if (!spec.reading()) {
      text.error(
          node,
          "the tool '%s' can do %s; evidence takes tools that only read"
              .formatted(tool, new TreeSet<>(spec.ceiling().verbs())));
    }
    var properties = spec.parameters().properties().keySet();
    for (var argument : arguments) {
      var at = step.open("with").map(with -> with.key(argument)).orElse(node);
      step.known(at, "argument of " + tool, argument, properties);
    }
    for (var argument : spec.parameters().required()) {
      if (!arguments.contains(argument)) {
        text.error(node, "the tool '" + tool + "' needs the argument '" + argument + "'");
      }
    }
  }

  /** A tool's name; one that is not installed is a warning. */
  private Optional<String> tool(Node node) {
    var tool = node instanceof org.yaml.snakeyaml.nodes.ScalarNode scalar ? scalar.getValue() : "";
    if (!tool.matches("[a-z][a-z0-9_]{0,63}")) {
      text.error(
          node, "'" + tool + "' is no tool's name; they are lower-case words such as k8s_list");
      return Optional.empty();
    }
    if (!installed.tools().containsKey(tool)) {
      var bringer =
          installed.bringer(tool).map(p -> "; the plugin '" + p + "' brings it").orElse("");
      text.warning(
          node,
          "the tool '"
              + tool
              + "' is not installed"
              + bringer
              + dev.fuse.spi.Spelling.didYouMean(tool, installed.toolNames()));
    }
    return Optional.of(tool);
  }

  private void declared(Node node, Object value, Set<String> parameters) {
    for (var parameter : Placeholders.in(value)) {
      used.add(parameter);
      if (!parameter.equals("prompt") && !parameters.contains(parameter)) {
        text.errorAt(
            node,
            "${" + parameter + "}",
            "the parameter '%s' is not declared%s"
                .formatted(parameter, dev.fuse.spi.Spelling.didYouMean(parameter, parameters)));
      }
    }
  }

  private void unused(Fields top, Set<String> parameters) {
    for (var parameter : parameters) {
      if (!used.contains(parameter)) {
        text.error(
            top.open("parameters").orElseThrow().key(parameter),
            "the parameter '%s' is used nowhere; write ${%s} or remove it"
                .formatted(parameter, parameter));
      }
    }
  }

  private Optional<Fields> permissions(Fields top) {
    var loosening = top.open("permissions").filter(given -> given.names().contains("allow"));
    if (loosening.isPresent()) {
      text.error(
          loosening.get().key("allow"),
          "'permissions.allow' loosens; a scenario may only tighten, with deny and ask");
      return Optional.empty();
    }
    return top.object("permissions", keys("permissions"));
  }

  private List<Rule> rules(Optional<Fields> permissions, String key) {
    return permissions.map(given -> given.each(key, this::rule)).orElse(List.of());
  }

  private Optional<Rule> rule(Node node) {
    try {
      var rule =
          node instanceof org.yaml.snakeyaml.nodes.ScalarNode scalar ? scalar.getValue() : "";
      return Optional.of(Rule.parse(rule));
    } catch (IllegalArgumentException e) {
      text.error(node, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private String instructions(Fields top, Set<String> parameters) {
    var instructions = top.required("instructions");
    top.find("instructions").ifPresent(node -> declared(node, instructions, parameters));
    return instructions;
  }

  private static Scenario.Test test(Fields test) {
    var expected = test.choice("expect", List.of("match", "none"));
    return new Scenario.Test(test.required("prompt"), expected.equals("match"));
  }

  private static List<String> keys(String of) {
    return KEYS.getOrDefault(of, List.of());
  }
}
