package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.text.Spelling;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.Containers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Network policies whose selectors nearly meet somebody, and meet nobody. */
public record PolicyFaults(Snapshot snapshot, Faults faults) {

  /** Peers that no pod or namespace meets, though something nearly does: a slip of the pen. */
  public void examine() {
    for (var policy : snapshot.list(Kind.POLICY)) {
      var slips = new ArrayList<String>();
      for (var side : Map.of("ingress", "from", "egress", "to").entrySet()) {
        for (var rule : policy.list("spec." + side.getKey())) {
          for (var peer : rule.list(side.getValue())) {
            slip(policy, peer).ifPresent(slips::add);
          }
        }
      }
      if (!slips.isEmpty()) {
        faults.add(
            Fault.warning(
                policy.ref(),
                String.join("; ", slips),
                "the policy admits nobody there, so what it should allow is cut",
                "correct the selector"));
      }
    }
  }

  private Optional<String> slip(Json policy, Json peer) {
    if (peer.has("namespaceSelector")) {
      var wanted = peer.map("namespaceSelector.matchLabels");
      return nearly(
          "namespaceSelector",
          peer.at("namespaceSelector"),
          wanted,
          snapshot.everywhere(Kind.NAMESPACE).stream().map(Json::labels).toList());
    }
    return nearly(
        "podSelector",
        peer.at("podSelector"),
        peer.map("podSelector.matchLabels"),
        snapshot.list(Kind.POD, policy.namespace()).stream().map(Containers::ownLabels).toList());
  }

  private static Optional<String> nearly(
      String what, Json selector, Map<String, String> wanted, List<Map<String, String>> there) {
    if (wanted.isEmpty() || there.stream().anyMatch(one -> Containers.selects(selector, one))) {
      return Optional.empty();
    }
    for (var one : wanted.entrySet()) {
      var values =
          there.stream().flatMap(l -> Optional.ofNullable(l.get(one.getKey())).stream()).toList();
      var near = Spelling.nearest(one.getValue(), values);
      if (near.isPresent() && !values.contains(one.getValue())) {
        return Optional.of(
            what
                + " "
                + Containers.query(selector)
                + " matches none of "
                + there.size()
                + "; there is "
                + one.getKey()
                + "="
                + near.get());
      }
    }
    return Optional.empty();
  }
}
