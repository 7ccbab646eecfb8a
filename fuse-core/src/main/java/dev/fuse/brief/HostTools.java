package dev.fuse.brief;

import dev.fuse.boundary.Outputs;
import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Target;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The tools that are the host's own: they read what Fuse itself holds. */
public final class HostTools {

  static final String SYSTEM = "fuse";
  public static final String OUTPUT_READ = "output_read";
  public static final String FIND_TOOLS = "find_tools";
  public static final String USE_SCENARIO = "use_scenario";
  public static final Set<String> NAMES = Set.of(OUTPUT_READ, FIND_TOOLS, USE_SCENARIO);

  private HostTools() {}

  /** A reading tool of one function from its arguments to a text. */
  private record HostTool(ToolSpec spec, Body body) implements Tool {

    interface Body {
      String text(Arguments arguments, Call call) throws IOException;
    }

    @Override
    public Action prepare(Arguments arguments, Call call) {
      var target = Target.of(SYSTEM, "name", String.valueOf(arguments.values()));
      return Action.of(
          String.join(" ", arguments.values().values().stream().map(String::valueOf).toList()),
          Effect.read(target),
          running -> ToolResult.ok(body.text(arguments, running)));
    }
  }

  public static List<Tool> of(
      Outputs outputs, Function<String, String> findTools, Function<String, String> useScenario) {
    return List.of(
        new HostTool(
            ToolSpec.of(
                OUTPUT_READ,
                "Pages through an output that was cut.",
                Schema.object()
                    .required("id", Schema.string("The id of its data block"))
                    .optional("from", Schema.integer("First line").range(1, Integer.MAX_VALUE))
                    .optional("lines", Schema.integer("How many").range(1, 1000).byDefault(200L))
                    .optional("pattern", Schema.string("Only lines with this regular expression")),
                Ceiling.reads(SYSTEM)),
            (arguments, call) -> page(outputs, arguments, call)),
        new HostTool(
            ToolSpec.of(
                FIND_TOOLS,
                "Makes more tools available.",
                Schema.object().required("need", Schema.string("What you want to do, or a name")),
                Ceiling.reads(SYSTEM)),
            (arguments, _) -> findTools.apply(arguments.string("need"))),
        new HostTool(
            ToolSpec.of(
                USE_SCENARIO,
                "Brings the guidance and evidence of a scenario that fits.",
                Schema.object().required("name", Schema.string("Its name")),
                Ceiling.reads(SYSTEM)),
            (arguments, _) -> useScenario.apply(arguments.string("name"))));
  }

  private static String page(Outputs outputs, Arguments arguments, Call call) throws IOException {
    var id = arguments.string("id");
    var pattern = pattern(arguments.string("pattern", ""));
    int from = arguments.integer("from", 1);
    int wanted = arguments.integer("lines");
    var reader = outputs.find(id);
    if (reader.isEmpty()) {
      throw ToolFailure.notFound("there is no output '" + id + "'", "ids stand in data blocks");
    }
    var page = new StringBuilder();
    int number = 0;
    int taken = 0;
    try (var lines = reader.get()) {
      String line;
      while ((line = lines.readLine()) != null && taken < wanted && !call.cancelled()) {
        number++;
        if (number >= from && pattern.matcher(new Interruptible(line)).find()) {
          page.append(number).append(": ").append(line).append('\n');
          taken++;
        }
      }
      page.append(line == null ? "(end)" : "(more from line " + (number + 1) + ")");
    }
    return page.toString();
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw ToolFailure.invalid(
          "'" + text + "' is no regular expression: " + e.getDescription(),
          "escape it with \\Q…\\E");
    }
  }

  /** Lets a slow match end when the call does. */
  private record Interruptible(CharSequence text) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (Thread.currentThread().isInterrupted()) {
        throw new ToolFailure(ToolResult.Kind.LIMIT, "the pattern took too long", "simplify it");
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Interruptible(text.subSequence(start, end));
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
