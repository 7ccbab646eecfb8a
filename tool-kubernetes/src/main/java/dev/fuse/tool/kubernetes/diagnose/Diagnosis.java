package dev.fuse.tool.kubernetes.diagnose;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Finding;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.GetObject;
import dev.fuse.tool.kubernetes.look.Masks;
import dev.fuse.tool.kubernetes.look.Pods;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/** Finds what is wrong with a workload, a namespace or a cluster. */
public final class Diagnosis {

  private static final int MOST = 25;

  private Diagnosis() {}

  public static Action prepare(Access access, Arguments arguments) {
    var given = access.place(arguments);
    var place = arguments.bool("all_namespaces", false) ? given.in("") : given;
    var name = arguments.string("name", "").strip();
    var kind = arguments.string("kind", "").strip();
    return Action.of(
        "diagnose " + (name.isEmpty() ? "" : name + " in ") + place.words(),
        place.reads(kind, name),
        _ -> run(place, name, arguments));
  }

  private static ToolResult run(Place place, String name, Arguments arguments) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var snapshot = new Snapshot(place, threads).asked(arguments.string("question", ""));
      var examined = Examination.of(snapshot);
      var focus = Focus.of(examined, name, arguments.string("question", ""));
      if (focus.missing() || empty(examined)) {
        checkThere(place, name, focus);
      }
      var findings = findings(examined, focus, arguments);
      var masks = new Masks();
      examined.workloads().values().forEach(pods -> masks.environment(pods.getFirst()));
      var digest = new Digest(examined, focus).text(arguments.integer("budget", 400));
      threads.shutdownNow(); // what comes too late is not waited for
      return ToolResult.ok(digest).findings(findings).secrets(masks.found());
    }
  }

  private static String few(List<String> subjects) {
    int most = 12;
    return String.join(", ", subjects.subList(0, Math.min(most, subjects.size())))
        + (subjects.size() > most ? " and " + (subjects.size() - most) + " more" : "");
  }

  private static boolean empty(Examination examined) {
    return examined.workloads().isEmpty() && examined.faults().all().isEmpty();
  }

  /** A namespace or workload that does not exist is not a healthy one. */
  private static void checkThere(Place place, String name, Focus focus) {
    if (!place.namespace().isEmpty()) {
      GetObject.object(place, Kind.NAMESPACE, place.namespace());
    }
    if (focus.missing()) {
      Pods.named(place, name);
    }
  }

  private static List<Finding> findings(Examination examined, Focus focus, Arguments arguments) {
    var all = examined.faults().all();
    var concerned = all.stream().filter(focus::concerns).toList();
    boolean asked = !arguments.string("name", "").isBlank();
    var chosen = concerned.isEmpty() && !asked ? all : concerned;
    var told = Faults.told(chosen);
    var findings = new ArrayList<>(told.subList(0, Math.min(MOST, told.size())));
    var others =
        all.stream()
            .filter(fault -> fault.severity() != Finding.Severity.INFO)
            .filter(fault -> !chosen.contains(fault))
            .map(Fault::subject)
            .toList();
    if (!others.isEmpty()) {
      findings.add(Finding.info("elsewhere", "faults not asked about: " + few(others)));
    }
    if (told.size() > MOST) {
      var left =
          told.subList(MOST, told.size()).stream()
              .map(one -> one.subject() + (one.cause().isEmpty() ? "" : " (" + one.cause() + ")"))
              .limit(MOST)
              .toList();
      findings.add(
          Finding.info(
              "more", (told.size() - MOST) + " more findings: " + String.join("; ", left)));
    }
    var notChecked = examined.snapshot().notChecked();
    if (!notChecked.isEmpty()) {
      findings.add(
          Finding.info("not checked", "some things could not be read")
              .notChecked(notChecked.toArray(new String[0])));
    }
    return findings;
  }
}
