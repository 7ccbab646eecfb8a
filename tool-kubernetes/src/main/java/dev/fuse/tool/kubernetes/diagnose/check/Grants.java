package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import java.util.ArrayList;

/** What ReferenceGrants allow to refer to across namespaces. */
record Grants(Snapshot snapshot) {

  private static final Kind GRANT =
      Kind.of("gateway.networking.k8s.io", "v1beta1", "referencegrants", "ReferenceGrant", true);

  boolean granted(String kind, String from, String toKind, String namespace, String toName) {
    return snapshot.list(GRANT, namespace).stream()
        .anyMatch(
            grant ->
                grant.list("spec.from").stream()
                        .anyMatch(
                            one ->
                                one.text("kind").equals(kind) && one.text("namespace").equals(from))
                    && grant.list("spec.to").stream()
                        .anyMatch(
                            one ->
                                one.text("kind").equals(toKind)
                                    && one.text("name", toName).equals(toName)));
  }

  Fault ungranted(Json from, String to, String namespace) {
    var grants = new ArrayList<String>();
    for (var grant : snapshot.list(GRANT, namespace)) {
      grants.add(
          grant.name()
              + " from "
              + grant.list("spec.from").stream()
                  .map(one -> one.text("kind") + " of " + one.text("namespace"))
                  .toList()
              + " to "
              + grant.list("spec.to").stream().map(one -> one.text("kind")).toList());
    }
    return Fault.error(
        from.ref(),
        "it refers to "
            + to
            + " in another namespace; ReferenceGrants in '"
            + namespace
            + "': "
            + Words.joined(grants),
        "no ReferenceGrant in '"
            + namespace
            + "' allows a "
            + from.kind()
            + " of '"
            + from.namespace()
            + "' to refer to it",
        "add a ReferenceGrant there");
  }
}
