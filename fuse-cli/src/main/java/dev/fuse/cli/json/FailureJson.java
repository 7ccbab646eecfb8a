package dev.fuse.cli.json;

import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What standard output holds where a command line came to nothing, and JSON was asked for. */
public final class FailureJson {

  private FailureJson() {}

  /**
   * The document; empty where text was asked for. The flags may be what is wrong, so they are
   * looked for by hand.
   */
  public static Optional<String> of(FuseException failure, boolean prompt, List<String> arguments) {
    return format(arguments)
        .map(
            format -> {
              if (!prompt) {
                return Json.writeIndented(
                    command(failure.exitCode(), failure.problem(), failure.hint()));
              }
              return format.equals("json")
                  ? Json.writeIndented(JsonReport.of(failure))
                  : JsonReport.line(failure);
            });
  }

  private static Map<String, Object> command(ExitCode code, String problem, String hint) {
    return Map.of("exitCode", code.code(), "error", Map.of("problem", problem, "hint", hint));
  }

  private static Optional<String> format(List<String> arguments) {
    for (int i = 0; i < arguments.size() && !arguments.get(i).equals("--"); i++) {
      var word = arguments.get(i);
      var value =
          word.equals("-o") || word.equals("--output")
              ? (i + 1 < arguments.size() ? arguments.get(i + 1) : "")
              : word.replaceFirst("^(--output=|-o=?)", "");
      if (word.matches("(?s)(-o|--output).*") && value.matches("json|stream-json")) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
