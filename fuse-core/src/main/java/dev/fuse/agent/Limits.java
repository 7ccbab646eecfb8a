package dev.fuse.agent;

import java.time.Duration;

/**
 * How much one prompt may take.
 *
 * @param turns how often the model may be asked
 * @param time for the whole prompt
 * @param call for one call of a tool
 * @param resultTokens of one result
 * @param localEvidence for the evidence that stays on this machine
 * @param remoteEvidence for the rest of it
 */
public record Limits(
    int turns,
    Duration time,
    Duration call,
    int resultTokens,
    Duration localEvidence,
    Duration remoteEvidence) {

  public static final Limits STANDARD =
      new Limits(
          20,
          Duration.ofMinutes(30),
          Duration.ofSeconds(60),
          4_000,
          Duration.ofSeconds(1),
          Duration.ofSeconds(5));
}
