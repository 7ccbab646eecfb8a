package dev.fuse.tool.kubernetes.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;

/** A list that is read page by page; the next page is asked for while the one before is read. */
record Pages(Cluster cluster, ItemReader reader, String path, String accept) {

  List<Json> all() {
    var all = new ArrayList<Json>();
    var next = Optional.of(cluster.open(path, accept));
    while (next.isPresent()) {
      next = read(next.get(), all);
    }
    return all;
  }

  private Optional<Incoming> read(Incoming page, List<Json> all) {
    var token = new AtomicReference<>("");
    var ahead = new AtomicReference<>(Optional.<Incoming>empty());
    try (page) {
      all.addAll(
          reader.read(
              page.body(),
              more -> {
                token.set(more);
                ahead.set(cluster.tryOpen(after(more), accept));
              }));
    } catch (JacksonIOException e) {
      ahead.get().ifPresent(Incoming::close);
      throw cluster.unreachable(e);
    } catch (JacksonException e) {
      ahead.get().ifPresent(Incoming::close);
      throw cluster.noJson();
    }
    return ahead
        .get()
        .or(
            () ->
                Optional.of(token.get())
                    .filter(more -> !more.isEmpty())
                    .map(more -> cluster.open(after(more), accept)));
  }

  private String after(String token) {
    return path + "&continue=" + Kind.encode(token);
  }
}
