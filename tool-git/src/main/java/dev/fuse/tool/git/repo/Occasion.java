package dev.fuse.tool.git.repo;

import java.util.List;

/** What git is asked for, with the hooks and configured programs that it then runs. */
// both lists are made by List.of
@SuppressWarnings("ImmutableEnumChecker")
public enum Occasion {
  INDEX(List.of("post-index-change"), List.of("filter.clean", "filter.process")),
  REFS(List.of("reference-transaction"), List.of()),
  FILES(
      List.of("post-checkout", "post-index-change"),
      List.of("filter.smudge", "filter.clean", "filter.process")),
  COMMIT(
      List.of("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "post-rewrite"),
      List.of("gpg.program")),
  SIGN(List.of(), List.of("gpg.program")),
  MERGE(
      List.of(
          "pre-merge-commit",
          "post-merge",
          "pre-rebase",
          "applypatch-msg",
          "pre-applypatch",
          "post-applypatch"),
      List.of("merge.driver")),
  REMOTE(
      List.of(),
      List.of(
          "core.sshCommand",
          "core.gitProxy",
          "core.askPass",
          "core.alternateRefsCommand",
          "credential.helper",
          "remote.uploadpack",
          "remote.receivepack",
          "remote.vcs")),
  PUSH(List.of("pre-push"), List.of("gpg.program"));

  private final List<String> hooks;
  private final List<String> programs;

  Occasion(List<String> hooks, List<String> programs) {
    this.hooks = hooks;
    this.programs = programs;
  }

  /** Names of hooks. */
  public List<String> hooks() {
    return hooks;
  }

  /** Keys of configuration, {@code section.name}; every subsection counts. */
  public List<String> programs() {
    return programs;
  }
}
