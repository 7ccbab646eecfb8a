package dev.fuse.tool.github.secret;

import dev.fuse.tool.github.api.Node;
import java.time.Duration;
import java.time.Instant;

/**
 * A secret or variable as its store lists it.
 *
 * @param scope such as {@code repository} or {@code environment production}
 * @param visibility of an organization's: {@code all}, {@code private}, {@code selected}; else
 *     empty
 */
public record Stored(String name, String scope, Instant updated, String visibility) {

  static Stored of(Node item, String scope) {
    return new Stored(
        item.text("name"),
        scope,
        item.time("updated_at").orElse(Instant.EPOCH),
        item.text("visibility"));
  }

  /** Days since its value was last set. */
  public long age(Instant now) {
    return Duration.between(updated, now).toDays();
  }
}
