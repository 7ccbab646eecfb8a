package dev.fuse.tool.kubernetes.diagnose.why;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Reason;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.Containers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why no node offers a resource that a device plugin announces, such as nvidia.com/gpu. */
public record DevicePlugins(Snapshot snapshot) {

  /**
   * Of a resource that no node offers.
   *
   * @param nodes those that the pod may run on
   */
  public Optional<Reason> of(String resource, List<Json> nodes) {
    if (!resource.contains("/")) {
      return Optional.empty();
    }
    var vendor = resource.replaceFirst("[./].*", "");
    var names = Words.joined(nodes.stream().map(Json::name).toList());
    var plugins =
        snapshot.list(Kind.DAEMON_SET, "").stream().filter(set -> announces(set, vendor)).toList();
    if (plugins.isEmpty()) {
      return Optional.of(
          new Reason(
              "nodes that it may run on: " + names + "; none reports " + resource,
              "no node offers " + resource + ", and no DaemonSet of a device plugin for it runs",
              "install the device plugin of " + vendor + " on those nodes"));
    }
    for (var plugin : plugins) {
      var pod = Json.of(Map.of("spec", plugin.at("spec.template.spec").fields()));
      for (var node : nodes) {
        if (!runsOn(plugin, node)) {
          return Optional.of(absent(resource, plugin, pod, node));
        }
      }
    }
    return Optional.of(
        new Reason(
            "nodes that it may run on: " + names + "; none reports " + resource,
            plugins.getFirst().ref() + " runs there and announces no " + resource,
            "read the log of the device plugin, and look at the driver of the node"));
  }

  private static Reason absent(String resource, Json plugin, Json pod, Json node) {
    var why =
        NodeChoice.untolerated(pod, node)
            .map(taint -> "it does not tolerate the node's taint " + NodeChoice.words(taint))
            .or(() -> NodeChoice.out(pod, node))
            .orElse("its pod is not made");
    return new Reason(
        "node "
            + node.name()
            + " reports no "
            + resource
            + "; "
            + plugin.ref()
            + ", which announces it, has no pod there: "
            + why,
        "the device plugin does not run on " + node.name() + ": " + why,
        why.contains("taint")
            ? "add the toleration to " + plugin.ref()
            : "let " + plugin.ref() + " run on " + node.name());
  }

  private boolean runsOn(Json plugin, Json node) {
    return snapshot.list(Kind.POD, plugin.namespace()).stream()
        .filter(pod -> pod.controller().filter(o -> o.text("uid").equals(plugin.uid())).isPresent())
        .anyMatch(pod -> pod.text("spec.nodeName").equals(node.name()));
  }

  private static boolean announces(Json set, String vendor) {
    var words =
        set.name()
            + " "
            + Containers.of(set.at("spec.template.spec")).stream()
                .map(one -> one.text("image"))
                .toList();
    boolean plugin = words.contains("device-plugin") || words.contains("deviceplugin");
    return words.contains(vendor) && (plugin || words.contains("operator"));
  }
}
