package dev.fuse.tool.github.api;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How many requests GitHub still allows this token. */
public final class Rate {

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

  private long limit;
  private long remaining;
  private long reset;

  synchronized void seen(HttpHeaders headers) {
    headers.firstValueAsLong("X-RateLimit-Limit").ifPresent(it -> limit = it);
    headers.firstValueAsLong("X-RateLimit-Remaining").ifPresent(it -> remaining = it);
    headers.firstValueAsLong("X-RateLimit-Reset").ifPresent(it -> reset = it);
  }

  /** How long to wait before the request is tried again; empty where that is too long. */
  Optional<Duration> wait(Answer answer) {
    return until(answer).filter(it -> it.compareTo(PATIENCE) <= 0).map(it -> it.plusMillis(200));
  }

  /** When a limit that refused an answer ends; by GitHub's clock, not by ours. */
  static Optional<Duration> until(Answer answer) {
    if (answer.status() != 403 && answer.status() != 429) {
      return Optional.empty();
    }
    var after = answer.headers().firstValueAsLong("Retry-After");
    if (after.isPresent()) {
      return Optional.of(Duration.ofSeconds(Math.max(0, after.getAsLong())));
    }
    if (answer.header("X-RateLimit-Remaining").equals("0")) {
      long reset = answer.headers().firstValueAsLong("X-RateLimit-Reset").orElse(0);
      return Optional.of(
          Duration.ofSeconds(Math.max(0, reset - Answers.now(answer).getEpochSecond())));
    }
    return answer.node().text("message").contains("secondary rate limit")
        ? Optional.of(Duration.ofMinutes(1))
        : Optional.empty();
  }

  /** In a few words, where little is left. */
  public synchronized Optional<String> scarce() {
    if (limit == 0 || remaining * 10 > limit) {
      return Optional.empty();
    }
    return Optional.of("%d of %d requests left until %s".formatted(remaining, limit, clock(reset)));
  }

  static String clock(long seconds) {
    return TIME.withZone(ZoneId.systemDefault()).format(Instant.ofEpochSecond(seconds));
  }
}
