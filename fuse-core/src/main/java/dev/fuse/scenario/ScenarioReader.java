package dev.fuse.scenario;

import dev.fuse.rule.Rule;
import dev.fuse.scenario.Scenario.Match;
import dev.fuse.scenario.Scenario.Mode;
import dev.fuse.scenario.Scenario.Parameter;
import dev.fuse.scenario.Scenario.Step;
import dev.fuse.text.Spelling;
import java.util.Collection;
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
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads a scenario from YAML and notes every mistake at its place. */
final class ScenarioReader {

  static final List<String> TOP =
      words(
          "apiVersion kind name title description match mode parameters evidence tools permissions"
              + " instructions output tests");
  static final List<String> MATCH = words("examples negatives keywords context require");
  static final List<String> PARAMETER = words("pattern from default ask description");
  static final List<String> STEP = words("tool with when limit");
  static final List<String> PERMISSIONS = words("deny ask");
  static final List<String> OUTPUT = words("sections");
  static final List<String> TEST = words("prompt expect");

  private static final List<String> MODES = words("auto manual always");
  private static final List<String> FACTS =
      words("directory git-remote git-branch kube-context kube-namespace google-project");

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
    var scenario = text.root().map(root -> scenario(new Fields(text, "", root).only(TOP)));
    return new ScenarioFile(
        text.origin(), name, scenario.filter(_ -> text.sound()), text.problems());
  }

  private Scenario scenario(Fields top) {
    top.required("apiVersion", "fuse.dev/v1");
    top.required("kind", "Scenario");
    name(top);
    var mode = top.choice("mode", MODES);
    var declared = top.object("parameters");
    var parameters = parameters(declared);
    var permissions = permissions(top);
    var scenario =
        new Scenario(
            name,
            top.text("title").orElse(name),
            top.required("description"),
            match(top, mode),
            Mode.valueOf(mode.toUpperCase(Locale.ROOT)),
            List.copyOf(parameters.values()),
            top.objects("evidence", STEP).stream().map(s -> step(s, parameters.keySet())).toList(),
            top.each("tools", this::tool),
            permissions.each("deny", this::rule),
            permissions.each("ask", this::rule),
            top.required("instructions"),
            top.object("output").only(OUTPUT).texts("sections"),
            top.objects("tests", TEST).stream().map(ScenarioReader::test).toList());
    int length = scenario.instructions().length();
    if (length > MarkdownFile.MOST) {
      var message = "the instructions have %d characters; %d is the most: say less";
      text.error(top.key("instructions"), message, length, MarkdownFile.MOST);
    }
    declared(top.at("instructions"), scenario.instructions(), parameters.keySet());
    unused(declared, parameters.keySet());
    return scenario;
  }

  private void name(Fields top) {
    var found = top.required("name");
    var at = top.key("name");
    if (!found.matches("([a-z0-9]+(-[a-z0-9]+)*)?") || found.length() > 64) {
      text.error(at, "the name '%s' must be lower-case words with hyphens, 64 characters", found);
    } else if (!found.isEmpty() && !found.equals(name)) {
      text.error(at, "the name '%s' must be the file's name '%s': rename one", found, name);
    }
  }

  private Match match(Fields top, String mode) {
    var match = top.object("match").only(MATCH);
    var examples = match.texts("examples");
    var keywords = match.texts("keywords");
    if (examples.isEmpty() && keywords.isEmpty() && mode.equals("auto")) {
      text.error(top.key("match"), "mode 'auto' needs match.examples: questions that it is for");
    }
    var context = context(match);
    var require = match.texts("require");
    require.forEach(
        fact -> match.known(match.at("require"), "fact", fact, facts(context.keySet())));
    return new Match(examples, match.texts("negatives"), keywords, context, require);
  }

  private Map<String, List<String>> context(Fields match) {
    var context = new LinkedHashMap<String, List<String>>();
    var fields = match.object("context");
    for (var fact : fields.names()) {
      if (fact.equals("env")) {
        var variables = fields.object(fact);
        variables.names().forEach(key -> context.put("env:" + key, variables.texts(key)));
      } else if (fields.known(fields.key(fact), "fact", fact, facts(List.of("files", "env")))) {
        context.put(fact, fields.texts(fact));
      }
    }
    return context;
  }

  private Set<String> facts(Collection<String> others) {
    var all = new TreeSet<>(FACTS);
    all.addAll(others);
    return all;
  }

  private Map<String, Parameter> parameters(Fields all) {
    var parameters = new LinkedHashMap<String, Parameter>();
    for (var key : all.names()) {
      if (!key.matches("(?!prompt$)[a-z][a-z0-9-]*")) {
        text.error(all.key(key), "'%s' must be lower-case words with hyphens, not 'prompt'", key);
      }
      parameters.put(key, parameter(key, all.object(key).only(PARAMETER)));
    }
    return parameters;
  }

  private Parameter parameter(String key, Fields fields) {
    var pattern = fields.text("pattern");
    pattern.ifPresent(regex -> regex(fields.at("pattern"), regex));
    var from = fields.text("from");
    from.ifPresent(fact -> fields.known(fields.at("from"), "fact", fact, facts(List.of())));
    var description = fields.text("description").orElse(key);
    return new Parameter(
        key, description, pattern, from, fields.text("default"), fields.flag("ask"));
  }

  private void regex(Node node, String regex) {
    try {
      var bounded = new BoundedRegex(regex);
      if (bounded.groups() == 0) {
        text.error(node, "the pattern '%s' has no group; put the value in ( )", regex);
      } else if (bounded.slow()) {
        text.error(node, "the pattern '%s' is too slow: one repetition inside another", regex);
      }
    } catch (PatternSyntaxException e) {
      var what = "the pattern '%s' is no regular expression: %s, at its character %d";
      text.error(node, what, regex, e.getDescription(), e.getIndex() + 1);
    }
  }

  private Step step(Fields step, Set<String> parameters) {
    var tool = step.required("tool");
    var with = step.object("with");
    var arguments = with.plain();
    declared(step.at("with"), arguments, parameters);
    tool(step.at("tool"))
        .flatMap(installed::find)
        .ifPresent(spec -> new StepCheck(text, spec).check(step.at("tool"), with));
    var when = step.text("when");
    when.map(word -> word.replaceFirst("^!", ""))
        .filter(word -> step.known(step.at("when"), "parameter", word, parameters))
        .ifPresent(used::add);
    return new Step(tool, arguments, when, step.number("limit"));
  }

  /** A tool's name; one that is not installed is a warning. */
  private Optional<String> tool(Node node) {
    var tool = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (!tool.matches("[a-z][a-z0-9_]{0,63}")) {
      text.error(node, "'%s' is no tool's name; one is k8s_list", tool);
      return Optional.empty();
    }
    if (!installed.tools().containsKey(tool)) {
      text.warning(node, installed.missing(tool));
    }
    return Optional.of(tool);
  }

  private void declared(Node node, Object value, Set<String> parameters) {
    for (var parameter : Placeholders.in(value)) {
      used.add(parameter);
      if (!parameter.equals("prompt") && !parameters.contains(parameter)) {
        var meant = Spelling.didYouMean(parameter, parameters);
        var message = "the parameter '" + parameter + "' is not declared" + meant;
        text.errorAt(node, "${" + parameter + "}", message);
      }
    }
  }

  private void unused(Fields all, Set<String> parameters) {
    var message = "the parameter '%s' is used nowhere; write ${%s} or remove it";
    parameters.stream()
        .filter(parameter -> !used.contains(parameter))
        .forEach(parameter -> text.error(all.key(parameter), message, parameter, parameter));
  }

  private Fields permissions(Fields top) {
    var permissions = top.object("permissions");
    if (!permissions.names().contains("allow")) {
      return permissions.only(PERMISSIONS);
    }
    var message = "'permissions.allow' loosens; a scenario may only tighten, with deny and ask";
    text.error(permissions.key("allow"), message);
    return permissions;
  }

  private Optional<Rule> rule(Node node) {
    try {
      var rule = Rule.parse(node instanceof ScalarNode scalar ? scalar.getValue() : "");
      var coordinates = installed.coordinates();
      return Optional.of(coordinates.isEmpty() ? rule : rule.knownBy(coordinates));
    } catch (IllegalArgumentException e) {
      text.error(node, "%s", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static Scenario.Test test(Fields test) {
    boolean matches = test.choice("expect", words("match none")).equals("match");
    return new Scenario.Test(test.required("prompt"), matches);
  }

  private static List<String> words(String words) {
    return List.of(words.split(" ", -1));
  }
}
