package dev.fuse.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Everything about a tool that is known before its code is loaded.
 *
 * @param name {@code <prefix>_<verb>[_<noun>]}, matched by {@code [a-z][a-z0-9_]{0,63}}
 * @param description for the model: when to use it and what comes back, in as few words as do
 * @param parameters a schema of type object
 * @param output the schema of {@link ToolResult.Ok#structured()}
 * @param ceiling the most it may ever do
 * @param calls names of the tools that its body may call through {@link Call#call}; {@code *} is
 *     any
 * @param keywords words of a question that ask for this tool though its description lacks them
 */
public record ToolSpec(
    String name,
    String description,
    Schema parameters,
    Optional<Schema> output,
    Ceiling ceiling,
    Set<String> calls,
    List<String> keywords) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  public ToolSpec {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("tool name '" + name + "' is not lower_case_words");
    }
    calls = Set.copyOf(calls);
    keywords = List.copyOf(keywords);
  }

  /** A tool without declared output, callees and keywords. */
  public static ToolSpec of(String name, String description, Schema parameters, Ceiling ceiling) {
    return new ToolSpec(
        name, description, parameters, Optional.empty(), ceiling, Set.of(), List.of());
  }

  /** The same tool, which may call those. */
  public ToolSpec calling(String... tools) {
    return new ToolSpec(name, description, parameters, output, ceiling, Set.of(tools), keywords);
  }

  /** The same tool, asked for by these words too. */
  public ToolSpec keywords(String... words) {
    return new ToolSpec(name, description, parameters, output, ceiling, calls, List.of(words));
  }

  /** The same tool, whose structured result has this schema. */
  public ToolSpec returning(Schema schema) {
    return new ToolSpec(
        name, description, parameters, Optional.of(schema), ceiling, calls, keywords);
  }

  /** Whether it only reads. */
  public boolean reading() {
    return ceiling.reading();
  }
}
