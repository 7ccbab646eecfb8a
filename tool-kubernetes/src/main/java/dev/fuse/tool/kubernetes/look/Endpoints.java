package dev.fuse.tool.kubernetes.look;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import java.util.ArrayList;
import java.util.List;

/** The Services that send to the pods of a workload. */
public final class Endpoints {

  private Endpoints() {}

  /** Services whose selector a workload's template fits. */
  public static List<Json> services(Place place, Json workload) {
    var labels = workload.map("spec.template.metadata.labels");
    return place.cluster().items(Kind.SERVICE, place.namespace(), "").stream()
        .filter(service -> !service.map("spec.selector").isEmpty())
        .filter(service -> labels.entrySet().containsAll(service.map("spec.selector").entrySet()))
        .toList();
  }

  /** {@code ; Service web has 2 ready endpoints}; empty where no Service sends there. */
  public static String of(Place place, Json workload) {
    var parts = new ArrayList<String>();
    for (var service : services(place, workload)) {
      parts.add(
          "; Service " + service.name() + " has " + ready(place, service) + " ready endpoints");
    }
    return String.join("", parts);
  }

  public static long ready(Place place, Json service) {
    var query = "labelSelector=" + Kind.encode("kubernetes.io/service-name=" + service.name());
    return place.cluster().items(Kind.SLICE, place.namespace(), query).stream()
        .flatMap(slice -> slice.list("endpoints").stream())
        .filter(endpoint -> !Boolean.FALSE.equals(endpoint.value("conditions.ready")))
        .count();
  }
}
