package dev.fuse.plugin;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** The sentence that says what lies at the bottom of an exception. */
final class Cause {

  private Cause() {}

  static String of(Throwable thrown) {
    var root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    var message = root.getMessage() == null ? "" : root.getMessage().strip();
    return switch (root) {
      case NoClassDefFoundError _, ClassNotFoundException _ ->
          "the class '" + message.replace('/', '.') + "' is missing";
      case NoSuchFileException _ -> "there is no '" + message + "'";
      case IOException _, IllegalArgumentException _, IllegalStateException _
          when !message.isEmpty() ->
          message;
      default -> root.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
    };
  }
}
