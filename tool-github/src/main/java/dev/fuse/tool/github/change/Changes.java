package dev.fuse.tool.github.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Target;
import dev.fuse.spi.Undo;
import dev.fuse.spi.Verb;
import dev.fuse.tool.github.api.Json;
import dev.fuse.tool.github.api.Reads;
import dev.fuse.tool.github.api.Site;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The form that all changing tools of this plugin share. */
final class Changes {

  private Changes() {}

  /** The most that a changing tool may do here. */
  static Ceiling ceiling(Risk risk, Verb... verbs) {
    return Ceiling.of(risk, true, Set.of(verbs), Reads.SYSTEM);
  }

  /**
   * A change that a request shows.
   *
   * @param request what is sent, values masked
   */
  static Action of(Site site, Effect effect, String summary, Request request, Reads.Body body) {
    return Action.of(
            summary, List.of(effect), call -> Reads.answer(() -> body.run(site.github(), call)))
        .showing(() -> request.preview(site));
  }

  /** A request as a person sees it. */
  record Request(String method, String path, Map<String, Object> body) {
    Preview preview(Site site) {
      var shown = body.isEmpty() ? "" : Json.write(body);
      return Preview.text(method + " " + site.host() + path, shown.isEmpty() ? "no body" : shown);
    }
  }

  static Effect effect(Verb verb, Target target, Risk risk) {
    return Effect.remote(verb, target, risk);
  }

  static Undo undo(String tool, Map<String, Object> arguments, String summary) {
    return new Undo(tool, arguments, summary, Optional.empty(), List.of());
  }
}
