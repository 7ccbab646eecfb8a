package dev.fuse.tool.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What pods that look well complain about in their logs. */
record LogFaults(Snapshot snapshot, Faults faults) {

  private static final int MOST = 15;
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "User \"system:serviceaccount:([^:]+):([^\"]+)\" cannot (\\w+) resource \"([^\"]+)\" in"
              + " API group \"([^\"]*)\"(?: in the namespace \"([^\"]+)\")?");
  private static final Pattern REFUSED =
      Pattern.compile("([a-z0-9][a-z0-9.-]*):(\\d{2,5}): (?:connect: )?connection refused");

  /** Reads one pod of each workload, in a namespace small enough for that. */
  void examine(Map<String, List<Json>> workloads) {
    if (snapshot.wholeCluster() || workloads.size() > MOST) {
      snapshot.notChecked("logs of healthy pods (too many workloads: ask for one)");
      return;
    }
    var chosen = new ArrayList<Map.Entry<String, Json>>();
    workloads.forEach(
        (workload, pods) -> {
          if (!faults.has(workload)) {
            pods.stream()
                .filter(pod -> pod.text("status.phase").equals("Running"))
                .filter(pod -> !faults.has("Node " + pod.text("spec.nodeName")))
                .findFirst()
                .ifPresent(pod -> chosen.add(Map.entry(workload, pod)));
          }
        });
    chosen.forEach(
        entry ->
            containers(entry.getValue())
                .forEach(name -> snapshot.beginLog(entry.getValue(), name, false)));
    chosen.forEach(entry -> one(entry.getKey(), entry.getValue()));
  }

  private static List<String> containers(Json pod) {
    return pod.list("spec.containers").stream().map(one -> one.text("name")).toList();
  }

  private void one(String workload, Json pod) {
    for (var container : containers(pod)) {
      var log = snapshot.log(pod, container, false).folded();
      var trouble = log.trouble();
      trouble.stream()
          .map(FORBIDDEN::matcher)
          .filter(Matcher::find)
          .findFirst()
          .ifPresent(match -> forbidden(workload, match));
      new PolicyFaults(snapshot, faults).examine(workload, pod, trouble);
      new HostCheck(snapshot)
          .compare(pod, container, trouble)
          .filter(_ -> !faults.has(workload))
          .ifPresent(
              found ->
                  faults.add(
                      Fault.error(
                          workload,
                          "log: \"" + trouble.getLast() + "\"; " + found.seen(),
                          found.cause(),
                          found.next())));
      trouble.stream()
          .map(REFUSED::matcher)
          .filter(Matcher::find)
          .findFirst()
          .ifPresent(match -> refused(workload, match));
    }
  }

  /** A refusal by a Service that is already known to be at fault is a consequence of that. */
  private void refused(String workload, Matcher match) {
    var name = match.group(1).split("\\.", -1)[0];
    var namespace = snapshot.place().namespace();
    faults
        .find("Service " + namespace + "/" + name)
        .ifPresent(fault -> fault.hence(workload + " logs \"" + match.group() + "\""));
  }

  private void forbidden(String workload, Matcher match) {
    var namespace = match.group(1);
    var account = match.group(2);
    var wanted =
        match.group(3)
            + " "
            + match.group(4)
            + (match.group(5).isEmpty() ? "" : "." + match.group(5));
    var rules = rules(namespace, account);
    faults.add(
        Fault.error(
            workload,
            "log: \""
                + match.group()
                + "\"; service account '"
                + account
                + "' may only: "
                + (rules.isEmpty() ? "nothing (no role is bound to it)" : String.join("; ", rules)),
            "its service account '"
                + account
                + "' may not "
                + wanted
                + (match.group(6) == null ? "" : " in namespace '" + match.group(6) + "'"),
            "add " + match.group(3) + " on " + match.group(4) + " to a role that is bound to it"));
  }

  /** What the roles that are bound to a service account in its namespace allow. */
  private List<String> rules(String namespace, String account) {
    var rules = new ArrayList<String>();
    for (var binding : snapshot.list(Kind.ROLE_BINDING, namespace)) {
      boolean bound =
          binding.list("subjects").stream()
              .anyMatch(
                  one ->
                      one.text("kind").equals("ServiceAccount")
                          && one.text("name").equals(account)
                          && one.text("namespace", namespace).equals(namespace));
      if (bound) {
        rules.addAll(ofRole(namespace, binding.at("roleRef")));
      }
    }
    return rules;
  }

  private List<String> ofRole(String namespace, Json reference) {
    var name = reference.text("name");
    var role =
        reference.text("kind").equals("Role")
            ? snapshot.find(Kind.ROLE, namespace, name)
            : snapshot.read(Kind.CLUSTER_ROLE, "", name);
    return role.stream()
        .flatMap(one -> one.list("rules").stream())
        .map(
            rule ->
                String.join(",", rule.texts("verbs"))
                    + " on "
                    + String.join(",", rule.texts("resources"))
                    + " ("
                    + reference.text("kind")
                    + " "
                    + name
                    + ")")
        .limit(6)
        .toList();
  }
}
