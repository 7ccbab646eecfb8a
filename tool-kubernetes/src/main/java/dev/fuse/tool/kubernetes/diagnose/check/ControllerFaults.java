package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Reason;
import dev.fuse.tool.kubernetes.diagnose.seen.Sign;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.diagnose.why.AdmissionReasons;
import dev.fuse.tool.kubernetes.look.Containers;
import dev.fuse.tool.kubernetes.look.EventText;
import dev.fuse.tool.kubernetes.look.Owners;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Workloads that lack pods because none may be created, and rollouts that are stuck. */
public record ControllerFaults(Snapshot snapshot, Faults faults) {

  private static final Pattern QUOTA =
      Pattern.compile("exceeded quota: (\\S+), requested: (\\S+), used: (\\S+), limited: (\\S+)");
  private static final Pattern WEBHOOK =
      Pattern.compile("failed calling webhook \"([^\"]+)\"|admission webhook \"([^\"]+)\" denied");
  private static final Pattern ACCOUNT =
      Pattern.compile(
          "serviceaccount \"([^\"]+)\" not found|error looking up service account \\S+/(\\S+?):");

  public void examine(Owners owners) {
    for (var kind : List.of(Kind.REPLICA_SET, Kind.STATEFUL_SET, Kind.DAEMON_SET, Kind.JOB)) {
      for (var object : snapshot.list(kind)) {
        if (lacks(object)) {
          refusal(object)
              .ifPresent(event -> faults.add(owners.of(object), fault(owners, object, event)));
        }
      }
    }
    snapshot.list(Kind.DEPLOYMENT).forEach(this::rollout);
    snapshot.list(Kind.STATEFUL_SET).forEach(set -> tooFew(set, set.number("spec.replicas", 1)));
    new RolloutFaults(snapshot, faults).examine();
  }

  private static boolean lacks(Json object) {
    return switch (object.kind()) {
      case "DaemonSet" ->
          object.number("status.currentNumberScheduled", 0)
              < object.number("status.desiredNumberScheduled", 0);
      case "Job" -> !object.has("status.completionTime") && object.number("status.active", 0) == 0;
      default -> object.number("status.replicas", 0) < object.number("spec.replicas", 1);
    };
  }

  private Optional<EventText> refusal(Json object) {
    return snapshot
        .warning(object, "FailedCreate")
        .or(() -> object.condition("ReplicaFailure").map(c -> condition(object, c)));
  }

  private static EventText condition(Json object, Json condition) {
    return new EventText(
        "Warning", condition.text("reason"), object.ref(), condition.text("message"), 1, "");
  }

  private Fault fault(Owners owners, Json object, EventText event) {
    var message = event.message();
    var workload = owners.of(object);
    var has = object.number("status.replicas", object.number("status.active", 0));
    var seen = "has " + has + " of " + object.text("spec.replicas", "the wanted") + " pods: ";
    var quota = QUOTA.matcher(message);
    if (quota.find()) {
      return quota(workload, object, seen, quota);
    }
    var webhook = WEBHOOK.matcher(message);
    if (webhook.find()) {
      var name = webhook.group(1) == null ? webhook.group(2) : webhook.group(1);
      return new WebhookFaults(snapshot, faults).refusing(workload, seen, name, message);
    }
    var account = ACCOUNT.matcher(message);
    if (account.find()) {
      var there = snapshot.names(Kind.SERVICE_ACCOUNT, object.namespace());
      var name = object.text("spec.template.spec.serviceAccountName", "default");
      return Fault.error(
          workload,
          seen + "\"" + message + "\"; service accounts there: " + Words.joined(there),
          "its service account '"
              + name
              + "' does not exist"
              + Words.nearest(name, there).map(o -> "; '" + o + "' does").orElse(""),
          "create it, or correct serviceAccountName");
    }
    var refusal = new AdmissionReasons(snapshot).of(object, message);
    return Fault.error(
        workload,
        seen + "\"" + message + "\"" + refusal.map(found -> "; " + found.seen()).orElse(""),
        refusal.map(Reason::cause).orElse("the API server refuses its pods"),
        refusal.map(Reason::next).orElse("correct the pod template as the message says"));
  }

  private Fault quota(String workload, Json object, String seen, java.util.regex.Matcher match) {
    var each =
        Containers.of(object.at("spec.template.spec")).stream()
            .map(container -> Containers.labels(container.map("resources.requests")))
            .filter(text -> !text.isEmpty())
            .toList();
    return Fault.error(
        workload,
        seen
            + "exceeded ResourceQuota '"
            + match.group(1)
            + "': requested "
            + match.group(2)
            + ", used "
            + match.group(3)
            + ", hard "
            + match.group(4)
            + (each.isEmpty() ? "" : "; each pod requests " + String.join(" + ", each)),
        "the namespace's quota does not allow all of its pods",
        "raise the quota, lower requests, or scale down");
  }

  private void rollout(Json deployment) {
    var key = deployment.ref();
    var progress = deployment.condition("Progressing").orElse(Json.EMPTY);
    boolean stuck = progress.text("reason").equals("ProgressDeadlineExceeded");
    long wanted = deployment.number("spec.replicas", 1);
    long available = deployment.number("status.availableReplicas", 0);
    var known = faults.find(key);
    if (known.isPresent()) {
      if (stuck) {
        known
            .get()
            .hence(
                "rollout exceeded its progress deadline"
                    + images(deployment)
                    + "; "
                    + available
                    + " of "
                    + wanted
                    + " available");
      }
      return;
    }
    if (faults.has(key)) {
      return;
    }
    if (deployment.bool("spec.paused")) {
      paused(deployment);
      return;
    }
    if (stuck) {
      faults.add(
          Fault.error(
              key,
              "\"" + progress.text("message") + "\"" + images(deployment),
              "the new pods do not become available",
              "see its pods, or k8s_rollout undo"));
      return;
    }
    tooFew(deployment, wanted);
  }

  /** A paused rollout is a fault only where a change waits for it. */
  private void paused(Json deployment) {
    var wanted = spec(deployment);
    var now =
        snapshot.list(Kind.REPLICA_SET, deployment.namespace()).stream()
            .filter(set -> owned(set, deployment) && set.number("spec.replicas", 0) > 0)
            .map(ControllerFaults::spec)
            .findFirst();
    if (now.isEmpty() || now.get().equals(wanted)) {
      return;
    }
    faults.add(
        Fault.warning(
            deployment.ref(),
            "spec.paused is true, and the template has changed: "
                + used(now.get())
                + " runs, "
                + used(wanted)
                + " is wanted"
                + (used(now.get()).equals(used(wanted)) ? " (other fields differ)" : ""),
            "the rollout is paused, so the change is not rolled out",
            "k8s_rollout resume when it is to go on"));
  }

  private static Json spec(Json controller) {
    return controller.at("spec.template.spec");
  }

  private static String used(Json spec) {
    return spec.list("containers").stream()
        .map(one -> one.text("image"))
        .collect(java.util.stream.Collectors.joining(", "));
  }

  private static boolean owned(Json object, Json owner) {
    return object.controller().filter(by -> by.text("uid").equals(owner.uid())).isPresent();
  }

  /** Fewer than wanted for longer than a start takes, and no pod that says why. */
  private void tooFew(Json workload, long wanted) {
    long ready = workload.number("status.readyReplicas", 0);
    var since = workload.condition("Available").map(c -> c.text("lastTransitionTime")).orElse("");
    boolean settled =
        Sign.old(
            since.isEmpty() ? workload.text("metadata.creationTimestamp") : since,
            java.time.Duration.ofMinutes(2),
            snapshot.now());
    if (ready < wanted && settled && !faults.has(workload.ref()) && !onLostNode(workload)) {
      faults.add(
          Fault.warning(
              workload.ref(), ready + " of " + wanted + " pods ready", "", "k8s_describe it"));
    }
  }

  private boolean onLostNode(Json workload) {
    return faults.all().stream()
        .anyMatch(fault -> fault.subject().startsWith("Node ") && fault.concerns(workload.name()));
  }

  /** The images of the revisions that have pods. */
  private String images(Json deployment) {
    var images =
        snapshot.list(Kind.REPLICA_SET, deployment.namespace()).stream()
            .filter(set -> set.number("status.replicas", 0) > 0)
            .filter(set -> owned(set, deployment))
            .map(
                set ->
                    "revision "
                        + set.annotations().get("deployment.kubernetes.io/revision")
                        + " '"
                        + set.list("spec.template.spec.containers").getFirst().text("image")
                        + "' "
                        + set.number("status.readyReplicas", 0)
                        + "/"
                        + set.number("status.replicas", 0)
                        + " ready")
            .toList();
    return images.size() < 2 ? "" : " (" + String.join(", ", images) + ")";
  }
}
