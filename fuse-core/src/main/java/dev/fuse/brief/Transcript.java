package dev.fuse.brief;

import java.util.ArrayList;
import java.util.List;

/** What has been said so far; adding to it gives another one. */
public record Transcript(List<Message> messages) {

  public Transcript {
    messages = List.copyOf(messages);
  }

  public static Transcript empty() {
    return new Transcript(List.of());
  }

  public Transcript with(Message message) {
    return with(List.of(message));
  }

  public Transcript with(List<? extends Message> more) {
    var all = new ArrayList<>(messages);
    all.addAll(more);
    return new Transcript(all);
  }
}
