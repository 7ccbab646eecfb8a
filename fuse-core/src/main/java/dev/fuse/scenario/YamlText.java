package dev.fuse.scenario;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A text of YAML and the problems found in it; nodes only, so that no object is ever made. */
final class YamlText {

  private static final int LARGEST = ScenarioFile.LARGEST;
  private static final int DEEPEST = 20;
  private static final Pattern ALIAS = Pattern.compile("[\\[,:\\s-](\\*[\\w-]+)");
  private static final List<Tag> PLAIN =
      List.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.SEQ, Tag.MAP);

  private final String origin;
  private final String text;
  private final List<Problem> problems = new ArrayList<>();

  YamlText(String origin, String text) {
    this.origin = origin;
    this.text = text;
  }

  String origin() {
    return origin;
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  boolean sound() {
    return problems.stream().allMatch(Problem::warning);
  }

  /** The mapping that the text is, if it is one and nothing in it is refused. */
  Optional<MappingNode> root() {
    if (text.length() > LARGEST) {
      error(1, 1, "the file has %d KB; 256 KB is the most".formatted(text.length() / 1024));
      return Optional.empty();
    }
    try {
      var node = new Yaml(options()).compose(new StringReader(text));
      if (node == null) {
        error(1, 1, "the file is empty; 'fuse scenarios new' writes one to start from");
        return Optional.empty();
      }
      refuse(node);
      if (!(node instanceof MappingNode)) {
        error(node, "the file is %s; it must be a mapping of keys to values", called(node));
      }
      return sound() ? Optional.of((MappingNode) node) : Optional.empty();
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      error(mark.getLine() + 1, mark.getColumn() + 1, inWords(e, mark));
    } catch (YAMLException e) {
      unmarked(String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  /** The limits, which are reported without a place. */
  private void unmarked(String message) {
    var alias = ALIAS.matcher(text);
    if (message.contains("alias") && alias.find()) {
      int start = text.lastIndexOf('\n', alias.start()) + 1;
      int line = 1 + (int) text.substring(0, start).chars().filter(c -> c == '\n').count();
      var told = "the alias '%s' is not taken here; write the value out".formatted(alias.group(1));
      error(line, alias.start(1) - start + 1, told);
      return;
    }
    error(1, 1, "this is no YAML that is read here: " + message);
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation is a library of its own
  void error(Node node, String message, Object... values) {
    var mark = node.getStartMark();
    error(mark.getLine() + 1, mark.getColumn() + 1, message.formatted(values));
  }

  /** An error at the first place of a piece of text inside a node. */
  void errorAt(Node node, String piece, String message) {
    int at = text.indexOf(piece, text.offsetByCodePoints(0, node.getStartMark().getIndex()));
    if (at < 0) {
      error(node, "%s", message);
      return;
    }
    int start = text.lastIndexOf('\n', at - 1) + 1;
    int line = 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    error(line, at - start + 1, message);
  }

  void warning(Node node, String message) {
    var mark = node.getStartMark();
    problems.add(new Problem(origin, mark.getLine() + 1, mark.getColumn() + 1, true, message));
  }

  private void error(int line, int column, String message) {
    problems.add(new Problem(origin, line, column, false, message));
  }

  /** What a node is, in words. */
  static String called(Node node) {
    return switch (node.getNodeId()) {
      case mapping -> "a mapping";
      case sequence -> "a list";
      case scalar, anchor -> node.getTag().equals(Tag.NULL) ? "nothing" : "a single value";
    };
  }

  private static LoaderOptions options() {
    var options = new LoaderOptions();
    options.setCodePointLimit(LARGEST);
    options.setNestingDepthLimit(DEEPEST);
    options.setMaxAliasesForCollections(0);
    // Nothing is constructed, so that a tag can be refused with its place like any other mistake.
    options.setTagInspector(_ -> true);
    return options;
  }

  private void refuse(Node node) {
    if (node.getAnchor() != null) {
      error(node, "the anchor '&%s' is not taken here; write the value out", node.getAnchor());
      return;
    }
    if (!PLAIN.contains(node.getTag()) && !node.getTag().equals(Tag.MERGE)) {
      error(node, "the tag '%s' is not taken here; only plain values are", node.getTag());
      return;
    }
    if (node instanceof SequenceNode list) {
      list.getValue().forEach(this::refuse);
    }
    if (node instanceof MappingNode mapping) {
      for (var entry : mapping.getValue()) {
        refuse(entry.getKeyNode());
        refuse(entry.getValueNode());
      }
    }
  }

  private String inWords(MarkedYAMLException e, Mark mark) {
    var line = text.lines().skip(mark.getLine()).findFirst().orElse("");
    var indentation = line.substring(0, line.length() - line.stripLeading().length());
    if (indentation.contains("\t")) {
      return "the line is indented with a tab; YAML takes spaces only";
    }
    var problem = String.valueOf(e.getProblem());
    var context = e.getContext() == null ? "" : " " + e.getContext();
    return "this is no valid YAML: " + problem + context + "; the line is '" + line.strip() + "'";
  }
}
