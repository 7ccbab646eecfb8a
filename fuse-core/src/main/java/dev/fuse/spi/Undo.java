package dev.fuse.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What takes a change back: itself a call, prepared, ruled on and run like any other.
 *
 * @param summary one line for a person: what will be as before
 * @param precondition the target's version that the change left behind; the undo is refused if it
 *     has changed since
 * @param kept references from {@link Call#keep}
 */
public record Undo(
    String tool,
    Map<String, Object> arguments,
    String summary,
    Optional<String> precondition,
    List<String> kept) {

  public Undo {
    arguments = Map.copyOf(arguments);
    kept = List.copyOf(kept);
  }
}
