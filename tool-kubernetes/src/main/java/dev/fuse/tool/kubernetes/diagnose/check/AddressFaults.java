package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.spi.Finding.Severity;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.diagnose.seen.Address;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.diagnose.why.HostCheck;
import dev.fuse.tool.kubernetes.look.Containers;
import java.util.List;
import java.util.Map;

/** Hosts and ports in the environment of workloads that no Service answers to. */
public record AddressFaults(Snapshot snapshot, Faults faults) {

  public void examine(Map<String, List<Json>> workloads) {
    workloads.forEach(
        (workload, pods) -> {
          var pod = pods.getLast();
          if (!Containers.ended(pod) && !faults.has(workload)) {
            Containers.of(pod.at("spec")).forEach(container -> one(workload, pod, container));
          }
        });
  }

  /**
   * Such an address is a fault where a Service is nearly called so or lacks the port; else it is
   * only worth knowing, since the name may be resolved in ways that are not seen from here.
   */
  private void one(String workload, Json pod, Json container) {
    var check = new HostCheck(snapshot);
    for (var address : Address.of(container)) {
      var service =
          address
              .namespace(pod.namespace(), snapshot.names(Kind.NAMESPACE, ""))
              .flatMap(ns -> snapshot.find(Kind.SERVICE, ns, address.service()));
      var known = service.flatMap(one -> faults.behind(one.ref()));
      if (known.isPresent()) {
        known.get().hence(workload + " is told to use it (" + address.from() + ")");
        continue;
      }
      var found = check.trouble(pod, address);
      if (found.isEmpty()) {
        continue;
      }
      var reason = found.get();
      boolean near = service.isPresent() || reason.cause().contains("; the Service is");
      faults.add(
          workload + " " + address.host(),
          faults.telling(
              new Fault(
                  near ? Severity.WARNING : Severity.INFO,
                  workload,
                  reason.seen(),
                  near ? reason.cause() : "",
                  near ? reason.next() : ""),
              near ? workload : workload + " " + address.host()));
    }
  }
}
