package dev.fuse.plugin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What an open plugin holds, closed in reverse order, at most two seconds each. */
public final class Owned {

  private final Deque<AutoCloseable> resources = new ArrayDeque<>();

  Owned() {}

  /** Has this closed with the plugin: what {@code PluginContext.own} does. */
  public synchronized <T extends AutoCloseable> T own(T resource) {
    resources.push(resource);
    return resource;
  }

  synchronized void close() {
    while (!resources.isEmpty()) {
      var resource = resources.pop();
      var closing =
          new FutureTask<>(
              () -> {
                resource.close();
                return true;
              });
      Thread.ofPlatform().daemon().start(closing);
      try {
        closing.get(2, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException leaving) {
        closing.cancel(true);
      } catch (InterruptedException hurry) {
        closing.cancel(true);
        Thread.currentThread().interrupt();
      }
    }
  }
}
