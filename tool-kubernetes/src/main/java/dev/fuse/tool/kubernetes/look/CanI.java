package dev.fuse.tool.kubernetes.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Cluster;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks the API server whether somebody may do something. */
public final class CanI {

  private static final String API = "authorization.k8s.io/v1";

  private CanI() {}

  public static Action prepare(Access access, Arguments arguments) {
    var place = access.place(arguments);
    var kind = access.kind(place, arguments.string("kind"));
    var verb = arguments.string("verb");
    var subject = subject(place, arguments.string("subject", ""));
    var who = subject.isEmpty() ? "you" : subject;
    return Action.of(
        "whether " + who + " may " + verb + " " + kind.plural() + " in " + place.words(),
        place.reads(kind.name(), arguments.string("name", "")),
        _ -> run(place, kind, verb, subject, arguments));
  }

  /** {@code serviceaccount:name} is one of the namespace. */
  private static String subject(Place place, String subject) {
    if (!subject.startsWith("serviceaccount:")) {
      return subject;
    }
    var name = subject.substring("serviceaccount:".length());
    return "system:serviceaccount:" + (name.contains(":") ? name : place.namespace() + ":" + name);
  }

  private static ToolResult run(
      Place place, Kind kind, String verb, String subject, Arguments arguments) {
    var attributes = new LinkedHashMap<String, Object>();
    attributes.put("namespace", kind.namespaced() ? place.namespace() : "");
    attributes.put("verb", verb);
    attributes.put("group", kind.group());
    attributes.put("resource", kind.plural());
    attributes.put("subresource", arguments.string("subresource", ""));
    attributes.put("name", arguments.string("name", ""));
    var spec = new LinkedHashMap<String, Object>();
    spec.put("resourceAttributes", attributes);
    if (!subject.isEmpty()) {
      spec.put("user", subject);
    }
    var review = subject.isEmpty() ? "SelfSubjectAccessReview" : "SubjectAccessReview";
    var answer =
        place
            .cluster()
            .ask(
                "POST",
                "/apis/" + API + "/" + review.toLowerCase(java.util.Locale.ROOT) + "s",
                Cluster.JSON,
                Map.of("apiVersion", API, "kind", review, "spec", spec));
    boolean allowed = answer.bool("status.allowed");
    var reason = answer.text("status.reason");
    return ToolResult.ok((allowed ? "yes" : "no") + (reason.isEmpty() ? "" : ": " + reason))
        .structured(Map.of("allowed", allowed));
  }
}
