package dev.fuse.tool.kubernetes.diagnose.why;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Reason;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.Containers;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a volume is not attached or mounted: its claim, volume and node, and who else has it. */
public record MountReasons(Snapshot snapshot) {

  public Optional<Reason> of(Json pod, String message) {
    if (message.contains("Multi-Attach")) {
      return Optional.of(attached(pod));
    }
    if (message.contains("not found in the list of registered CSI drivers")
        || message.contains("no volume plugin matched")) {
      return Optional.of(
          new Reason(
              "CSI drivers there: "
                  + Words.joined(
                      snapshot.names(
                          Kind.of("storage.k8s.io", "v1", "csidrivers", "CSIDriver", false), "")),
              "the node has no driver for that volume",
              "install the driver on the nodes, or look at its DaemonSet"));
    }
    if (message.contains("NetworkPlugin") || message.contains("CNI") || message.contains("cni")) {
      return Optional.of(
          new Reason(
              "the node's network plug-in says so; node " + pod.text("spec.nodeName"),
              "the network plug-in (CNI) of the node cannot set up the pod's network",
              "look at the CNI pods of that node in kube-system, and at free addresses"));
    }
    if (message.contains("subPath") || message.contains("subpath")) {
      return Optional.of(subPath(pod));
    }
    return Optional.empty();
  }

  private Reason attached(Json pod) {
    var claims = claims(pod);
    var others =
        snapshot.list(Kind.POD, pod.namespace()).stream()
            .filter(other -> !other.uid().equals(pod.uid()) && !Containers.ended(other))
            .filter(other -> claims(other).stream().anyMatch(claims::contains))
            .map(other -> other.name() + " on " + other.text("spec.nodeName"))
            .toList();
    var modes =
        claims.stream()
            .flatMap(name -> snapshot.find(Kind.CLAIM, pod.namespace(), name).stream())
            .map(one -> one.name() + " " + String.join(",", one.texts("spec.accessModes")))
            .collect(Collectors.joining("; "));
    return new Reason(
        "claims "
            + modes
            + "; this pod is on "
            + pod.text("spec.nodeName")
            + ", the same claim is used by "
            + Words.joined(others),
        "the volume may be attached to one node only, and is attached to another",
        "let the old pod go first (strategy Recreate), keep both on one node, or use a volume that"
            + " many nodes may mount");
  }

  public static List<String> claims(Json pod) {
    return pod.list("spec.volumes").stream()
        .flatMap(volume -> volume.find("persistentVolumeClaim.claimName").stream())
        .toList();
  }

  private static Reason subPath(Json pod) {
    var paths =
        Containers.of(pod.at("spec")).stream()
            .flatMap(container -> container.list("volumeMounts").stream())
            .filter(mount -> mount.has("subPath"))
            .map(
                mount ->
                    mount.text("mountPath")
                        + " from "
                        + mount.text("name")
                        + " subPath "
                        + mount.text("subPath"))
            .toList();
    return new Reason(
        "mounts with subPath: " + Words.joined(paths),
        "the subPath cannot be mounted (a file on a directory, or it is not in the volume)",
        "correct subPath and mountPath");
  }
}
