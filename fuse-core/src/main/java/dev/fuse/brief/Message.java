package dev.fuse.brief;

import dev.fuse.run.ToolRequest;
import java.util.List;

/** One entry of a transcript; everything in it is masked already. */
public sealed interface Message {

  /** The base instructions, the first of a transcript. */
  record Instructions(String text) implements Message {}

  /** What the person said, with what was gathered for it. */
  record User(String text) implements Message {}

  /** What the model said and asked for. */
  record Assistant(String text, List<ToolRequest> requests) implements Message {
    public Assistant {
      requests = List.copyOf(requests);
    }
  }

  /**
   * What a request gave.
   *
   * @param request the id of the {@link ToolRequest}
   */
  record Observation(String request, String tool, String text) implements Message {}
}
