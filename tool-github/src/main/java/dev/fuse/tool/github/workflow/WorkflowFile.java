package dev.fuse.tool.github.workflow;

import dev.fuse.tool.github.api.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A workflow as it is written in the repository.
 *
 * @param path such as {@code .github/workflows/ci.yml}
 * @param node the whole file
 * @param broken why it is not YAML; empty where it is
 */
public record WorkflowFile(String path, Node node, String broken, String text) {

  /** Reads a file's text, which is nobody's but its author's. */
  public static WorkflowFile read(String path, String text) {
    try {
      var settings =
          LoadSettings.builder()
              .setMaxAliasesForCollections(50)
              .setCodePointLimit(1_000_000)
              .build();
      return new WorkflowFile(path, new Node(new Load(settings).loadFromString(text)), "", text);
    } catch (MarkedYamlEngineException e) {
      var place =
          e.getProblemMark()
              .map(it -> "line " + (it.getLine() + 1) + ", column " + (it.getColumn() + 1) + ": ")
              .orElse("");
      return new WorkflowFile(path, new Node(null), place + e.getProblem(), text);
    } catch (YamlEngineException e) {
      return new WorkflowFile(path, new Node(null), "it is not YAML", text);
    }
  }

  /** The file's own name, {@code ci.yml}. */
  public String file() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Its name as people see it. */
  public String name() {
    var name = node.text("name");
    return name.isEmpty() ? path : name;
  }

  public List<Job> jobs() {
    var jobs = new ArrayList<Job>();
    for (var id : node.keys("jobs")) {
      jobs.add(new Job(id, node.at("jobs", id)));
    }
    return jobs;
  }

  public Optional<Job> find(String id) {
    return jobs().stream().filter(it -> it.id().equals(id)).findFirst();
  }

  /** The job that a run shows under this name, which may carry a matrix or a called job. */
  public Optional<Job> shownAs(String name) {
    var own = name.contains(" / ") ? name.substring(0, name.indexOf(" / ")) : name;
    return jobs().stream().filter(it -> it.shown(own)).findFirst();
  }

  /** The events that start it, {@code push} or {@code workflow_call} among them. */
  public List<String> events() {
    var on = node.at("on");
    if (!on.text().isEmpty()) {
      return List.of(on.text());
    }
    var listed = on.texts();
    return listed.isEmpty() ? on.keys() : listed;
  }

  /** Whether other workflows may call it. */
  public boolean callable() {
    return events().contains("workflow_call");
  }

  /** What is read in the file outside of its jobs. */
  public List<Reference> common() {
    return References.in(node.at("env"), "env of the workflow");
  }

  /** The concurrency group of the workflow or of one of its jobs, which newer runs cancel. */
  public Optional<Concurrency> concurrency() {
    var places = new ArrayList<Node>();
    places.add(node.at("concurrency"));
    jobs().forEach(it -> places.add(it.node().at("concurrency")));
    return places.stream()
        .filter(Node::present)
        .map(
            it ->
                new Concurrency(
                    it.text().isEmpty() ? it.text("group") : it.text(),
                    it.text("cancel-in-progress")))
        .findFirst();
  }

  /** Runs of one group do not run side by side. */
  public record Concurrency(String group, String cancels) {}

  /** The number of the first line that holds this text; 0 where none does. */
  public int line(String part) {
    int number = 0;
    for (var line : text.lines().toList()) {
      number++;
      if (line.contains(part)) {
        return number;
      }
    }
    return 0;
  }
}
