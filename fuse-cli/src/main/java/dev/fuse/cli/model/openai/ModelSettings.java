package dev.fuse.cli.model.openai;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a model is reached.
 *
 * @param baseUrl of an OpenAI-compatible server, with its {@code /v1}
 * @param key asked for when the model is first called and when it is refused; may start a command;
 *     empty where none is set
 * @param keyOrigin where the key comes from, for people
 * @param window tokens of a request and its answer together; empty where the model's name tells
 * @param maxOutput tokens of an answer; empty where the service decides
 * @param idle how long the service may send nothing
 * @param tries how often a request is sent before it counts as failed
 */
public record ModelSettings(
    String name,
    String baseUrl,
    Supplier<String> key,
    String keyOrigin,
    Optional<Integer> window,
    Optional<Integer> maxOutput,
    Duration idle,
    int tries) {

  /** Where OpenAI's own service is. */
  public static final String OPENAI = "https://api.openai.com/v1";

  public static final int TRIES = 4;

  /** Of a model's name, for a service of OpenAI's kind; the only kind there is. */
  public static final String PREFIX = "openai:";

  /** Another model of the same service, whose window its name tells. */
  public ModelSettings named(String other) {
    return new ModelSettings(
        other.startsWith(PREFIX) ? other.substring(PREFIX.length()) : other,
        baseUrl,
        key,
        keyOrigin,
        Optional.empty(),
        maxOutput,
        idle,
        tries);
  }

  @Override
  public String toString() {
    return name + " at " + baseUrl;
  }
}
