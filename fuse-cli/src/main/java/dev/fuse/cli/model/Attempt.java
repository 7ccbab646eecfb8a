package dev.fuse.cli.model;

import dev.fuse.agent.Cancellation;
import dev.fuse.agent.ChatModel.Broken;
import dev.fuse.agent.ChatModel.Kind;
import dev.fuse.agent.ChatModel.Listener;
import dev.fuse.agent.ChatModel.Reply;
import dev.fuse.agent.ChatModel.Said;
import dev.fuse.agent.ChatModel.Usage;
import dev.fuse.agent.ToolRequest;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** One sending of a request, from its first byte to its end, whoever ends it. */
final class Attempt implements StreamingChatResponseHandler {

  /** How often it is looked whether bytes still come. */
  private static final long LOOK_MILLIS = 250;

  private final ModelSettings settings;
  private final Listener listener;
  private final Wire wire;
  private final StringBuilder text = new StringBuilder();
  private final CompletableFuture<Reply> reply = new CompletableFuture<>();
  private volatile OptionalLong again = OptionalLong.empty();

  Attempt(ModelSettings settings, Supplier<HttpClient> http, Listener listener) {
    this.settings = settings;
    this.listener = listener;
    this.wire = new Wire(http);
  }

  Reply run(ChatRequest request, Cancellation cancellation) {
    var forget =
        cancellation.onCancel(() -> end(new Broken(Kind.CANCELLED, "interrupted", "", shown())));
    try {
      model().chat(request, this);
      return await();
    } catch (RuntimeException e) {
      onError(e);
      return reply.join();
    } finally {
      forget.run();
      wire.close();
    }
  }

  /**
   * Whether sending it again may help, and after how many milliseconds; negative where the service
   * does not say. Empty once text was shown.
   */
  OptionalLong retryAfterMillis() {
    return text.isEmpty() ? again : OptionalLong.empty();
  }

  @Override
  public void onPartialResponse(String delta) {
    synchronized (text) {
      if (reply.isDone() || delta.isEmpty()) {
        return;
      }
      text.append(delta);
    }
    listener.text(delta);
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    var reason = response.finishReason();
    if (reason == null) {
      end(
          new Broken(
              Kind.CUT,
              wire.problem().orElse("the model's answer ended before it was whole"),
              "ask again; if it happens again, the service or a proxy before it cuts streams",
              shown()));
      return;
    }
    var said = response.aiMessage();
    var whole = said.text() == null ? "" : said.text();
    var requests = new ArrayList<ToolRequest>();
    for (var call : said.toolExecutionRequests()) {
      requests.add(Requests.of(call, requests.size()));
    }
    if (reason == FinishReason.CONTENT_FILTER && whole.isEmpty()) {
      end(
          new Broken(
              Kind.REFUSED,
              "the service's content filter stopped the answer",
              "ask in other words",
              ""));
      return;
    }
    end(
        new Said(
            whole,
            List.copyOf(requests),
            usage(response.tokenUsage()),
            reason == FinishReason.LENGTH));
  }

  @Override
  public void onError(Throwable error) {
    var failure = Failure.of(error, settings, wire, shown());
    again = failure.retryAfterMillis();
    end(failure.broken());
  }

  private OpenAiStreamingChatModel model() {
    var builder =
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(wire.builder())
            .baseUrl(settings.baseUrl())
            .modelName(settings.name())
            .apiKey(settings.key().get());
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

  private Reply await() {
    while (true) {
      try {
        return reply.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (wire.silentFor().compareTo(settings.idle()) > 0) {
          again = wire.begun() ? OptionalLong.empty() : OptionalLong.of(-1);
          end(
              new Broken(
                  wire.begun() ? Kind.CUT : Kind.UNAVAILABLE,
                  "the model sent nothing for " + settings.idle().toSeconds() + " s",
                  "try again, or raise model.idle-timeout",
                  shown()));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        end(new Broken(Kind.CANCELLED, "interrupted", "", shown()));
      } catch (ExecutionException e) {
        throw new IllegalStateException("a reply cannot fail", e);
      }
    }
  }

  private void end(Reply ended) {
    reply.complete(ended);
  }

  private String shown() {
    synchronized (text) {
      return text.toString();
    }
  }

  private static Usage usage(TokenUsage usage) {
    return usage == null
        ? Usage.NONE
        : new Usage(number(usage.inputTokenCount()), number(usage.outputTokenCount()));
  }

  private static long number(Integer count) {
    return count == null ? 0 : count;
  }
}
