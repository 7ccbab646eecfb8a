package dev.fuse.tool.gcp.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.gcp.api.Access;
import dev.fuse.tool.gcp.api.GcpTool;
import dev.fuse.tool.gcp.api.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;

/** Reads logs with a query that is always bounded in time and number. */
public final class LogQuery implements GcpTool {

  private static final Pattern SINCE = Pattern.compile("(\\d{1,4})([mhd])");

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gcp_logs",
              "Read Cloud Logging: who changed what (kind=changes), who was refused (kind=denied),"
                  + " or lines of containers (kind=containers); always bounded in time.",
              Schema.object()
                  .optional(
                      "kind",
                      Schema.choice("what is read", "changes", "denied", "containers", "any")
                          .byDefault("changes"))
                  .optional("about", Schema.string("text: account, resource, workload"))
                  .optional("namespace", Schema.string("of the containers"))
                  .optional("filter", Schema.string("more of the query language, joined by AND"))
                  .optional("since", Schema.string("30m, 6h, 7d").byDefault("1d"))
                  .optional("limit", Schema.integer("entries").range(1, 200).byDefault(30))
                  .optional("project", Reading.PROJECT),
              Reading.CEILING)
          .keywords("audit log", "who changed", "who deleted", "cloud logging");

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Access access, Arguments arguments, Call call) {
    var project = access.project(arguments);
    var filter = filter(arguments, project);
    return Reading.of(
        access,
        "logs of project " + project + ": " + arguments.string("kind", "changes"),
        project,
        cloud -> read(cloud, project, filter, arguments.integer("limit", 30)));
  }

  private static String filter(Arguments arguments, String project) {
    var kind = arguments.string("kind", "changes");
    var about = quoted(arguments.string("about", ""));
    var log = "logName=\"projects/" + project + "/logs/cloudaudit.googleapis.com%2F";
    var base =
        switch (kind) {
          case "changes" -> log + "activity\"";
          case "denied" -> "protoPayload.status.code=7";
          case "containers" -> "resource.type=\"k8s_container\"";
          default -> "severity>=DEFAULT";
        };
    var text = new StringBuilder(base);
    text.append(" AND timestamp>=\"").append(since(arguments.string("since", "1d"))).append('"');
    arguments
        .findString("namespace")
        .ifPresent(
            name -> text.append(" AND resource.labels.namespace_name=").append(quoted(name)));
    if (!about.equals("\"\"")) {
      text.append(
          kind.equals("containers")
              ? " AND (resource.labels.pod_name:" + about + " OR textPayload:" + about + ")"
              : " AND SEARCH(" + about + ")");
    }
    arguments
        .findString("filter")
        .filter(one -> !one.isBlank())
        .ifPresent(one -> text.append(" AND (").append(balanced(one)).append(")"));
    return text.toString();
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "").replace("\"", "") + "\"";
  }

  /** A filter that closes more than it opens would get out of the bound around it. */
  private static String balanced(String filter) {
    int open = 0;
    boolean text = false;
    for (int i = 0; i < filter.length(); i++) {
      char c = filter.charAt(i);
      if (c == '"' && (i == 0 || filter.charAt(i - 1) != '\\')) {
        text = !text;
      }
      open += text ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
      if (open < 0) {
        break;
      }
    }
    if (open != 0 || text || filter.contains("\n") || filter.contains("--")) {
      throw ToolFailure.invalid(
          "'" + filter + "' is not one whole expression", "close each quote and parenthesis");
    }
    return filter;
  }

  private static Instant since(String text) {
    var parts = SINCE.matcher(text.strip());
    if (!parts.matches()) {
      throw ToolFailure.invalid("'" + text + "' is not a length of time", "such as 30m, 6h, 7d");
    }
    long count = Long.parseLong(parts.group(1));
    var length =
        switch (parts.group(2)) {
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    return Instant.now().minus(length);
  }

  private static ToolResult read(Cloud cloud, String project, String filter, int limit) {
    var entries = cloud.logs(project, filter, limit).get();
    var counts = new LinkedHashMap<String, Integer>();
    entries.forEach(entry -> counts.merge(line(entry), 1, Integer::sum));
    var lines =
        counts.entrySet().stream()
            .map(one -> one.getKey() + (one.getValue() > 1 ? " (" + one.getValue() + "×)" : ""))
            .toList();
    var note =
        entries.isEmpty()
            ? "no entries; data access logs are often off, so that nothing is there proves nothing"
            : String.join("\n", lines);
    return ToolResult.ok(note).structured(entries.stream().map(Json::fields).toList());
  }

  private static String line(Json entry) {
    if (entry.has("protoPayload")) {
      return AuditLog.words(entry);
    }
    var labels = entry.at("resource.labels");
    var text =
        entry
            .find("textPayload")
            .or(() -> entry.find("jsonPayload.message"))
            .orElseGet(() -> entry.at("jsonPayload").write());
    var where =
        labels.has("pod_name")
            ? labels.text("namespace_name") + "/" + labels.text("pod_name")
            : entry.text("resource.type");
    return entry.text("timestamp").replaceFirst("\\..*$", "Z")
        + " "
        + entry.text("severity")
        + " "
        + where
        + ": "
        + (text.length() > 500 ? text.substring(0, 500) + "…" : text);
  }
}
