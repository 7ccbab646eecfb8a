package dev.fuse.cli.terminal;

import dev.fuse.agent.AgentEvent;
import dev.fuse.brief.ChatModel;
import dev.fuse.run.Cancellation;
import dev.fuse.text.Printable;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What {@code --debug} writes to standard error: each line with the time since the start of the
 * trace. It holds what events hold, which is masked, and numbers; never a key or a message.
 */
public final class DebugTrace implements Consumer<AgentEvent> {

  private final Consumer<String> lines;
  private final long began = System.nanoTime();

  /**
   * A trace.
   *
   * @param lines is given each line, without its end
   */
  public DebugTrace(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void accept(AgentEvent event) {
    switch (event) {
      case AgentEvent.Classified(var classification, var chosen) ->
          trace(
              "classified %s, guided by %s; %s"
                  .formatted(
                      lower(classification.fit()),
                      chosen.map(scenario -> scenario.name()).orElse("none"),
                      classification.candidates().stream()
                          .map(each -> each.scenario() + " " + number(each.score()))
                          .collect(Collectors.joining(", "))));
      case AgentEvent.CallStarted started ->
          trace("%s begins: %s %s".formatted(started.call(), started.tool(), started.arguments()));
      case AgentEvent.CallEnded(var call) ->
          trace(
              "%s ended: %s %s, %d ms, %d lines, %s"
                  .formatted(
                      call.call(),
                      call.tool(),
                      call.outcome(),
                      call.millis(),
                      call.lines(),
                      call.ruling()));
      case AgentEvent.TurnStarted(var turn, var tools, var tokens) ->
          trace("turn %d: %d tools, about %d tokens".formatted(turn, tools, tokens));
      case AgentEvent.Retrying(var why, var millis) ->
          trace("again in %d ms: %s".formatted(millis, why));
      case AgentEvent.Ended(var outcome) ->
          trace(
              "ended %s after %d turns, %d tokens in, %d out"
                  .formatted(
                      lower(outcome.status()),
                      outcome.turns(),
                      outcome.usage().input(),
                      outcome.usage().output()));
      case AgentEvent.CallProgress _,
          AgentEvent.TextDelta _,
          AgentEvent.TextEnded _,
          AgentEvent.Said _,
          AgentEvent.Noted _ -> {}
    }
  }

  /** The same model, whose requests are traced. */
  public ChatModel of(ChatModel model) {
    return new Traced(model);
  }

  private synchronized void trace(String text) {
    var millis = (System.nanoTime() - began) / 1_000_000;
    lines.accept("debug %6d ms  %s".formatted(millis, Printable.line(text)));
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String number(double score) {
    return String.format(Locale.ROOT, "%.2f", score);
  }

  /** Tells when a request goes out, when its answer begins, and how it ends. */
  private final class Traced implements ChatModel {
    private final ChatModel model;
    private final AtomicInteger requests = new AtomicInteger();

    Traced(ChatModel model) {
      this.model = model;
    }

    @Override
    public String name() {
      return model.name();
    }

    @Override
    public int window() {
      return model.window();
    }

    @Override
    public int count(String text) {
      return model.count(text);
    }

    @Override
    public Reply reply(Request request, Listener listener, Cancellation cancellation) {
      int number = requests.incrementAndGet();
      long sent = System.nanoTime();
      var first = new AtomicLong();
      trace(
          "request %d to %s: %d messages, %d tools"
              .formatted(number, name(), request.messages().size(), request.tools().size()));
      var reply =
          model.reply(
              request,
              new Listener() {
                @Override
                public void text(String delta) {
                  first.compareAndSet(0, System.nanoTime());
                  listener.text(delta);
                }

                @Override
                public void retrying(String why, long afterMillis) {
                  listener.retrying(why, afterMillis);
                }
              },
              cancellation);
      trace(
          "answer %d after %d ms%s: %s"
              .formatted(number, since(sent), begun(first, sent), words(reply)));
      return reply;
    }

    private static String begun(AtomicLong first, long sent) {
      return first.get() == 0 ? "" : ", text from " + (first.get() - sent) / 1_000_000 + " ms on";
    }

    private static long since(long moment) {
      return (System.nanoTime() - moment) / 1_000_000;
    }

    private static String words(Reply reply) {
      return switch (reply) {
        case Said said ->
            "%d characters, %d calls, %d tokens in, %d out%s"
                .formatted(
                    said.text().length(),
                    said.requests().size(),
                    said.usage().input(),
                    said.usage().output(),
                    said.cutByLength() ? ", cut by length" : "");
        case Broken broken -> lower(broken.kind()) + ": " + broken.problem();
      };
    }
  }
}
