package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Address;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import java.util.List;

/**
 * Services without a selector: those that name a host, and those whose endpoints are made by hand.
 */
record BareServices(Snapshot snapshot, Faults faults) {

  void examine(Json service) {
    if (service.text("spec.type").equals("ExternalName")) {
      external(service);
      return;
    }
    boolean own = service.namespace().equals("default") && service.name().equals("kubernetes");
    if (service.map("spec.selector").isEmpty() && !own) {
      byHand(service);
    }
  }

  private void external(Json service) {
    var host = service.text("spec.externalName");
    var address = new Address("", host, "");
    var parts = host.split("\\.", -1);
    boolean inside = host.endsWith(".svc.cluster.local") || host.endsWith(".svc");
    if (!inside || parts.length < 3) {
      if (host.matches("[\\d.]+")) {
        faults.add(
            Fault.error(
                service.ref(),
                "externalName '" + host + "' is an address",
                "externalName must be a name: an address is taken for a name and not resolved",
                "make a Service without selector and an EndpointSlice with the address"));
      }
      return;
    }
    if (snapshot.find(Kind.SERVICE, parts[1], address.service()).isEmpty()) {
      var there = snapshot.list(Kind.SERVICE, parts[1]).stream().map(Json::name).toList();
      faults.add(
          Fault.error(
              service.ref(),
              "externalName '"
                  + host
                  + "' names Service '"
                  + parts[0]
                  + "' in namespace '"
                  + parts[1]
                  + "', Services there: "
                  + Words.joined(there),
              "the name that it stands for does not exist"
                  + Words.nearest(parts[0], there).map(o -> "; '" + o + "' does").orElse(""),
              "correct externalName"));
    }
  }

  private void byHand(Json service) {
    var slices =
        snapshot.list(Kind.SLICE, service.namespace()).stream()
            .filter(
                slice -> service.name().equals(slice.labels().get("kubernetes.io/service-name")))
            .toList();
    if (slices.stream().mapToInt(slice -> slice.list("endpoints").size()).sum() == 0) {
      faults.add(
          Fault.warning(
              service.ref(),
              "no selector, and no EndpointSlice labelled kubernetes.io/service-name="
                  + service.name(),
              "it selects no pods and nobody gave it addresses",
              "add a selector, or an EndpointSlice with addresses"));
      return;
    }
    var wanted = service.list("spec.ports").stream().map(p -> p.text("name")).toList();
    var there = names(slices);
    if (wanted.stream().noneMatch(there::contains)) {
      faults.add(
          Fault.error(
              service.ref(),
              "its ports are named " + quoted(wanted) + ", those of its endpoints " + quoted(there),
              "ports of a Service and of its EndpointSlice are matched by name, and none is alike",
              "give them the same name"));
    }
  }

  private static List<String> names(List<Json> slices) {
    return slices.stream()
        .flatMap(slice -> slice.list("ports").stream())
        .map(port -> port.text("name"))
        .distinct()
        .toList();
  }

  private static List<String> quoted(List<String> names) {
    return names.stream().map(name -> "'" + name + "'").toList();
  }
}
