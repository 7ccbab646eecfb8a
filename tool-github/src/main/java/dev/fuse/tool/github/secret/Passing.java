package dev.fuse.tool.github.secret;

import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.workflow.Job;
import dev.fuse.tool.github.workflow.Reference;
import java.util.List;
import java.util.Map;

/** What a calling job's {@code secrets:} hand over. */
final class Passing {

  private Passing() {}

  /** The secrets that an expression hands over. */
  static List<Reference> references(String expression) {
    return new Job("", new Node(Map.of("secrets passed on", expression))).references();
  }
}
