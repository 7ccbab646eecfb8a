package dev.fuse.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A call that has been described and not yet run.
 *
 * @param effects all that it does, the decisive one first
 * @param summary one line for a person: what, on what, without the tool's name
 * @param version the target's version as seen (a resourceVersion, a content hash); part of what a
 *     person approves
 * @param preview what is shown before the question; computed only when somebody is asked
 * @param limit how long it may take, where that is longer than the host's setting
 * @param body what runs when it is allowed
 */
public record Action(
    List<Effect> effects,
    String summary,
    Optional<String> version,
    Optional<Supplier<Preview>> preview,
    Optional<Duration> limit,
    Body body) {

  public Action {
    effects = List.copyOf(effects);
  }

  /** What a call does once it is allowed. */
  @FunctionalInterface
  public interface Body {
    /**
     * Does it.
     *
     * @throws ToolFailure to answer with a {@link ToolResult.Failed}
     * @throws Exception anything else is contained, and told to the model in a sentence
     */
    ToolResult run(Call call) throws Exception;
  }

  /** A call without version and preview. */
  public static Action of(String summary, Effect effect, Body body) {
    return of(summary, List.of(effect), body);
  }

  /** A call without version and preview. */
  public static Action of(String summary, List<Effect> effects, Body body) {
    return new Action(effects, summary, Optional.empty(), Optional.empty(), Optional.empty(), body);
  }

  /** The same call, which holds only while the target has this version. */
  public Action at(String seen) {
    return new Action(effects, summary, Optional.of(seen), preview, limit, body);
  }

  /** The same call with something to show before the question. */
  public Action showing(Supplier<Preview> shown) {
    return new Action(effects, summary, version, Optional.of(shown), limit, body);
  }

  /** The same call, which may take that long. */
  public Action within(Duration time) {
    return new Action(effects, summary, version, preview, Optional.of(time), body);
  }
}
