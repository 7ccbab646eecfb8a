package dev.fuse.tool.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All diagnosers over one snapshot, causes before what follows from them. */
record Examination(Snapshot snapshot, Faults faults, Map<String, List<Json>> workloads) {

  private static final List<Kind> WANTED =
      List.of(
          Kind.POD,
          Kind.EVENT,
          Kind.DEPLOYMENT,
          Kind.REPLICA_SET,
          Kind.STATEFUL_SET,
          Kind.DAEMON_SET,
          Kind.JOB,
          Kind.CRON_JOB,
          Kind.SERVICE,
          Kind.SLICE,
          Kind.INGRESS,
          Kind.POLICY,
          Kind.AUTOSCALER,
          Kind.BUDGET,
          Kind.CLAIM,
          Kind.ROLE_BINDING,
          Kind.ROLE,
          Kind.QUOTA,
          Kind.VALIDATING,
          Kind.MUTATING,
          Kind.NODE);

  static Examination of(Snapshot snapshot) {
    var wanted = new ArrayList<>(WANTED);
    snapshot.want(wanted);
    var faults = new Faults();
    var owners = Owners.of(snapshot);
    var workloads = owners.grouped(snapshot.list(Kind.POD));
    new NodeFaults(snapshot, faults).examine(owners);
    var pods = new PodFaults(snapshot, faults);
    var logs = new LogFaults(snapshot, faults);
    pods.begin(workloads);
    logs.begin(workloads);
    new StorageFaults(snapshot, faults).examine();
    pods.examine(workloads);
    new ControllerFaults(snapshot, faults).examine(owners);
    new ConfigFaults(snapshot).examine(workloads, faults);
    new JobFaults(snapshot, faults, owners).examine();
    new WebhookFaults(snapshot, faults).bundles();
    new ServiceFaults(snapshot, faults, owners).examine();
    new WebhookFaults(snapshot, faults).examine();
    logs.examine(workloads);
    new AddressFaults(snapshot, faults).examine(workloads);
    new IngressFaults(snapshot, faults).examine();
    new GatewayFaults(snapshot, faults).examine();
    new AutoscalerFaults(snapshot, faults).examine();
    new PolicyFaults(snapshot, faults).examine();
    new AccountRules(snapshot).dangling(faults);
    new ClusterFaults(snapshot, faults).examine(workloads);
    new ServedVersions(snapshot, faults).examine(wanted);
    return new Examination(snapshot, faults, workloads);
  }
}
