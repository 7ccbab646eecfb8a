package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Reason;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.diagnose.why.HostCheck;
import dev.fuse.tool.kubernetes.look.Containers;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Pods that are not begun with, not let in, thrown out, or do not go. */
record StuckPods(Snapshot snapshot) {

  /** The kubelet's words for a pod that outgrew a limit of its own. */
  private static final Pattern OWN_LIMIT =
      Pattern.compile(
          "(?i)exceeds the total limit of containers|exceeded its local ephemeral storage limit"
              + "|Usage of EmptyDir volume .* exceeds the limit");

  private static final Kind LEASE = Kind.of("coordination.k8s.io", "v1", "leases", "Lease", true);

  Fault evicted(String workload, Json pod, String count) {
    var requests =
        pod.list("spec.containers").stream()
            .map(
                one ->
                    one.text("name")
                        + " requests "
                        + words(Containers.labels(one.map("resources.requests")))
                        + ", limits "
                        + words(Containers.labels(one.map("resources.limits"))))
            .toList();
    var message = pod.text("status.message");
    boolean own = OWN_LIMIT.matcher(message).find();
    return Fault.warning(
        workload,
        count
            + " evicted on "
            + pod.text("spec.nodeName")
            + ": \""
            + pod.text("status.message")
            + "\"; "
            + String.join("; ", requests)
            + (own ? scratch(pod) : ""),
        own
            ? "the pod writes more to its own disk space than its limit allows; the node is not"
                + " short of anything"
            : "the node ran short of what the message names, and this pod used more than it"
                + " requests",
        own
            ? "raise the limit that the message names, or write less there (clean up, or use a"
                + " volume)"
            : "set requests (ephemeral-storage too) near what it uses; delete the evicted pods once"
                + " they are looked at");
  }

  /** The emptyDirs of a pod, which count as its own disk space. */
  private static String scratch(Json pod) {
    return pod.list("spec.volumes").stream()
        .filter(volume -> volume.has("emptyDir"))
        .map(
            volume ->
                "; emptyDir '"
                    + volume.text("name")
                    + "' has "
                    + volume
                        .find("emptyDir.sizeLimit")
                        .map(size -> "sizeLimit " + size)
                        .orElse("no sizeLimit"))
        .collect(java.util.stream.Collectors.joining());
  }

  private static String words(String resources) {
    return resources.isEmpty() ? "nothing" : resources;
  }

  /** What the kubelet says of a pod that it did not take. */
  Fault refused(String workload, Json pod, String count) {
    var reason = pod.text("status.reason");
    var sysctls =
        pod.list("spec.securityContext.sysctls").stream().map(one -> one.text("name")).toList();
    var asked =
        switch (reason) {
          case "SysctlForbidden" -> "; it sets sysctls " + String.join(", ", sysctls);
          case "NodeAffinity", "NodeSelectorMismatching" ->
              "; nodeSelector "
                  + words(Containers.labels(pod.map("spec.nodeSelector")))
                  + ", labels of the node: "
                  + nodeLabels(pod);
          default -> "";
        };
    var cause =
        switch (reason) {
          case "SysctlForbidden" ->
              "the kubelet of "
                  + pod.text("spec.nodeName")
                  + " allows only safe sysctls; these are not in its allowed-unsafe-sysctls";
          case "NodeAffinity", "NodeSelectorMismatching" ->
              "the node's labels are not (any more) those that the pod asks for";
          case "Preempting", "Preempted" -> "a pod of higher priority took its place";
          case "NodeShutdown", "Terminated", "Shutdown" -> "its node was shut down";
          case "NodeLost" -> "its node was lost";
          default -> "the kubelet of " + pod.text("spec.nodeName") + " does not take it";
        };
    return Fault.error(
        workload,
        count + " refused (" + reason + "): \"" + pod.text("status.message") + "\"" + asked,
        cause,
        "correct what the message names, then delete the refused pods");
  }

  private String nodeLabels(Json pod) {
    return snapshot
        .find(Kind.NODE, "", pod.text("spec.nodeName"))
        .map(
            node ->
                Containers.labels(
                    node.labels().entrySet().stream()
                        .filter(
                            one ->
                                pod.map("spec.nodeSelector").containsKey(one.getKey())
                                    || one.getKey().endsWith("/hostname"))
                        .collect(
                            java.util.stream.Collectors.toMap(
                                java.util.Map.Entry::getKey, java.util.Map.Entry::getValue))))
        .orElse("(the node is gone)");
  }

  Fault terminating(String workload, Json pod, String count) {
    var finalizers = pod.texts("metadata.finalizers");
    var node = pod.text("spec.nodeName");
    var gone = !node.isEmpty() && snapshot.find(Kind.NODE, "", node).isEmpty();
    var seen =
        count
            + " Terminating since "
            + pod.text("metadata.deletionTimestamp")
            + " (grace period "
            + pod.number("metadata.deletionGracePeriodSeconds", 30)
            + " s)"
            + (finalizers.isEmpty() ? ", no finalizers" : ", finalizers " + finalizers)
            + (gone ? ", node '" + node + "' does not exist any more" : ", on " + node);
    if (!finalizers.isEmpty()) {
      return Fault.error(
          workload,
          seen,
          "the controller behind the finalizer has not removed it, so the pod cannot go",
          "repair that controller; remove the finalizer only if it is gone for good");
    }
    return Fault.error(
        workload,
        seen,
        gone
            ? "its node is gone, so nobody confirms that it ended"
            : "the kubelet or the container runtime does not end it",
        "see the kubelet of the node; force the deletion only if the process surely ended");
  }

  Fault unseen(String workload, Json pod, String count) {
    var scheduler = pod.text("spec.schedulerName", "default-scheduler");
    var seen =
        count
            + " Pending since "
            + pod.text("metadata.creationTimestamp")
            + ", no scheduler has looked at it: schedulerName '"
            + scheduler
            + "'";
    if (!scheduler.equals("default-scheduler")) {
      return Fault.error(
          workload,
          seen + ", and no event of that scheduler",
          "the scheduler that it names, '" + scheduler + "', does not run",
          "start that scheduler, or leave schedulerName out");
    }
    var gates = pod.list("spec.schedulingGates").stream().map(one -> one.text("name")).toList();
    if (!gates.isEmpty()) {
      return Fault.warning(
          workload, seen + ", held by scheduling gates " + gates, "a gate is not removed", "");
    }
    var lease = lease("kube-scheduler");
    return Fault.error(
        workload,
        seen
            + lease
                .map(one -> "; Lease kube-scheduler last renewed " + one.text("spec.renewTime"))
                .orElse(""),
        "the scheduler does not run, or is far behind",
        "look at kube-scheduler in kube-system");
  }

  private Optional<Json> lease(String name) {
    return snapshot.read(LEASE, "kube-system", name);
  }

  Fault unstarted(String workload, Json pod, String count) {
    var name = pod.text("spec.nodeName");
    var node = snapshot.find(Kind.NODE, "", name);
    var nodes = snapshot.list(Kind.NODE).stream().map(Json::name).toList();
    var seen = count + " Pending on node '" + name + "', not one container begun";
    if (node.isEmpty()) {
      return Fault.error(
          workload,
          seen + "; nodes there: " + Words.joined(nodes),
          "node '" + name + "' does not exist",
          "correct spec.nodeName, or delete the pod so that it is scheduled again");
    }
    return Fault.error(
        workload,
        seen
            + "; the node's Ready condition is "
            + node.get().condition("Ready").map(c -> c.text("status")).orElse("not there"),
        "the kubelet of that node does not start it",
        "look at the kubelet and the container runtime of " + name);
  }

  Fault initialising(String workload, Json pod, String count) {
    var running =
        pod.list("status.initContainerStatuses").stream()
            .filter(one -> one.has("state.running"))
            .filter(one -> !Containers.sidecar(pod, one.text("name")))
            .findFirst()
            .orElse(Json.EMPTY);
    var name = running.text("name");
    var log = snapshot.log(pod, name, false).folded();
    var said = CrashFaults.last(log.trouble().isEmpty() ? log.lines() : log.trouble(), 2);
    var spec = Containers.spec(pod, name).orElse(Json.EMPTY);
    var command = new java.util.ArrayList<>(spec.texts("command"));
    command.addAll(spec.texts("args"));
    var lines = new java.util.ArrayList<>(log.lines());
    lines.addAll(List.of(String.join(" ", command)));
    var host = new HostCheck(snapshot).mentioned(pod, name, lines);
    return Fault.error(
        workload,
        count
            + " wait for init container '"
            + name
            + "', running since "
            + running.text("state.running.startedAt")
            + (command.isEmpty() ? "" : "; it runs: " + brief(String.join(" ", command)))
            + (said.isEmpty() ? "" : "; log: \"" + String.join(" | ", said) + "\"")
            + host.map(found -> "; " + found.seen()).orElse(""),
        host.map(Reason::cause)
            .orElse("the init container does not end, so the main container never starts"),
        host.map(Reason::next).orElse("see what it waits for"));
  }

  private static String brief(String command) {
    return command.length() > 160 ? command.substring(0, 160) + "…" : command;
  }
}
