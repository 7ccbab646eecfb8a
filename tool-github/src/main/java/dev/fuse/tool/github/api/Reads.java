package dev.fuse.tool.github.api;

import dev.fuse.spi.Action;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Verb;

/** The form that all reading tools of this plugin share. */
public final class Reads {

  public static final String SYSTEM = "github";
  public static final Ceiling CEILING = Ceiling.readsRemote(SYSTEM);

  private Reads() {}

  /** What a tool does once its call is allowed. */
  @FunctionalInterface
  public interface Body {
    ToolResult run(GitHub github, Call call);
  }

  /** The optional parameter that every tool of a repository has. */
  public static Schema repository(Schema schema) {
    return schema.optional(
        "repository", Schema.string("owner/name; else that of the question or this folder"));
  }

  /** A read in a repository. */
  public static Action of(Site site, RepoName repository, String summary, Body body) {
    var target = Target.of(SYSTEM, "host", site.host(), "repository", repository.toString());
    return of(site, target, summary, body);
  }

  public static Action of(Site site, Target target, String summary, Body body) {
    return Action.of(
        summary,
        Effect.remote(Verb.READ, target, Risk.NONE),
        call -> answer(() -> body.run(site.github(), call)));
  }

  /** Something that asks GitHub. */
  @FunctionalInterface
  public interface Asking {
    ToolResult answer();
  }

  /** A refusal as a tool's failure. */
  public static ToolResult answer(Asking asking) {
    try {
      return asking.answer();
    } catch (Refused refused) {
      throw refused.failure();
    }
  }
}
