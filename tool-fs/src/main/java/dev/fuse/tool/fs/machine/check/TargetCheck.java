package dev.fuse.tool.fs.machine.check;

import dev.fuse.spi.Finding;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether kubectl and gcloud point where the files of this project say that it is deployed. */
record TargetCheck(Place place) implements MachineCheck {

  private static final int NAMED = 3;

  @Override
  public String name() {
    return "kube context and Google Cloud project";
  }

  @Override
  public List<Finding> findings() {
    var found = new ArrayList<Finding>();
    missing().ifPresent(found::add);
    var context = place.facts().get().find("kube-context");
    var project = place.facts().get().find("google-project");
    if (context.isEmpty() && project.isEmpty()) {
      return found;
    }
    var named = RepositoryTargets.of(place);
    context.flatMap(name -> context(name, named)).ifPresent(found::add);
    project.flatMap(name -> project(name, named)).ifPresent(found::add);
    return found;
  }

  /** With KUBECONFIG set kubectl does not look at ~/.kube/config any more. */
  private Optional<Finding> missing() {
    var value = place.environment().getOrDefault("KUBECONFIG", "");
    var files = Arrays.stream(value.split(":", -1)).filter(file -> file.startsWith("/")).toList();
    if (files.isEmpty() || files.stream().anyMatch(file -> Files.exists(Path.of(file)))) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.error(
            "KUBECONFIG",
            "KUBECONFIG is '" + Shown.name(value) + "', and no such file is there",
            "kubectl has no cluster and tries localhost:8080",
            "correct or unset it"));
  }

  private static Optional<Finding> context(String name, RepositoryTargets named) {
    var all = named.contexts;
    if (!all.isEmpty()) {
      return differs(all, name)
          ? Optional.of(
              finding(
                  "kube context",
                  "the kube context is '" + Shown.name(name) + "'",
                  all,
                  "kubectl and helm work on another cluster than this project's",
                  "kubectl config use-context " + all.getFirst().value()))
          : Optional.empty();
    }
    var parts = name.split("_", -1);
    boolean gke = parts.length == 4 && parts[0].equals("gke");
    return gke && differs(named.projects, parts[1])
        ? Optional.of(
            finding(
                "kube context",
                "the kube context '" + Shown.name(name) + "' is of project '" + parts[1] + "'",
                named.projects,
                "kubectl and helm work on a cluster of another project",
                "kubectl config get-contexts shows the others"))
        : Optional.empty();
  }

  private static Optional<Finding> project(String name, RepositoryTargets named) {
    return differs(named.projects, name)
        ? Optional.of(
            finding(
                "Google Cloud project",
                "the project of gcloud is '" + Shown.name(name) + "'",
                named.projects,
                "gcloud and Terraform's default work on another project",
                "gcloud config set project " + named.projects.getFirst().value()))
        : Optional.empty();
  }

  private static boolean differs(List<RepositoryTargets.Mention> named, String name) {
    return !named.isEmpty() && named.stream().noneMatch(one -> one.value().equals(name));
  }

  private static Finding finding(
      String subject,
      String seen,
      List<RepositoryTargets.Mention> named,
      String cause,
      String next) {
    var said =
        named.stream()
            .limit(NAMED)
            .map(one -> one.where() + " names '" + Shown.name(one.value()) + "'")
            .collect(Collectors.joining(", "));
    return Finding.warning(subject, seen + "; " + said, cause, next);
  }
}
