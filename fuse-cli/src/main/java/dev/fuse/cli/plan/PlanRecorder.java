package dev.fuse.cli.plan;

import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.home.PrivateFile;
import dev.fuse.cli.home.Reason;
import dev.fuse.gate.Confirmer;
import dev.fuse.run.Cancellation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes down what would be asked, and lets nothing run. */
public final class PlanRecorder implements Confirmer {

  private static final String NOTED =
      "it is written into the plan and is not run now; go on as if it had been done, and then sum"
          + " the plan up";

  private final List<PlanFile.Step> steps = new ArrayList<>();

  @Override
  public boolean present() {
    return true;
  }

  @Override
  public synchronized Answer ask(Confirmation confirmation, Cancellation cancellation) {
    steps.add(PlanFile.Step.of(confirmation));
    return new Answer.No(NOTED);
  }

  /** How many calls were proposed. */
  public synchronized int size() {
    return steps.size();
  }

  /**
   * Writes the plan.
   *
   * @return the hash of the file
   * @throws FuseException if it cannot be written
   */
  public synchronized String write(Path file, String question) {
    var text = new PlanFile(question, steps).text();
    try {
      PrivateFile.write(file, text);
    } catch (IOException e) {
      throw new FuseException(
          Kind.FAILED, "'" + file + "' cannot be written: " + Reason.of(e), "name another file");
    }
    return PlanFile.sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}
