package dev.fuse.cli.invocation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Standard input that is no terminal, read on a thread of its own: an inherited pipe that nobody
 * writes to and nobody closes must not hang a prompt.
 */
public final class StandardInput {

  /** More than any model reads; the rest of a larger text is left out. */
  private static final int MOST_BYTES = 16 << 20;

  /** How long the first byte may take. */
  private static final long FIRST_BYTE_MILLIS = 1_500;

  private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
  private final CompletableFuture<String> text = new CompletableFuture<>();

  /** Begins to read. */
  public StandardInput(InputStream in) {
    Thread.ofPlatform().daemon().name("fuse-stdin").start(() -> read(in));
  }

  /** The whole text, however long it takes. */
  public String whole() {
    return text.join();
  }

  /** The whole text, or nothing where not even its first byte came in time. */
  public Optional<String> find() {
    boolean there = begun.completeOnTimeout(false, FIRST_BYTE_MILLIS, TimeUnit.MILLISECONDS).join();
    return there ? Optional.of(text.join()).filter(read -> !read.isBlank()) : Optional.empty();
  }

  /** Whether nothing came although it is still open. */
  public boolean silent() {
    return !text.isDone();
  }

  private void read(InputStream in) {
    try {
      var first = in.readNBytes(1);
      begun.complete(true);
      var rest = in.readNBytes(MOST_BYTES);
      var all = new byte[first.length + rest.length];
      System.arraycopy(first, 0, all, 0, first.length);
      System.arraycopy(rest, 0, all, first.length, rest.length);
      text.complete(new String(all, StandardCharsets.UTF_8));
    } catch (IOException e) {
      begun.complete(true);
      text.complete("");
    }
  }
}
