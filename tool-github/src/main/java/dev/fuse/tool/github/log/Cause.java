package dev.fuse.tool.github.log;

/** The classes of failures, each with what usually heals it. */
public enum Cause {
  TEST("test failure", "fix the code or the test, then run it again"),
  COMPILE("compile error", "fix the code at the quoted place"),
  LINT("lint or format check", "run the same check locally, apply its fixes and push"),
  DEPENDENCY(
      "dependency",
      "pin or correct the version that cannot be resolved; check that the registry has it"),
  MEMORY(
      "out of memory",
      "raise the process's memory limit (heap, NODE_OPTIONS, -Xmx), run fewer workers, or take a larger runner"),
  DISK("disk full", "free space before the step, prune images and caches, or take a larger runner"),
  RATE_LIMIT(
      "infrastructure: rate limit",
      "log in to the registry or service so that pulls are authenticated, or use a mirror; a rerun later may pass"),
  NETWORK(
      "infrastructure: network", "rerun the failed jobs; retry the call in the step if it recurs"),
  RUNNER(
      "infrastructure: runner lost",
      "check the runner's machine and service, bring it back online, then rerun the failed jobs"),
  TIMEOUT(
      "timeout",
      "find out what it waited for; raise timeout-minutes only if the work is really longer"),
  CANCELLED("cancelled", "nothing is broken by itself; rerun it if its result is needed"),
  PERMISSION(
      "permissions of GITHUB_TOKEN",
      "grant the job what it needs in a permissions: block, nothing more"),
  CREDENTIALS("credentials", "check the secret that the step logs in with: name, scope, expiry"),
  SECRET("empty secret", "define the secret where this job can see it, then rerun the failed jobs"),
  WORKFLOW("workflow file", "correct the workflow file and push"),
  COMMAND("command failed", "read the quoted lines; run the command locally");

  private final String words;
  private final String heals;

  Cause(String words, String heals) {
    this.words = words;
    this.heals = heals;
  }

  public String words() {
    return words;
  }

  public String heals() {
    return heals;
  }

  /** Whether it comes and goes without a commit. */
  public boolean byChance() {
    return infrastructure()
        || this == MEMORY
        || this == DISK
        || this == TIMEOUT
        || this == CANCELLED;
  }

  /** Whether the code of the repository is not to blame, so that a rerun may pass. */
  public boolean infrastructure() {
    return this == RATE_LIMIT || this == NETWORK || this == RUNNER;
  }
}
