package dev.fuse.cli.chat;

import dev.fuse.agent.Outcome;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.home.Reason;
import dev.fuse.cli.json.Json;
import dev.fuse.cli.json.SchemaCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON schema that an answer is to fit. */
record AnswerSchema(Path file, Map<String, @Nullable Object> schema) {

  /**
   * Reads one.
   *
   * @throws FuseException of kind USAGE if the file is no JSON object
   */
  static AnswerSchema read(Path file) {
    try {
      return new AnswerSchema(file, Json.object(Files.readString(file)));
    } catch (IOException e) {
      throw new FuseException(
          Kind.USAGE,
          "--output-schema: '" + file + "' cannot be used: " + Reason.of(e),
          "name a file that holds a JSON schema");
    }
  }

  /** The prompt with what its answer has to look like. */
  String instructing(String prompt) {
    return prompt
        + "\n\nAnswer with one JSON document that fits this JSON schema, and with nothing else:\n"
        + Json.write(schema);
  }

  /** The outcome with the document alone as its answer, or failed where that does not fit. */
  Outcome fitting(Outcome outcome) {
    var text = bare(outcome.answer());
    try {
      var problem = SchemaCheck.problem(Json.read(text), schema);
      return problem.isEmpty()
          ? Amended.answering(outcome, text)
          : Amended.failed(outcome, "the answer does not fit '" + file + "': " + problem.get());
    } catch (IOException e) {
      return Amended.failed(outcome, "the answer is not JSON: " + e.getMessage());
    }
  }

  /** Without the fence that models like to put around code. */
  private static String bare(String answer) {
    var text = answer.strip();
    return text.startsWith("```")
        ? text.replaceFirst("^```[a-z]*\\s*", "").replaceFirst("\\s*```$", "")
        : text;
  }
}
