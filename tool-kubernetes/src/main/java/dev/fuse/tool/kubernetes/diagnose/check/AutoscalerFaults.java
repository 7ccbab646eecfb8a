package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.Containers;
import java.util.List;

/** Autoscalers that cannot scale, and disruption budgets that let no pod go. */
public record AutoscalerFaults(Snapshot snapshot, Faults faults) {

  private static final String NO_METRICS =
      "; besides, APIService v1beta1.metrics.k8s.io is not there or not available";

  public void examine() {
    snapshot.list(Kind.AUTOSCALER).forEach(this::scaler);
    snapshot.list(Kind.BUDGET).forEach(this::budget);
  }

  private void scaler(Json scaler) {
    for (var type : List.of("AbleToScale", "ScalingActive")) {
      var condition = scaler.condition(type).orElse(Json.EMPTY);
      if (condition.text("status").equals("False")
          && !condition.text("reason").equals("ScalingDisabled")) {
        unable(scaler, condition);
        return;
      }
    }
    limits(scaler);
  }

  /** One that has come to its end, or that has no room to scale in. */
  private void limits(Json scaler) {
    long least = scaler.number("spec.minReplicas", 1);
    long most = scaler.number("spec.maxReplicas", 1);
    var limited = scaler.condition("ScalingLimited").orElse(Json.EMPTY);
    boolean full =
        limited.text("status").equals("True") && limited.text("reason").equals("TooManyReplicas");
    if (full) {
      faults.add(
          Fault.warning(
              scaler.ref(),
              "wants more than maxReplicas "
                  + most
                  + " (it has "
                  + scaler.text("status.currentReplicas")
                  + "): \""
                  + limited.text("message")
                  + "\""
                  + metrics(scaler),
              least == most
                  ? "minReplicas and maxReplicas are both " + most + ", so it cannot scale"
                  : "the load is more than maxReplicas carry",
              "raise maxReplicas (see that the nodes have room), or lower the load"));
    }
  }

  /** Each metric with what it is and what it should be. */
  private static String metrics(Json scaler) {
    var now = scaler.list("status.currentMetrics");
    var parts = new java.util.ArrayList<String>();
    for (var metric : scaler.list("spec.metrics")) {
      var name = metric.text("resource.name");
      var use =
          now.stream()
              .filter(one -> one.text("resource.name").equals(name))
              .map(one -> one.text("resource.current.averageUtilization", "?"))
              .findFirst()
              .orElse("?");
      if (!name.isEmpty()) {
        parts.add(
            name + " " + use + "% of " + metric.text("resource.target.averageUtilization") + "%");
      }
    }
    return parts.isEmpty() ? "" : "; " + String.join(", ", parts);
  }

  /** What it should scale, against what is there. */
  private String targets(Json scaler) {
    var kind =
        switch (scaler.text("spec.scaleTargetRef.kind")) {
          case "StatefulSet" -> Kind.STATEFUL_SET;
          default -> Kind.DEPLOYMENT;
        };
    var names = snapshot.list(kind, scaler.namespace()).stream().map(Json::name).toList();
    return "; "
        + kind.plural()
        + " there: "
        + Words.joined(names)
        + Words.nearest(scaler.text("spec.scaleTargetRef.name"), names)
            .map(name -> "; '" + name + "' may be meant")
            .orElse("");
  }

  /** Containers without the request that use is measured against. */
  private String requests(Json scaler) {
    var name = scaler.text("spec.scaleTargetRef.name");
    return java.util.stream.Stream.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET)
        .flatMap(kind -> snapshot.find(kind, scaler.namespace(), name).stream())
        .flatMap(one -> one.list("spec.template.spec.containers").stream())
        .map(
            one ->
                one.text("name")
                    + " requests "
                    + (one.map("resources.requests").isEmpty()
                        ? "nothing"
                        : Containers.labels(one.map("resources.requests"))))
        .collect(java.util.stream.Collectors.joining(", "));
  }

  private boolean lacksRequest(Json scaler) {
    var name = scaler.text("spec.scaleTargetRef.name");
    return scaler.list("spec.metrics").stream()
        .filter(metric -> metric.text("resource.target.type").equals("Utilization"))
        .anyMatch(
            metric ->
                java.util.stream.Stream.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET)
                    .flatMap(kind -> snapshot.find(kind, scaler.namespace(), name).stream())
                    .flatMap(one -> one.list("spec.template.spec.containers").stream())
                    .anyMatch(
                        one ->
                            !one.map("resources.requests")
                                .containsKey(metric.text("resource.name"))));
  }

  private void unable(Json scaler, Json condition) {
    var target =
        scaler.text("spec.scaleTargetRef.kind")
            + " "
            + scaler.namespace()
            + "/"
            + scaler.text("spec.scaleTargetRef.name");
    var message = condition.text("message");
    var seen = condition.text("reason") + ": \"" + message + "\"; target " + target;
    if (condition.text("reason").equals("FailedGetScale")) {
      faults.add(
          Fault.error(
              scaler.ref(),
              seen + targets(scaler),
              "what it is to scale does not exist",
              "correct scaleTargetRef"));
      return;
    }
    if (message.contains("missing request") || lacksRequest(scaler)) {
      faults.add(
          Fault.error(
              scaler.ref(),
              seen + "; containers: " + requests(scaler) + (noMetrics() ? NO_METRICS : ""),
              "the pods have no request to measure use against",
              "set resources.requests for that resource"));
      return;
    }
    if (message.contains("could not find the requested resource") || noMetrics()) {
      faults.add(
          Fault.error(
              scaler.ref(),
              seen
                  + "; APIService v1beta1.metrics.k8s.io "
                  + (noMetrics() ? "is not there or not available" : "is there"),
              "the resource metrics API (metrics.k8s.io) does not answer; it is not a matter of"
                  + " the target's value",
              "install or repair metrics-server"));
      return;
    }
    var owner = faults.find(target);
    if (owner.isPresent()) {
      owner.get().hence(scaler.ref() + " cannot scale");
      return;
    }
    faults.add(Fault.warning(scaler.ref(), seen, "it cannot compute a number of replicas", ""));
  }

  private boolean noMetrics() {
    return snapshot
        .read(Kind.API_SERVICE, "", "v1beta1.metrics.k8s.io")
        .flatMap(one -> one.condition("Available"))
        .filter(one -> one.text("status").equals("True"))
        .isEmpty();
  }

  private void budget(Json budget) {
    long allowed = budget.number("status.disruptionsAllowed", 0);
    long pods = budget.number("status.expectedPods", 0);
    long healthy = budget.number("status.currentHealthy", 0);
    long desired = budget.number("status.desiredHealthy", 0);
    if (pods == 0) {
      selectsNobody(budget);
      return;
    }
    if (allowed > 0) {
      return;
    }
    var rule =
        budget.has("spec.minAvailable")
            ? "minAvailable " + budget.text("spec.minAvailable")
            : "maxUnavailable " + budget.text("spec.maxUnavailable");
    var seen =
        rule
            + " of "
            + pods
            + " pods: "
            + healthy
            + " healthy, "
            + desired
            + " must stay, 0 disruptions allowed";
    if (healthy < desired) {
      snapshot.list(Kind.POD, budget.namespace()).stream()
          .filter(pod -> Containers.selects(budget.at("spec.selector"), pod.labels()))
          .map(pod -> snapshot.owners().of(pod))
          .distinct()
          .flatMap(owner -> faults.find(owner).stream())
          .forEach(fault -> fault.hence(budget.ref() + " allows no eviction"));
      return;
    }
    faults.add(
        Fault.warning(
            budget.ref(),
            seen,
            "no pod of it may be evicted, so a node that holds one cannot be drained",
            "add a replica, or lower minAvailable"));
  }

  private void selectsNobody(Json budget) {
    var selector = budget.at("spec.selector");
    var near =
        snapshot.list(Kind.POD, budget.namespace()).stream()
            .filter(pod -> !Containers.ended(pod))
            .map(Containers::ownLabels)
            .filter(labels -> nearly(selector, labels))
            .findFirst();
    near.ifPresent(
        labels ->
            faults.add(
                Fault.warning(
                    budget.ref(),
                    "selector "
                        + Containers.query(selector)
                        + " matches no pod; there are pods labelled "
                        + Containers.labels(labels),
                    "it protects nothing",
                    "correct the selector")));
  }

  private static boolean nearly(Json selector, java.util.Map<String, String> labels) {
    return selector.map("matchLabels").entrySet().stream()
        .anyMatch(
            one ->
                Words.nearest(one.getValue(), List.of(labels.getOrDefault(one.getKey(), "")))
                    .isPresent());
  }
}
