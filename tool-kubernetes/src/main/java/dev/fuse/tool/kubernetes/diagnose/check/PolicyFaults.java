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
import java.util.function.Predicate;

/** Network policies whose selectors nearly meet somebody, and meet nobody. */
public record PolicyFaults(Snapshot snapshot, Faults faults) {

  private static final String LABELS = "namespaceSelector.matchLabels";

  /** Peers that no pod or namespace meets, though something nearly does: a slip of the pen. */
  public void examine() {
    snapshot.list(Kind.POLICY).forEach(policy -> one(policy, _ -> true));
    if (!snapshot.wholeCluster()) {
      var own = snapshot.place().namespace();
      snapshot.elsewhere(Kind.POLICY).stream()
          .filter(policy -> !policy.namespace().equals(own))
          .forEach(policy -> one(policy, peer -> peer.map(LABELS).containsValue(own)));
    }
  }

  private void one(Json policy, Predicate<Json> wanted) {
    var slips = new ArrayList<String>();
    for (var side : Map.of("ingress", "from", "egress", "to").entrySet()) {
      for (var rule : policy.list("spec." + side.getKey())) {
        for (var peer : rule.list(side.getValue())) {
          if (wanted.test(peer)) {
            slip(policy, peer).ifPresent(slips::add);
          }
        }
      }
    }
    if (!slips.isEmpty()) {
      faults.add(
          Fault.warning(
              policy.ref(),
              String.join("; ", slips),
              "the policy admits nobody there, so what it should allow is cut",
              "correct the selector (a namespace always has the label"
                  + " kubernetes.io/metadata.name), or label what is meant"));
    }
  }

  private Optional<String> slip(Json policy, Json peer) {
    if (peer.has("namespaceSelector")) {
      var wanted = peer.map(LABELS);
      var named = unlabelled(wanted);
      if (named.isPresent()) {
        return named;
      }
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

  /** A value that is a namespace's name, under a label that this namespace does not have. */
  private Optional<String> unlabelled(Map<String, String> wanted) {
    var namespaces = snapshot.everywhere(Kind.NAMESPACE);
    return wanted.entrySet().stream()
        .flatMap(
            label ->
                namespaces.stream()
                    .filter(one -> one.name().equals(label.getValue()))
                    .filter(one -> !label.getValue().equals(one.labels().get(label.getKey())))
                    .map(
                        one ->
                            "namespaceSelector "
                                + label.getKey()
                                + "="
                                + label.getValue()
                                + " matches no namespace: namespace '"
                                + one.name()
                                + "' has no label "
                                + label.getKey()
                                + ", only "
                                + Containers.labels(one.labels())))
        .filter(
            _ ->
                namespaces.stream()
                    .noneMatch(n -> n.labels().entrySet().containsAll(wanted.entrySet())))
        .findFirst();
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
