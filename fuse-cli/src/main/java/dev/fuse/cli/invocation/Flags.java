package dev.fuse.cli.invocation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The flags that a prompt and most commands share, as the person wrote them.
 *
 * @param scenario a name, {@code none}, or empty to classify
 * @param resume an id or the beginning of one; blank where the person is to pick one
 * @param pins coordinates that are pinned: context, namespace, project
 * @param secrets {@code PARAM=env:NAME} or {@code PARAM=file:PATH}
 */
public record Flags(
    Optional<String> model,
    String scenario,
    boolean plan,
    List<String> allow,
    boolean last,
    Optional<String> resume,
    boolean noSession,
    Output output,
    Optional<Integer> maxTurns,
    Optional<Integer> maxTokens,
    Optional<Duration> timeout,
    java.util.Map<String, String> pins,
    List<String> secrets,
    boolean chat,
    Files files,
    Look look) {

  public Flags {
    allow = List.copyOf(allow);
    pins = java.util.Map.copyOf(pins);
    secrets = List.copyOf(secrets);
  }

  /**
   * Files that are named for what comes of a prompt.
   *
   * @param planOut where proposed changes are written instead of run
   * @param outputSchema the JSON schema of the answer
   */
  public record Files(Optional<String> planOut, Optional<String> outputSchema) {}

  /** How things are shown. */
  public record Look(
      boolean quiet,
      boolean verbose,
      boolean debug,
      boolean noInput,
      boolean yes,
      boolean accessible,
      Optional<String> color) {}

  /** What stdout holds. */
  public enum Output {
    TEXT,
    /** One JSON document. */
    JSON,
    /** One JSON object a line, as things happen. */
    STREAM_JSON
  }
}
