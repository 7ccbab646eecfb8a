package dev.fuse.tool.gcp.diagnose;

import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.look.AuditLog;
import dev.fuse.tool.gcp.look.Cloud;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Who changed something, by the audit logs of the last thirty days. */
final class History {

  private final Cloud cloud;

  History(Cloud cloud) {
    this.cloud = cloud;
  }

  /** The newest change of a kind, in a sentence; empty where none is seen. */
  String sentence(String project, String about, Predicate<Json> fits) {
    return change(project, about, fits).map(History::words).map(one -> "; " + one).orElse("");
  }

  private Optional<Json> change(String project, String about, Predicate<Json> fits) {
    return AuditLog.changes(cloud, project, about).find().orElse(List.of()).stream()
        .filter(fits)
        .findFirst();
  }

  private static String words(Json entry) {
    var payload = entry.at("protoPayload");
    var who = AuditLog.who(payload);
    var method = payload.text("methodName").replaceFirst("^.*\\.", "");
    var agent = payload.text("requestMetadata.callerSuppliedUserAgent");
    var by = agent.contains("Terraform") ? " with Terraform" : "";
    return who + " did " + method + " " + age(entry.text("timestamp")) + by + " [audit log]";
  }

  /** How long ago, roughly. */
  static String age(String timestamp) {
    try {
      var ago = Duration.between(Instant.parse(timestamp), Instant.now());
      if (ago.toDays() > 1) {
        return ago.toDays() + " days ago";
      }
      return ago.toHours() > 1
          ? ago.toHours() + " hours ago"
          : Math.max(1, ago.toMinutes()) + " minutes ago";
    } catch (DateTimeParseException _) {
      return "at " + timestamp;
    }
  }

  /** Whether an entry is of a method. */
  static Predicate<Json> method(String... names) {
    return entry -> {
      var method = entry.text("protoPayload.methodName");
      for (var name : names) {
        if (method.endsWith(name)) {
          return true;
        }
      }
      return false;
    };
  }
}
