package dev.fuse.scenario;

import java.util.List;
import java.util.Optional;

/**
 * A well-known message of a program, which says by itself what a question is about. Travels as YAML
 * under {@code META-INF/fuse/signatures}.
 *
 * @param says texts of which one is in the message, compared without regard to case
 * @param pattern a regular expression that must be found there too; its named groups are the
 *     parameters that the message tells, such as {@code port}, {@code path}, {@code program}
 * @param system whose message it is, as in {@link dev.fuse.spi.Target#system()}
 * @param scenario the name of the one that explains it
 * @param tool the reading tool that explains it; it is given those of the parameters that it takes
 * @param settles whether the message alone decides the route; else it only speaks for it
 * @param about what it means, in a few words
 */
public record Signature(
    List<String> says,
    Optional<String> pattern,
    String system,
    String scenario,
    Optional<String> tool,
    boolean settles,
    String about) {

  public Signature {
    says = List.copyOf(says);
  }
}
