package dev.fuse.cli.model.openai;

import dev.fuse.cli.json.Json;
import dev.fuse.text.Printable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** What a service says in a body or event that is no answer. */
final class ErrorBody {

  private static final int LONGEST = 300;

  private ErrorBody() {}

  /** The sentence of an error object; empty where the text is no JSON object with an error. */
  static Optional<String> find(String json) {
    try {
      return Optional.ofNullable(Json.object(json).get("error")).map(ErrorBody::sentence);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The sentence of an error object, or else the beginning of the text. */
  static String read(String body) {
    return find(body).orElseGet(() -> body.isBlank() ? "nothing" : line(body.strip()));
  }

  /** Text from outside, short and on one line. */
  static String line(String text) {
    var line = Printable.line(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
    return line.strip();
  }

  private static String sentence(Object error) {
    if (error instanceof Map<?, ?> object && object.get("message") instanceof String message) {
      return line(message);
    }
    return error instanceof String message ? line(message) : line(Json.write(error));
  }
}
