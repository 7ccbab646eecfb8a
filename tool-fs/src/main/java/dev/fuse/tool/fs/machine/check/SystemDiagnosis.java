package dev.fuse.tool.fs.machine.check;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Finding;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.fs.machine.KernelLog;
import dev.fuse.tool.fs.machine.Machine;
import dev.fuse.tool.fs.machine.Programs;
import dev.fuse.tool.fs.place.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** {@code system_diagnose}: what is wrong here, all checks at once. */
public record SystemDiagnosis(Place place, String question) {

  /**
   * What is not known by then is not checked: an answer late is an answer after the model asked.
   */
  private static final Duration MOST = Duration.ofMillis(900);

  private static final Pattern SLOW =
      Pattern.compile(
          "(?i)slow|load|cpu|memory|\\bRAM\\b|swap|OOM|kill|hang|freez|fan|busy|wrong|machine|laptop"
              + "|computer|everything");

  public static Action prepare(Place place, Arguments arguments) {
    var diagnosis = new SystemDiagnosis(place, arguments.string("question", ""));
    return Action.of(
        "this machine", Effect.read(Target.of(Machine.MACHINE)), call -> diagnosis.run(MOST));
  }

  /** What all checks find within that time. */
  public ToolResult run(Duration most) throws InterruptedException {
    var programs = new Programs(place);
    var machine = Machine.of(programs);
    // The quick ones first: on a busy machine those that read much would keep them waiting.
    return run(
        most,
        question,
        List.of(
            new VariableCheck(place.environment(), question),
            new ProgramConfigCheck(place, programs, question),
            new LimitCheck(question),
            new PathCheck(place, question),
            new ProxyCheck(place.environment(), machine),
            new TrustCheck(place.environment()),
            new NameCheck(Path.of("/etc/resolv.conf")),
            new TargetCheck(place),
            new FolderCheck(place),
            new ClockCheck(place.directory(), programs),
            new PortCheck(place, machine, question),
            new PairCheck(place, programs, question),
            new VersionCheck(place, programs),
            new MemoryCheck(machine, new KernelLog(programs)),
            new DiskCheck(place, programs),
            new ProjectFilesCheck(place)));
  }

  public static ToolResult run(Duration most, List<MachineCheck> checks)
      throws InterruptedException {
    return run(most, "", checks);
  }

  public static ToolResult run(Duration most, String question, List<MachineCheck> checks)
      throws InterruptedException {
    var running = new LinkedHashMap<MachineCheck, Future<List<Finding>>>();
    for (var check : checks) {
      var task = new FutureTask<>(check::findings);
      Thread.ofVirtual().name("check " + check.name()).start(task);
      running.put(check, task);
    }
    return answer(most, question, running);
  }

  private static ToolResult answer(
      Duration most, String question, Map<MachineCheck, Future<List<Finding>>> running)
      throws InterruptedException {
    var end = System.nanoTime() + most.toNanos();
    var findings = new ArrayList<Finding>();
    var checked = new ArrayList<String>();
    var not = new ArrayList<String>();
    for (var entry : running.entrySet()) {
      var name = entry.getKey().name();
      try {
        var all = entry.getValue().get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        all.stream().map(one -> weighed(one, name, question)).forEach(findings::add);
        checked.add(name);
      } catch (TimeoutException e) {
        entry.getValue().cancel(true);
        not.add(name + ": took too long");
      } catch (ExecutionException e) {
        not.add(name + ": " + e.getMessage());
      }
    }
    findings.sort(Comparator.comparing(Finding::severity));
    if (!not.isEmpty()) {
      findings.add(
          Finding.info("machine", "some checks gave no answer")
              .notChecked(not.toArray(String[]::new)));
    }
    boolean fine = findings.stream().allMatch(one -> one.severity() == Finding.Severity.INFO);
    var text = (fine ? "no fault found; checked: " : "checked: ") + String.join(", ", checked);
    return ToolResult.ok(text + "\n").findings(findings);
  }

  /** How busy the machine is is no fault for a question about something else. */
  private static Finding weighed(Finding finding, String check, String question) {
    boolean about = question.isBlank() || SLOW.matcher(question).find();
    if (about || !check.startsWith("memory")) {
      return finding;
    }
    return Finding.info(finding.subject(), finding.seen());
  }
}
