package dev.fuse.cli.command;

import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.session.SessionUndoLog;
import dev.fuse.cli.session.UndoEntry;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Which changes a person means. */
public record UndoChoice(SessionUndoLog log) {

  private static final String LISTED = "fuse undo --list lists what can be taken back";

  /** The latest first. */
  static final Comparator<UndoEntry> ORDER =
      Comparator.comparing(UndoEntry::time).thenComparing(UndoEntry::id).reversed();

  /** What can be taken back, the latest first; those that took a change back only with all. */
  public List<UndoEntry> entries(boolean all) {
    return log.entries().stream().filter(entry -> all || entry.undoes().isEmpty()).toList();
  }

  /**
   * The latest change.
   *
   * @throws FuseException of kind FAILED if there is none
   */
  UndoEntry latest() {
    return entries(false).stream()
        .findFirst()
        .orElseThrow(
            () -> new FuseException(Kind.FAILED, "there is nothing that can be taken back", ""));
  }

  /**
   * Those of these ids or beginnings of ids, the latest first.
   *
   * @throws FuseException if one is none of them, several, or was taken back before
   */
  public List<UndoEntry> named(List<String> ids) {
    return ids.stream().map(this::called).distinct().sorted(ORDER).toList();
  }

  /**
   * Those of these numbers in a list, the latest first.
   *
   * @throws FuseException of kind USAGE if one is no number of the list
   */
  List<UndoEntry> numbered(String answer, List<UndoEntry> entries) {
    return Stream.of(answer.split("[\\s,]+"))
        .map(word -> atNumber(word, entries))
        .distinct()
        .sorted(ORDER)
        .toList();
  }

  private UndoEntry atNumber(String word, List<UndoEntry> entries) {
    if (word.matches("[1-9]\\d{0,5}") && Integer.parseInt(word) <= entries.size()) {
      return entries.get(Integer.parseInt(word) - 1);
    }
    if (entries.stream().anyMatch(entry -> entry.isCalled(word))) {
      return called(word);
    }
    throw new FuseException(
        Kind.USAGE,
        "'" + word + "' is not in the list; nothing was taken back",
        "the numbers are 1 to " + entries.size());
  }

  private UndoEntry called(String id) {
    var fitting = entries(true).stream().filter(entry -> entry.isCalled(id)).toList();
    if (fitting.size() == 1) {
      return fitting.getFirst();
    }
    if (!fitting.isEmpty()) {
      var names = fitting.stream().map(UndoEntry::shortId).toList();
      throw new FuseException(
          Kind.USAGE, "'" + id + "' fits several changes: " + String.join(", ", names), LISTED);
    }
    log.undone().stream()
        .filter(entry -> entry.isCalled(id))
        .findFirst()
        .ifPresent(
            entry -> {
              throw new FuseException(
                  Kind.FAILED,
                  "'"
                      + id
                      + "' has been taken back before: "
                      + entry.tool()
                      + " "
                      + entry.summary(),
                  LISTED);
            });
    throw new FuseException(Kind.USAGE, "there is no change '" + id + "' to take back", LISTED);
  }
}
