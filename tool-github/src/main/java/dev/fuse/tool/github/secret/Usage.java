package dev.fuse.tool.github.secret;

import dev.fuse.tool.github.workflow.Job;
import dev.fuse.tool.github.workflow.Reference;
import dev.fuse.tool.github.workflow.WorkflowFile;
import java.util.Optional;

/**
 * A place where a job reads a secret or a variable.
 *
 * @param caller who calls the workflow that the job is in; empty where it is started by itself
 */
public record Usage(WorkflowFile file, Job job, Reference reference, Optional<Caller> caller) {

  /** The job that calls a reusable workflow. */
  public record Caller(WorkflowFile file, Job job, Optional<Caller> outer) {}

  /** Where it is read, for people. */
  public String place() {
    var own = file.file() + " job " + job.id() + ", " + reference.where();
    return caller
        .map(it -> own + ", called by " + it.file().file() + " job " + it.job().id())
        .orElse(own);
  }

  /** The workflow that starts it, whose runs show it. */
  public WorkflowFile started() {
    var outermost = caller;
    while (outermost.isPresent() && outermost.get().outer().isPresent()) {
      outermost = outermost.get().outer();
    }
    return outermost.map(Caller::file).orElse(file);
  }

  /** The job of the started workflow that a run shows. */
  public Job shown() {
    var outermost = caller;
    while (outermost.isPresent() && outermost.get().outer().isPresent()) {
      outermost = outermost.get().outer();
    }
    return outermost.map(Caller::job).orElse(job);
  }
}
