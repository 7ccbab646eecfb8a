package dev.fuse.cli.init;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What runs in the current cluster, and as whom. */
record ClusterLook(Tools tools, String context) implements Look {

  private static final int MOST = 80;
  private static final List<String> KINDS =
      List.of("deployments", "statefulsets", "daemonsets", "cronjobs");
  private static final Set<String> SYSTEM =
      Set.of("kube-system", "kube-public", "kube-node-lease", "gmp-system");

  /** What an API group says about how a cluster is run. */
  private static final Map<String, String> SIGNS =
      Map.of(
          "argoproj.io", "Argo CD",
          "toolkit.fluxcd.io", "Flux",
          "istio.io", "Istio",
          "linkerd.io", "Linkerd",
          "cnrm.cloud.google.com", "Config Connector",
          "gateway.networking.k8s.io", "Gateway API",
          "cert-manager.io", "cert-manager",
          "external-secrets.io", "External Secrets");

  @Override
  public String section() {
    return "kubernetes";
  }

  @Override
  public String title() {
    return "cluster " + context;
  }

  @Override
  public void look(Found found) {
    found.fact("context", context);
    Parallel.ask(
        List.<Runnable>of(
            () -> contexts(found),
            () -> software(found),
            () -> applications(found),
            () -> workloads(found)),
        part -> {
          part.run();
          return part;
        });
  }

  private void contexts(Found found) {
    found.fact(
        "contexts",
        tools.call("k8s_contexts", Map.of()).rows().stream()
            .map(one -> At.text(one, "name"))
            .toList());
  }

  private Tools.Result list(String kind) {
    return tools.call("k8s_list", Map.of("kind", kind, "all_namespaces", true, "limit", 1000L));
  }

  private void software(Found found) {
    var answer = list("customresourcedefinitions");
    if (answer.failed()) {
      found.missing("installed software", answer.problem());
      return;
    }
    var seen = new TreeSet<String>();
    for (var one : answer.rows()) {
      var name = At.text(one, "name");
      SIGNS.forEach(
          (group, software) -> {
            if (name.endsWith("." + group) || name.endsWith(group)) {
              seen.add(software);
            }
          });
    }
    found.fact("software", List.copyOf(seen));
    var ingresses = list("ingresses").rows();
    found.fact(
        "ingress-hosts",
        ingresses.stream()
            .map(one -> At.text(one, "hosts"))
            .filter(one -> !one.isBlank())
            .toList());
  }

  private void applications(Found found) {
    var answer = list("applications.argoproj.io");
    for (var row : answer.rows()) {
      var one =
          tools
              .call(
                  "k8s_get",
                  Map.of(
                      "kind", "applications.argoproj.io",
                      "name", At.text(row, "name"),
                      "namespace", At.text(row, "namespace")))
              .object();
      var space = At.text(one, "spec/destination/namespace");
      At.list(one, "status/resources")
          .filter(it -> At.text(it, "kind").matches("Deployment|StatefulSet|DaemonSet|CronJob"))
          .forEach(
              it ->
                  found.connection(
                      Connection.of(
                              (At.text(it, "namespace").isEmpty()
                                      ? space
                                      : At.text(it, "namespace"))
                                  + "/"
                                  + At.text(it, "name"))
                          .with("application", At.text(row, "name") + " (Argo CD)")
                          .with("repository", At.text(one, "spec/source/repoURL"))
                          .with("manifest", At.text(one, "spec/source/path"))));
    }
  }

  private record Row(String kind, String namespace, String name) {}

  private void workloads(Found found) {
    var rows = new ArrayList<Row>();
    var spaces = new TreeSet<String>();
    for (var kind : KINDS) {
      var answer = list(kind);
      if (answer.failed()) {
        found.missing(kind, answer.problem());
      }
      for (var one : answer.rows()) {
        var row = new Row(kind, At.text(one, "namespace"), At.text(one, "name"));
        if (!SYSTEM.contains(row.namespace())) {
          rows.add(row);
          spaces.add(row.namespace());
        }
      }
    }
    found.fact("namespaces", List.copyOf(spaces));
    if (rows.size() > MOST) {
      found.missing("workloads", "the first " + MOST + " of " + rows.size() + " were looked into");
    }
    Parallel.ask(
        rows.stream().limit(MOST).toList(),
        row -> {
          workload(found, row);
          return row;
        });
  }

  private void workload(Found found, Row row) {
    var object =
        tools
            .call(
                "k8s_get",
                Map.of("kind", row.kind(), "name", row.name(), "namespace", row.namespace()))
            .object();
    var pod =
        row.kind().equals("cronjobs")
            ? At.value(object, "spec/jobTemplate/spec/template/spec")
            : At.value(object, "spec/template/spec");
    if (pod == null) {
      return;
    }
    var account = At.text(pod, "serviceAccountName");
    var one =
        Connection.of(row.namespace() + "/" + row.name())
            .with("kind", At.text(object, "kind"))
            .with("cluster", context);
    if (!account.isEmpty()) {
      one = one.with("service-account", row.namespace() + "/" + account);
      one = one.with("google-account", google(row.namespace(), account));
    }
    for (var container : At.list(pod, "containers").toList()) {
      one = Images.into(one, At.text(container, "image"));
      for (var variable : At.list(container, "env").toList()) {
        one = one.with("uses", Uses.of(At.text(variable, "value")));
      }
    }
    found.connection(one.with("managed-by", manager(object)));
  }

  private String google(String namespace, String account) {
    var object =
        tools
            .call(
                "k8s_get",
                Map.of("kind", "serviceaccounts", "name", account, "namespace", namespace))
            .object();
    return annotation(object);
  }

  /** The key holds a slash, so that a path cannot name it. */
  private static String annotation(Map<String, Object> object) {
    return At.value(object, "metadata/annotations") instanceof Map<?, ?> annotations
            && annotations.get("iam.gke.io/gcp-service-account") instanceof String email
        ? email
        : "";
  }

  private static String manager(Map<String, Object> object) {
    if (!(At.value(object, "metadata/labels") instanceof Map<?, ?> labels)) {
      return "";
    }
    var by = new LinkedHashMap<String, String>();
    by.put("app.kubernetes.io/managed-by", "");
    by.put("argocd.argoproj.io/instance", "Argo CD");
    by.put("kustomize.toolkit.fluxcd.io/name", "Flux");
    for (var entry : by.entrySet()) {
      if (labels.get(entry.getKey()) instanceof String value) {
        return entry.getValue().isEmpty() ? value : entry.getValue();
      }
    }
    return "";
  }
}
