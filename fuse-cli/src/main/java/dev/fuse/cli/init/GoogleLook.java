package dev.fuse.cli.init;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Project, clusters with their pools, accounts with the workloads that act as them, resources. */
record GoogleLook(Tools tools, String project) implements Look {

  @Override
  public String section() {
    return "google";
  }

  @Override
  public String title() {
    return "Google Cloud" + (project.isEmpty() ? "" : " project " + project);
  }

  @Override
  public void look(Found found) {
    found.fact("project", project);
    Parallel.ask(
        List.<Runnable>of(
            () -> services(found), () -> clusters(found), () -> accounts(found), () -> list(found)),
        part -> {
          part.run();
          return part;
        });
  }

  private Map<String, Object> here() {
    return Map.of("project", project);
  }

  private void services(Found found) {
    var answer = tools.call("gcp_services", here());
    if (answer.failed()) {
      found.missing("enabled services", answer.problem());
      return;
    }
    if (answer.structured().orElse(List.of()) instanceof List<?> names) {
      found.fact("services", names.stream().map(String::valueOf).toList());
    }
  }

  private void clusters(Found found) {
    var answer = tools.call("gke_clusters", here());
    if (answer.failed()) {
      found.missing("clusters", answer.problem());
      return;
    }
    var clusters = new LinkedHashMap<String, Object>();
    for (var one : answer.rows()) {
      var pools = new LinkedHashMap<String, Object>();
      At.list(one, "nodePools")
          .forEach(
              pool ->
                  pools.put(
                      At.text(pool, "name"),
                      At.text(pool, "config/machineType")
                          + ", account "
                          + At.text(pool, "config/serviceAccount")));
      var about = new LinkedHashMap<String, Object>();
      about.put("location", At.text(one, "location"));
      about.put("version", At.text(one, "currentMasterVersion"));
      about.put("channel", At.text(one, "releaseChannel/channel"));
      about.put("workload-pool", At.text(one, "workloadIdentityConfig/workloadPool"));
      about.put(
          "mode", "true".equals(At.text(one, "autopilot/enabled")) ? "Autopilot" : "Standard");
      about.put("pools", pools);
      about.values().removeIf(value -> value.equals("") || value.equals(Map.of()));
      clusters.put(At.text(one, "name"), about);
    }
    found.fact("clusters", clusters);
  }

  private void accounts(Found found) {
    var answer = tools.call("gcp_accounts", here());
    if (answer.failed()) {
      found.missing("service accounts", answer.problem());
      return;
    }
    found.fact(
        "service-accounts",
        answer.rows().stream()
            .map(
                one ->
                    At.text(one, "email")
                        + ("true".equals(At.text(one, "disabled")) ? " (disabled)" : ""))
            .toList());
  }

  private void list(Found found) {
    for (var kind : List.of("repository", "bucket", "topic", "secret", "sql")) {
      var answer = tools.call("gcp_list", Map.of("kind", kind, "projects", List.of(project)));
      if (answer.failed()) {
        found.missing(kind, answer.problem());
        continue;
      }
      found.fact(
          kind.equals("repository") ? "registries" : kind.equals("sql") ? "databases" : kind + "s",
          answer.rows().stream()
              .map(one -> At.text(one, "name").replaceFirst("^.*/", ""))
              .limit(100)
              .toList());
    }
  }
}
