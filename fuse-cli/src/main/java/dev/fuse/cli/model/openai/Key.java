package dev.fuse.cli.model.openai;

import dev.fuse.cli.exit.FuseException;
import java.util.Optional;
import java.util.function.Supplier;

/** The model's key: asked for when the model is first called, and again when it is refused. */
final class Key {

  private final Supplier<String> source;
  private final String origin;
  private Optional<String> known = Optional.empty();

  Key(Supplier<String> source, String origin) {
    this.source = source;
    this.origin = origin;
  }

  /**
   * The key; empty where none is set.
   *
   * @throws FuseException of kind CREDENTIALS if it is not to be had, or cannot be one
   */
  synchronized String value() {
    if (known.isEmpty()) {
      var key = source.get().strip();
      if (!key.chars().allMatch(c -> c > ' ' && c <= '~')) {
        // The JDK would refuse it as a header, in a message that repeats it.
        throw new FuseException(
            FuseException.Kind.CREDENTIALS,
            "the key from " + origin + " has characters that no key has",
            "set it again, without line breaks, blanks and quotation marks");
      }
      known = Optional.of(key);
    }
    return known.get();
  }

  /** Asks for it again, since it may have expired; whether it is another one now. */
  synchronized boolean renewed() {
    var before = known;
    known = Optional.empty();
    return before.isPresent() && !value().equals(before.get());
  }

  /** A text of the service without the key, which some services repeat. */
  synchronized String hidden(String text) {
    return known
        .filter(key -> key.length() >= 4)
        .map(key -> text.replace(key, "(the key)"))
        .orElse(text);
  }

  @Override
  public String toString() {
    return "a key";
  }
}
