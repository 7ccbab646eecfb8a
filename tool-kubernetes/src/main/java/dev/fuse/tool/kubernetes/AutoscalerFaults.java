package dev.fuse.tool.kubernetes;

import java.util.List;

/** Autoscalers that cannot scale, and disruption budgets that let no pod go. */
record AutoscalerFaults(Snapshot snapshot, Faults faults) {

  void examine() {
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
              scaler.ref(), seen, "what it is to scale does not exist", "correct scaleTargetRef"));
      return;
    }
    if (message.contains("missing request")) {
      faults.add(
          Fault.error(
              scaler.ref(),
              seen,
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
    if (allowed > 0 || pods == 0) {
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
          .map(pod -> Owners.of(snapshot).of(pod))
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
}
