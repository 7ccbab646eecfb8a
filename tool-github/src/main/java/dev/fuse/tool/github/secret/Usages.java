package dev.fuse.tool.github.secret;

import dev.fuse.tool.github.workflow.Job;
import dev.fuse.tool.github.workflow.Reference;
import dev.fuse.tool.github.workflow.WorkflowFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that a repository's workflows read, followed into the workflows that they call.
 *
 * @param all in the order of files and jobs
 * @param unseen what can only be known in a run or elsewhere
 */
public record Usages(List<Usage> all, List<String> unseen) {

  private static final int DEEP = 4;

  public static Usages of(List<WorkflowFile> files) {
    var found = new Search(files);
    for (var file : files) {
      boolean started = file.events().stream().anyMatch(it -> !it.equals("workflow_call"));
      boolean called =
          files.stream()
              .flatMap(it -> it.jobs().stream())
              .anyMatch(it -> it.uses().endsWith("/" + file.file()));
      if (started || !called) {
        found.file(file, Optional.empty(), 0);
      }
    }
    return new Usages(List.copyOf(found.usages), found.unseen.stream().distinct().toList());
  }

  /** Walks through files and the jobs that call others. */
  private static final class Search {

    private final List<WorkflowFile> files;
    private final List<Usage> usages = new ArrayList<>();
    private final List<String> unseen = new ArrayList<>();

    Search(List<WorkflowFile> files) {
      this.files = files;
    }

    void file(WorkflowFile file, Optional<Usage.Caller> caller, int depth) {
      for (var job : file.jobs()) {
        var common = job.uses().isEmpty() ? file.common() : List.<Reference>of();
        common.forEach(it -> add(new Usage(file, job, it, caller)));
        job.references().forEach(it -> add(new Usage(file, job, it, caller)));
        if (!job.uses().isEmpty()) {
          call(file, job, caller, depth);
        }
      }
    }

    private void call(WorkflowFile file, Job job, Optional<Usage.Caller> caller, int depth) {
      for (var expression : job.passed().values()) {
        Passing.references(expression).forEach(it -> add(new Usage(file, job, it, caller)));
      }
      var target = files.stream().filter(it -> job.uses().equals("./" + it.path())).findFirst();
      if (target.isEmpty() || depth == DEEP) {
        unseen.add(
            "%s job %s calls %s, which was not read".formatted(file.file(), job.id(), job.uses()));
        return;
      }
      file(target.get(), Optional.of(new Usage.Caller(file, job, caller)), depth + 1);
    }

    private void add(Usage usage) {
      if (usage.reference().dynamic()) {
        unseen.add(usage.place() + ": a name that an expression makes");
      } else if (!usage.reference().name().equals("GITHUB_TOKEN")) {
        usages.add(usage);
      }
    }
  }

  /** Whether a secret or variable of that name is read anywhere. */
  boolean reads(String context, String name) {
    return all.stream()
        .map(Usage::reference)
        .anyMatch(it -> it.context().equals(context) && it.name().equals(name));
  }
}
