package dev.fuse.cli.model.openai;

import dev.fuse.brief.ChatModel.Broken;
import dev.fuse.brief.ChatModel.Kind;
import dev.fuse.brief.ChatModel.Listener;
import dev.fuse.brief.ChatModel.Reply;
import dev.fuse.brief.ChatModel.Said;
import dev.fuse.brief.ChatModel.Usage;
import dev.fuse.run.Cancellation;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One sending of a request, from its first byte to its end, whoever ends it. What the wire's thread
 * hears is told on the caller's, so that nothing is told once the attempt has ended.
 */
final class Attempt implements StreamingChatResponseHandler {

  /** How often it is looked whether bytes still come, at least. */
  private static final long LOOK_MILLIS = 250;

  private final ModelSettings settings;
  private final Wire wire;
  private final Listener listener;
  private final Cancellation cancellation;
  private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
  private final StringBuilder shown = new StringBuilder();

  /**
   * How it ended.
   *
   * @param retryAfterMillis empty where sending it again is no use; negative where nobody says when
   */
  record End(Reply reply, OptionalLong retryAfterMillis) {}

  private sealed interface News {}

  private record Delta(String text) implements News {}

  private record Whole(ChatResponse response) implements News {}

  /** With the event in which it failed, if any had come. */
  private record Failed(Throwable error, String event) implements News {}

  private record Cancelled() implements News {}

  Attempt(ModelSettings settings, Wire wire, Listener listener, Cancellation cancellation) {
    this.settings = settings;
    this.wire = wire;
    this.listener = listener;
    this.cancellation = cancellation;
  }

  End run(ChatRequest request) {
    var forget = cancellation.onCancel(() -> news.add(new Cancelled()));
    try (wire) {
      if (cancellation.cancelled()) {
        return cancelled();
      }
      model().chat(request, this);
      return await();
    } catch (RuntimeException e) {
      return failed(e, "");
    } finally {
      forget.run();
    }
  }

  @Override
  public void onPartialResponse(String delta) {
    news.add(new Delta(delta));
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    news.add(new Whole(response));
  }

  @Override
  public void onError(Throwable error) {
    news.add(new Failed(error, wire.lastEvent()));
  }

  private OpenAiStreamingChatModel model() {
    var builder =
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(wire.builder())
            .baseUrl(settings.baseUrl())
            .modelName(settings.name());
    settings
        .maxOutput()
        .ifPresent(
            most -> {
              // The name of this limit is one thing at OpenAI and another everywhere else.
              if (settings.baseUrl().equals(ModelSettings.OPENAI)) {
                builder.maxCompletionTokens(most);
              } else {
                builder.maxTokens(most);
              }
            });
    return builder.build();
  }

  private End await() {
    while (true) {
      var next = next();
      if (cancellation.cancelled()) {
        return cancelled();
      }
      switch (next) {
        case Delta(var text) -> {
          shown.append(text);
          listener.text(text);
        }
        case Whole(var response) -> {
          return whole(response);
        }
        case Failed(var error, var event) -> {
          return failed(error, event);
        }
        case Cancelled() -> {
          return cancelled();
        }
        case null -> {
          if (wire.silentFor().compareTo(settings.idle()) >= 0) {
            return new End(
                Failure.silence(settings, wire.begun(), shown.toString()), OptionalLong.empty());
          }
        }
      }
    }
  }

  private @Nullable News next() {
    long left = settings.idle().minus(wire.silentFor()).toMillis();
    try {
      return news.poll(Math.clamp(left, 1, LOOK_MILLIS), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Cancelled();
    }
  }

  private End whole(ChatResponse response) {
    var reason = response.finishReason() == null ? unknown() : response.finishReason();
    if (reason == null) {
      return new End(Failure.cut(settings, wire, shown.toString()), OptionalLong.empty());
    }
    var said = response.aiMessage();
    if (reason == FinishReason.CONTENT_FILTER) {
      return new End(Failure.filtered(shown.toString()), OptionalLong.empty());
    }
    return new End(
        new Said(
            said.text() == null ? "" : said.text(),
            Requests.asked(said.toolExecutionRequests()),
            usage(response.tokenUsage()),
            reason == FinishReason.LENGTH),
        OptionalLong.empty());
  }

  /** What a finish reason means that LangChain4j does not know, as {@code eos}; null for none. */
  private @Nullable FinishReason unknown() {
    var reason = wire.finish();
    if (reason.isEmpty() || reason.equals("error")) {
      return null;
    }
    return reason.contains("length") ? FinishReason.LENGTH : FinishReason.STOP;
  }

  private End failed(Throwable error, String event) {
    if (cancellation.cancelled()) {
      return cancelled();
    }
    var failure = Failure.of(error, event, settings, wire, shown.toString());
    return new End(
        failure.broken(), shown.isEmpty() ? failure.retryAfterMillis() : OptionalLong.empty());
  }

  private End cancelled() {
    return new End(
        new Broken(Kind.CANCELLED, "interrupted", "", shown.toString()), OptionalLong.empty());
  }

  private static Usage usage(@Nullable TokenUsage usage) {
    return usage == null
        ? Usage.NONE
        : new Usage(number(usage.inputTokenCount()), number(usage.outputTokenCount()));
  }

  private static long number(@Nullable Integer count) {
    return count == null ? 0 : count;
  }
}
