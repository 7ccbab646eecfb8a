package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.spi.Finding.Severity;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.diagnose.seen.CronTimes;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.Owners;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Jobs that have failed or do not come on, and cron jobs that do not run. */
public record JobFaults(Snapshot snapshot, Faults faults, Owners owners) {

  private static final Duration LATE = Duration.ofMinutes(2);

  public void examine() {
    var jobs = snapshot.list(Kind.JOB);
    jobs.stream()
        .filter(job -> failed(job).isPresent())
        .sorted(Comparator.comparing((Json job) -> job.text("status.startTime")).reversed())
        .filter(job -> latest(job, jobs))
        .forEach(job -> failed(job).ifPresent(condition -> job(job, condition)));
    for (var cron : snapshot.list(Kind.CRON_JOB)) {
      cron(cron, jobs.stream().filter(job -> owned(job, cron)).toList());
    }
  }

  private static boolean owned(Json object, Json owner) {
    return object.controller().filter(by -> by.text("uid").equals(owner.uid())).isPresent();
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
            .filter(one -> owned(one, job))
            .filter(one -> one.text("status.phase").equals("Failed"))
            .findFirst();
    var deadline = condition.text("reason").equals("DeadlineExceeded");
    var head =
        (key.equals(job.ref()) ? "" : job.name() + " ")
            + "failed ("
            + condition.text("reason")
            + "): "
            + job.number("status.failed", 0)
            + " pods failed, backoffLimit "
            + job.number("spec.backoffLimit", 6)
            + (deadline
                ? ", activeDeadlineSeconds " + job.text("spec.activeDeadlineSeconds", "not set")
                : "");
    if (deadline) {
      late(key, job, head, condition);
      return;
    }
    if (pod.isEmpty()) {
      faults.add(
          key,
          Fault.error(
              key,
              head
                  + ": \""
                  + condition.text("message")
                  + "\"; its failed pods are gone (restartPolicy "
                  + job.text("spec.template.spec.restartPolicy")
                  + "), their logs with them",
              "its pods failed as often as backoffLimit allows",
              "run it again with restartPolicy Never to keep a failed pod, and read its log"));
      return;
    }
    var crash = new CrashFaults(snapshot, faults).fault(key, pod.get(), head).finding();
    faults.add(
        key,
        Fault.error(
            key,
            crash.seen(),
            crash.cause(),
            crash.next() + "; running it again will not help before"));
  }

  private void late(String key, Json job, String head, Json condition) {
    faults.add(
        key,
        Fault.error(
            key,
            head
                + ", began "
                + job.text("status.startTime")
                + ", ended "
                + condition.text("lastTransitionTime")
                + ": \""
                + condition.text("message")
                + "\"",
            "it took longer than activeDeadlineSeconds allows",
            "raise activeDeadlineSeconds, or see why it takes so long"));
  }

  /** A suspended one is meant so, unless the question may be about it. */
  private boolean wanted(Json cron) {
    return snapshot.asksNearly(cron.name())
        || snapshot.asksNearly("schedule cron nightly suspended");
  }

  private void cron(Json cron, List<Json> jobs) {
    if (cron.bool("spec.suspend")) {
      faults.add(
          new Fault(
              wanted(cron) ? Severity.WARNING : Severity.INFO,
              cron.ref(),
              "spec.suspend is true, so its schedule '"
                  + cron.text("spec.schedule")
                  + "' does not run; last run "
                  + cron.text("status.lastScheduleTime", "never"),
              "it is suspended",
              "set spec.suspend to false when it is to run again"));
      return;
    }
    var complaint =
        snapshot.warning(
            cron,
            "TooManyMissedTimes",
            "FailedNeedsStart",
            "UnparseableSchedule",
            "UnknownTimeZone",
            "MissSchedule",
            "FailedCreate");
    if (complaint.isPresent()) {
      var event = complaint.get();
      faults.add(
          Fault.error(
              cron.ref(),
              "schedule '"
                  + cron.text("spec.schedule")
                  + "', startingDeadlineSeconds "
                  + cron.text("spec.startingDeadlineSeconds", "not set")
                  + ": \""
                  + event.message()
                  + "\"",
              event.reason().equals("FailedCreate")
                  ? "the API server refuses its jobs"
                  : "runs were missed (" + event.reason() + ")",
              "correct what the message names"));
      return;
    }
    blocked(cron, jobs);
    overdue(cron);
  }

  private void overdue(Json cron) {
    var last = cron.text("status.lastScheduleTime", cron.text("metadata.creationTimestamp"));
    if (cron.has("spec.timeZone") || last.isEmpty() || faults.has(cron.ref())) {
      return;
    }
    CronTimes.of(cron.text("spec.schedule"))
        .flatMap(times -> times.after(Instant.parse(last)))
        .filter(due -> due.plus(LATE).plus(LATE).isBefore(snapshot.now()))
        .filter(_ -> cron.list("status.active").isEmpty())
        .ifPresent(
            due ->
                faults.add(
                    Fault.warning(
                        cron.ref(),
                        "schedule '"
                            + cron.text("spec.schedule")
                            + "' was due at "
                            + due
                            + ", last run "
                            + cron.text("status.lastScheduleTime", "never")
                            + ", and no job was made",
                        "the controller has not started it (startingDeadlineSeconds "
                            + cron.text("spec.startingDeadlineSeconds", "not set")
                            + ")",
                        "see k8s_events of it, and the controller manager")));
  }

  /** A run that does not end keeps the next ones from being started. */
  private void blocked(Json cron, List<Json> jobs) {
    var running = cron.list("status.active");
    if (!cron.text("spec.concurrencyPolicy").equals("Forbid") || running.isEmpty()) {
      return;
    }
    var next = CronTimes.of(cron.text("spec.schedule"));
    var active =
        jobs.stream()
            .filter(job -> job.name().equals(running.getFirst().text("name")))
            .findFirst()
            .orElse(Json.EMPTY);
    var began = active.text("status.startTime");
    boolean missed =
        !began.isEmpty()
            && next.flatMap(times -> times.after(Instant.parse(began)))
                .filter(due -> due.plus(LATE).isBefore(snapshot.now()))
                .isPresent();
    if (!missed) {
      return;
    }
    var key = owners.of(active);
    var known = faults.find(key);
    var said =
        "concurrencyPolicy Forbid, and Job "
            + active.name()
            + " runs since "
            + began
            + ", so later runs of schedule '"
            + cron.text("spec.schedule")
            + "' are left out";
    if (known.isPresent()) {
      known.get().hence(said);
      return;
    }
    faults.add(
        Fault.warning(
            cron.ref(),
            said,
            "a run takes longer than the time between runs, or hangs",
            "see the job's pods; set activeDeadlineSeconds"));
  }
}
