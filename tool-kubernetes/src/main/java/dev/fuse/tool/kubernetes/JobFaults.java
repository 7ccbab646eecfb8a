package dev.fuse.tool.kubernetes;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Jobs that have failed, and cron jobs that do not run. */
record JobFaults(Snapshot snapshot, Faults faults, Owners owners) {

  void examine() {
    var jobs = snapshot.list(Kind.JOB);
    jobs.stream()
        .filter(job -> failed(job).isPresent())
        .sorted(Comparator.comparing((Json job) -> job.text("status.startTime")).reversed())
        .filter(job -> latest(job, jobs))
        .forEach(job -> failed(job).ifPresent(condition -> job(job, condition)));
    snapshot.list(Kind.CRON_JOB).forEach(this::cron);
  }

  private static Optional<Json> failed(Json job) {
    return job.condition("Failed").filter(one -> one.text("status").equals("True"));
  }

  /** A failure that a later run of the same cron job has made good is past. */
  private static boolean latest(Json job, List<Json> jobs) {
    var owner = job.controller().map(by -> by.text("uid")).orElse(job.uid());
    return jobs.stream()
        .filter(other -> other.controller().filter(o -> o.text("uid").equals(owner)).isPresent())
        .noneMatch(
            other ->
                other.text("status.startTime").compareTo(job.text("status.startTime")) > 0
                    && other.number("status.succeeded", 0) > 0);
  }

  private void job(Json job, Json condition) {
    var key = owners.of(job);
    var pod =
        snapshot.list(Kind.POD, job.namespace()).stream()
            .filter(
                one -> one.controller().filter(o -> o.text("uid").equals(job.uid())).isPresent())
            .filter(one -> one.text("status.phase").equals("Failed"))
            .findFirst();
    var tries = job.number("status.failed", 0);
    var head =
        (key.equals(job.ref()) ? "" : job.name() + " ")
            + "failed ("
            + condition.text("reason")
            + "): "
            + tries
            + " pods failed, backoffLimit "
            + job.number("spec.backoffLimit", 6);
    if (pod.isEmpty()) {
      faults.add(
          key,
          Fault.error(key, head + ": \"" + condition.text("message") + "\"", "", "see k8s_events"));
      return;
    }
    var crash = new CrashFaults(snapshot).fault(key, pod.get(), head).finding();
    faults.add(
        key,
        Fault.error(
            key,
            crash.seen(),
            crash.cause(),
            crash.next() + "; running it again will not help before"));
  }

  private void cron(Json cron) {
    if (cron.bool("spec.suspend")) {
      faults.add(
          Fault.warning(
              cron.ref(),
              "spec.suspend is true, so its schedule '"
                  + cron.text("spec.schedule")
                  + "' does not run; last run "
                  + cron.text("status.lastScheduleTime", "never"),
              "it is suspended",
              "set spec.suspend to false when it is to run again"));
      return;
    }
    snapshot
        .warning(
            cron, "TooManyMissedTimes", "FailedNeedsStart", "UnparseableSchedule", "FailedCreate")
        .ifPresent(
            event ->
                faults.add(
                    Fault.error(cron.ref(), "\"" + event.message() + "\"", event.reason(), "")));
  }
}
