package dev.fuse.tool.github.secret;

import dev.fuse.tool.github.workflow.Near;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Where a job would find a secret, and why it does not. */
final class Lookup {

  private final Defined defined;
  private final Sharing sharing;

  Lookup(Defined defined, Sharing sharing) {
    this.defined = defined;
    this.sharing = sharing;
  }

  /**
   * Why the job gets an empty value.
   *
   * @return empty if it finds one, or if an expression names its environment
   */
  Optional<Gap> gap(Usage usage) {
    var reference = usage.reference();
    return reference.secret() ? secret(usage) : variable(usage);
  }

  private Optional<Gap> variable(Usage usage) {
    var name = usage.reference().name();
    var environment = usage.job().environment();
    var inEnvironment = defined.variables().environments().getOrDefault(environment, Map.of());
    boolean there =
        defined.variables().common().containsKey(name)
            || inEnvironment.containsKey(name)
            || environment.contains("${{");
    if (there || !known("repository variables")) {
      return Optional.empty();
    }
    if (wide().containsKey(name)) {
      return Optional.of(
          gap(
              Gap.Kind.IS_SECRET,
              usage,
              "vars.%s is read, but %s is a secret (%s)"
                  .formatted(name, name, wide().get(name).scope()),
              "a secret is not in the vars context, so the value is empty",
              "read secrets." + name + " instead of vars." + name));
    }
    return Optional.empty();
  }

  private Optional<Gap> secret(Usage usage) {
    var name = usage.reference().name();
    var environment = usage.job().environment();
    if (environment.contains("${{") || inEnvironment(environment, name)) {
      return Optional.empty();
    }
    if (usage.caller().isPresent()) {
      return called(usage, usage.caller().get());
    }
    return wide().containsKey(name) || !defined.known()
        ? Optional.empty()
        : Optional.of(absent(usage, name));
  }

  /** In a called workflow a job sees only what its caller hands over. */
  private Optional<Gap> called(Usage usage, Usage.Caller caller) {
    var name = usage.reference().name();
    var passed = caller.job().passed().get(name);
    if (passed != null) {
      return Optional.empty();
    }
    if (caller.job().inherits()) {
      return caller.outer().isPresent()
          ? called(usage, caller.outer().get())
          : wide().containsKey(name) || !defined.known()
              ? Optional.empty()
              : Optional.of(absent(usage, name));
    }
    if (!wide().containsKey(name) && defined.known()) {
      return Optional.of(absent(usage, name));
    }
    return Optional.of(
        gap(
            Gap.Kind.NOT_PASSED,
            usage,
            "%s job %s calls the reusable workflow %s without `secrets: inherit` and without passing %s"
                .formatted(caller.file().file(), caller.job().id(), usage.file().file(), name),
            "a called workflow (workflow_call) gets no secrets but those that its caller passes, so %s is empty in it although the %s has it"
                .formatted(
                    name,
                    Optional.ofNullable(wide().get(name)).map(Stored::scope).orElse("repository")),
            "add `secrets: inherit` to job %s of %s, or pass %s: ${{ secrets.%s }}"
                .formatted(caller.job().id(), caller.file().file(), name, name)));
  }

  private Gap absent(Usage usage, String name) {
    return elsewhere(usage, name)
        .or(() -> variableNamed(usage, name))
        .or(() -> sharing.notVisible(usage, name))
        .or(() -> otherStore(usage, name))
        .or(() -> nearMiss(usage, name))
        .orElseGet(() -> missing(usage, name));
  }

  private Optional<Gap> elsewhere(Usage usage, String name) {
    var there =
        defined.environments().entrySet().stream()
            .filter(it -> it.getValue().containsKey(name))
            .map(Map.Entry::getKey)
            .toList();
    if (there.isEmpty()) {
      return Optional.empty();
    }
    var named = usage.job().environment();
    var list = String.join(", ", there);
    return Optional.of(
        gap(
            Gap.Kind.OTHER_ENVIRONMENT,
            usage,
            named.isEmpty()
                ? "%s exists only in the environment %s, and job %s of %s names no environment"
                    .formatted(name, list, usage.job().id(), usage.file().file())
                : "%s exists in the environment %s, and job %s of %s runs in environment %s"
                    .formatted(name, list, usage.job().id(), usage.file().file(), named),
            "a job sees an environment's secrets only with that `environment:`, so the value is empty",
            named.isEmpty()
                ? "add `environment: %s` to job %s, if its protection rules allow what runs there"
                    .formatted(there.getFirst(), usage.job().id())
                : "set %s in the environment %s, or name the other environment"
                    .formatted(name, named)));
  }

  private Optional<Gap> variableNamed(Usage usage, String name) {
    return defined
        .variables()
        .where(name)
        .map(
            scope ->
                gap(
                    Gap.Kind.IS_VARIABLE,
                    usage,
                    "%s reads secrets.%s, but %s is a variable (%s), not a secret"
                        .formatted(usage.file().file(), name, name, scope),
                    "the secrets context has no such name, so the value is empty",
                    "write vars.%s instead of secrets.%s".formatted(name, name)));
  }

  private Optional<Gap> otherStore(Usage usage, String name) {
    return defined
        .dependabot()
        .filter(it -> it.containsKey(name))
        .map(
            _ ->
                gap(
                    Gap.Kind.OTHER_STORE,
                    usage,
                    name + " exists only in Dependabot's store, not among the Actions secrets",
                    "Actions sees Dependabot's secrets only in runs that Dependabot starts",
                    "set " + name + " as a repository secret of Actions too"));
  }

  private Optional<Gap> nearMiss(Usage usage, String name) {
    var names = new TreeSet<>(wide().keySet());
    defined.environments().values().forEach(it -> names.addAll(it.keySet()));
    return Near.nearest(name, names)
        .map(
            near ->
                gap(
                    Gap.Kind.NEAR_MISS,
                    usage,
                    "%s reads secrets.%s, which is not defined; a similar name is: %s (%s)"
                        .formatted(usage.file().file(), name, near, scope(near)),
                    "probably the name is spelt differently, so the value is empty",
                    "did you mean %s? Correct the workflow, or set %s".formatted(near, name)));
  }

  private String scope(String name) {
    return Optional.ofNullable(wide().get(name))
        .map(Stored::scope)
        .or(
            () ->
                defined.environments().entrySet().stream()
                    .filter(it -> it.getValue().containsKey(name))
                    .map(it -> "environment " + it.getKey())
                    .findFirst())
        .orElse("repository");
  }

  private Gap missing(Usage usage, String name) {
    var scopes = new ArrayList<>(List.of("repository", "organization"));
    if (!usage.job().environment().isEmpty()) {
      scopes.add("environment " + usage.job().environment());
    } else if (!defined.environments().isEmpty()) {
      scopes.add("any environment");
    }
    return gap(
        Gap.Kind.MISSING,
        usage,
        "%s job %s reads secrets.%s, which is not defined: neither in %s"
            .formatted(
                usage.file().file(), usage.job().id(), name, String.join(" nor in ", scopes)),
        "a secret that does not exist is an empty text in the job",
        "set %s as a secret of the %s"
            .formatted(
                name,
                usage.job().environment().isEmpty()
                    ? "repository"
                    : "environment " + usage.job().environment()));
  }

  private boolean known(String what) {
    return defined.missing().stream().noneMatch(it -> it.toLowerCase(Locale.ROOT).startsWith(what));
  }

  private boolean inEnvironment(String environment, String name) {
    return defined.environments().entrySet().stream()
        .filter(it -> it.getKey().equalsIgnoreCase(environment))
        .anyMatch(it -> it.getValue().containsKey(name));
  }

  /** Repository before organization. */
  private Map<String, Stored> wide() {
    var wide = new java.util.TreeMap<>(defined.organization());
    wide.putAll(defined.repository());
    return wide;
  }

  private static Gap gap(Gap.Kind kind, Usage usage, String seen, String cause, String next) {
    return new Gap(kind, usage.reference().name(), List.of(usage), seen, cause, next);
  }
}
