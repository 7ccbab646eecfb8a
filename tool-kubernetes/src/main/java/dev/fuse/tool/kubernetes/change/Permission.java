package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.kubernetes.api.Cluster;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether the person may do something, asked before it is proposed. */
public final class Permission {

  private static final String API = "authorization.k8s.io/v1";

  private Permission() {}

  /**
   * Fails if the person may not do that.
   *
   * @param subresource such as {@code exec}; empty for the object itself
   */
  public static void check(Place place, Kind kind, String verb, String name, String subresource) {
    var answer = review(place, kind, verb, name, subresource);
    if (answer.bool("status.allowed")) {
      return;
    }
    var resource = kind.resource() + (subresource.isEmpty() ? "" : "/" + subresource);
    throw new ToolFailure(
        ToolResult.Kind.FORBIDDEN,
        "you may not "
            + verb
            + " "
            + resource
            + " '"
            + name
            + "' in "
            + place.words(kind)
            + answer.find("status.reason").map(reason -> ": " + reason).orElse(""),
        "nothing was tried; ask for a role that allows '" + verb + "' on " + resource);
  }

  private static Json review(Place place, Kind kind, String verb, String name, String subresource) {
    var attributes = new LinkedHashMap<String, Object>();
    attributes.put("namespace", kind.namespaced() ? place.namespace() : "");
    attributes.put("verb", verb);
    attributes.put("group", kind.group());
    attributes.put("resource", kind.plural());
    attributes.put("subresource", subresource);
    attributes.put("name", name);
    return place
        .cluster()
        .ask(
            "POST",
            "/apis/" + API + "/selfsubjectaccessreviews",
            Cluster.JSON,
            Map.of(
                "apiVersion",
                API,
                "kind",
                "SelfSubjectAccessReview",
                "spec",
                Map.of("resourceAttributes", attributes)));
  }
}
