package dev.fuse.tool.kubernetes.diagnose;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.diagnose.check.AddressFaults;
import dev.fuse.tool.kubernetes.diagnose.check.AutoscalerFaults;
import dev.fuse.tool.kubernetes.diagnose.check.ChaosExperiments;
import dev.fuse.tool.kubernetes.diagnose.check.ClusterFaults;
import dev.fuse.tool.kubernetes.diagnose.check.ConfigFaults;
import dev.fuse.tool.kubernetes.diagnose.check.ControllerFaults;
import dev.fuse.tool.kubernetes.diagnose.check.GatewayFaults;
import dev.fuse.tool.kubernetes.diagnose.check.HelmReleases;
import dev.fuse.tool.kubernetes.diagnose.check.IngressFaults;
import dev.fuse.tool.kubernetes.diagnose.check.JobFaults;
import dev.fuse.tool.kubernetes.diagnose.check.LogFaults;
import dev.fuse.tool.kubernetes.diagnose.check.MeshRules;
import dev.fuse.tool.kubernetes.diagnose.check.NoReadyEndpoint;
import dev.fuse.tool.kubernetes.diagnose.check.NodeFaults;
import dev.fuse.tool.kubernetes.diagnose.check.PodFaults;
import dev.fuse.tool.kubernetes.diagnose.check.PolicyFaults;
import dev.fuse.tool.kubernetes.diagnose.check.ScaledToZero;
import dev.fuse.tool.kubernetes.diagnose.check.ServedVersions;
import dev.fuse.tool.kubernetes.diagnose.check.ServiceFaults;
import dev.fuse.tool.kubernetes.diagnose.check.StaleConfig;
import dev.fuse.tool.kubernetes.diagnose.check.StorageFaults;
import dev.fuse.tool.kubernetes.diagnose.check.WebhookFaults;
import dev.fuse.tool.kubernetes.diagnose.seen.Causes;
import dev.fuse.tool.kubernetes.diagnose.seen.Check;
import dev.fuse.tool.kubernetes.diagnose.seen.Dependencies;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.diagnose.why.AccountRules;
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

  /** Those that explain what Services, addresses and logs show. */
  private static final List<Check> EARLY =
      List.of(new ScaledToZero(), new ChaosExperiments(), new MeshRules());

  private static final List<Check> CHECKS = List.of(new StaleConfig(), new HelmReleases());

  static Examination of(Snapshot snapshot) {
    var wanted = new ArrayList<>(WANTED);
    snapshot.want(wanted);
    if (!snapshot.wholeCluster()) {
      snapshot.wantShapes(List.of(Kind.SECRET, Kind.CONFIG_MAP));
    }
    var faults = new Faults();
    var owners = snapshot.owners();
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
    Causes.join(EARLY.stream().flatMap(check -> check.problems(snapshot)).toList(), faults);
    new ServiceFaults(snapshot, faults, owners).examine();
    Causes.join(new NoReadyEndpoint().problems(snapshot).toList(), faults);
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
    logs.unexplained(Dependencies.of(snapshot));
    Causes.join(CHECKS.stream().flatMap(check -> check.problems(snapshot)).toList(), faults);
    return new Examination(snapshot, faults, workloads);
  }
}
