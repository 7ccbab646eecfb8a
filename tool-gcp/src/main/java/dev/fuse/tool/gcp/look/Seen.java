package dev.fuse.tool.gcp.look;

import dev.fuse.tool.gcp.api.Refusal;
import java.util.Optional;
import java.util.function.Function;

/** What was looked for: found, or why it was not seen. */
public sealed interface Seen<T> {

  record Found<T>(T value) implements Seen<T> {}

  record Unseen<T>(Refusal why) implements Seen<T> {}

  /** The value, where it was seen. */
  default Optional<T> find() {
    return switch (this) {
      case Found<T>(var value) -> Optional.of(value);
      case Unseen<T> _ -> Optional.empty();
    };
  }

  /**
   * The value.
   *
   * @throws Refusal as Google gave it
   */
  default T get() {
    return switch (this) {
      case Found<T>(var value) -> value;
      case Unseen<T>(var why) -> throw why;
    };
  }

  default Optional<Refusal> refusal() {
    return switch (this) {
      case Found<T> _ -> Optional.empty();
      case Unseen<T>(var why) -> Optional.of(why);
    };
  }

  /** Whether it is certain that it does not exist. */
  default boolean missing() {
    return refusal().filter(Refusal::missing).isPresent();
  }

  default <R> Seen<R> map(Function<T, R> change) {
    return switch (this) {
      case Found<T>(var value) -> new Found<>(change.apply(value));
      case Unseen<T>(var why) -> new Unseen<>(why);
    };
  }
}
