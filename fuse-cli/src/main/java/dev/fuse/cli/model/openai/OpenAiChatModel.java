package dev.fuse.cli.model.openai;

import dev.fuse.brief.ChatModel;
import dev.fuse.cli.net.Connection;
import dev.fuse.run.Cancellation;
import dev.langchain4j.model.openai.OpenAiTokenCountEstimator;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A model behind OpenAI's chat completions, at OpenAI or at any server that speaks them. */
public final class OpenAiChatModel implements ChatModel {

  /** Longer waits are the person's to decide on. */
  private static final long LONGEST_WAIT_MILLIS = 60_000;

  private static final long FIRST_WAIT_MILLIS = 500;
  private static final long LONGEST_BACKOFF_MILLIS = 8_000;

  /** Windows by the beginning of a name, from the service's model pages; the longest fit counts. */
  private static final Map<String, Integer> WINDOWS =
      Map.of(
          "gpt-4o", 128_000,
          "gpt-4.1", 1_047_576,
          "gpt-4-turbo", 128_000,
          "gpt-5", 400_000,
          "o1", 200_000,
          "o3", 200_000,
          "o4", 200_000);

  private static final int UNKNOWN_WINDOW = 128_000;

  private final ModelSettings settings;
  private final Supplier<HttpClient> http;
  private final Key key;
  private final CompletableFuture<OpenAiTokenCountEstimator> counter = new CompletableFuture<>();

  /**
   * A model.
   *
   * @param http see {@link Connection#warm}
   */
  public OpenAiChatModel(ModelSettings settings, Supplier<HttpClient> http) {
    this.settings = settings;
    this.http = http;
    this.key = new Key(settings.key(), settings.keyOrigin());
  }

  /** A connection to the service, made and rehearsed on another thread. */
  public static Connection connect(String baseUrl, Map<String, String> environment) {
    return Connection.warm(baseUrl, environment, () -> Rehearsal.run(baseUrl));
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public int window() {
    return settings.window().orElseGet(() -> window(settings.name()));
  }

  @Override
  public int count(String text) {
    if (!counter.isDone()) {
      counter.complete(new OpenAiTokenCountEstimator("gpt-4o"));
    }
    return counter.join().estimateTokenCountInText(text);
  }

  @Override
  public Reply reply(Request request, Listener listener, Cancellation cancellation) {
    var chat = Requests.of(request);
    boolean renewed = false;
    for (int trial = 1; ; trial++) {
      var wire = new Wire(http, key);
      var end = new Attempt(settings, wire, listener, cancellation).run(chat);
      if (!(end.reply() instanceof Broken broken) || cancellation.cancelled()) {
        return end.reply();
      }
      if (broken.kind() == Kind.CREDENTIALS && wire.refused() && !renewed && key.renewed()) {
        renewed = true;
        continue;
      }
      var again = end.retryAfterMillis();
      long wait = again.orElse(0) >= 0 ? again.orElse(0) : backoff(trial);
      if (again.isEmpty() || trial >= settings.tries() || wait > LONGEST_WAIT_MILLIS) {
        return trial == 1 ? broken : after(trial, broken);
      }
      listener.retrying(broken.problem(), wait);
      if (!waited(wait, cancellation)) {
        return new Broken(Kind.CANCELLED, "interrupted", "", "");
      }
    }
  }

  private static Broken after(int tries, Broken broken) {
    return new Broken(
        broken.kind(), broken.problem() + ", " + tries + " times", broken.hint(), broken.partial());
  }

  static int window(String name) {
    return WINDOWS.entrySet().stream()
        .filter(entry -> name.startsWith(entry.getKey()))
        .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
        .map(Map.Entry::getValue)
        .orElse(UNKNOWN_WINDOW);
  }

  private static long backoff(int trial) {
    long base = Math.min(FIRST_WAIT_MILLIS << (trial - 1), LONGEST_BACKOFF_MILLIS);
    return base * ThreadLocalRandom.current().nextLong(80, 121) / 100;
  }

  /** Whether the time passed without a cancellation. */
  private static boolean waited(long millis, Cancellation cancellation) {
    var stop = new CompletableFuture<Void>();
    var forget = cancellation.onCancel(() -> stop.complete(null));
    try {
      stop.get(millis, TimeUnit.MILLISECONDS);
      return false;
    } catch (TimeoutException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a wait cannot fail", e);
    } finally {
      forget.run();
    }
  }
}
