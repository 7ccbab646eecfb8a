package dev.fuse.tool.github.change;

import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.look.Actions;

/** Finds a workflow by what people call it. */
final class Workflows {

  private Workflows() {}

  static Node find(Actions actions, String name) {
    var known = actions.workflows();
    return known.stream()
        .filter(
            it ->
                it.text("name").equalsIgnoreCase(name)
                    || it.text("path").equals(name)
                    || it.text("path").endsWith("/" + name)
                    || it.text("path").replaceAll("^.*/|\\.ya?ml$", "").equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                ToolFailure.notFound(
                    "there is no workflow '" + name + "' in " + actions.repository(),
                    "existing: "
                        + String.join(", ", known.stream().map(it -> it.text("name")).toList())));
  }
}
