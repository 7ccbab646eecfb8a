package dev.fuse.tool.gcp.look;

import dev.fuse.tool.gcp.api.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Changes by the audit logs of administrators' activity, which are always kept. */
public final class AuditLog {

  private static final Duration BACK = Duration.ofDays(30);

  private AuditLog() {}

  /** Changes of what bears a name, in thirty days, the newest first. */
  public static Seen<List<Json>> changes(Cloud cloud, String project, String about) {
    var filter =
        "logName=\"projects/"
            + project
            + "/logs/cloudaudit.googleapis.com%2Factivity\" AND timestamp>=\""
            + Instant.now().minus(BACK)
            + "\" AND protoPayload.resourceName:\""
            + about.replace("\\", "").replace("\"", "")
            + "\"";
    return cloud.logs(project, filter, 50);
  }

  /** Who did what and when. */
  public static String words(Json entry) {
    var payload = entry.at("protoPayload");
    var deltas =
        payload.list("serviceData.policyDelta.bindingDeltas").stream()
            .limit(5)
            .map(one -> one.text("action") + " " + one.text("role") + " " + one.text("member"))
            .collect(Collectors.joining(", "));
    return entry.text("timestamp").replaceFirst("\\..*$", "Z")
        + " "
        + who(payload)
        + " "
        + payload.text("methodName").replaceFirst("^.*\\.", "")
        + " "
        + payload.text("resourceName")
        + (deltas.isEmpty() ? "" : " (" + deltas + ")")
        + payload.find("status.message").map(one -> ": " + one).orElse("");
  }

  /** Whose call it was. */
  public static String who(Json payload) {
    return payload
        .find("authenticationInfo.principalEmail")
        .or(() -> payload.find("authenticationInfo.principalSubject"))
        .orElse("somebody");
  }
}
