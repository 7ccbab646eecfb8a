package dev.fuse.testkit;

import java.util.ArrayList;
import java.util.List;

/** A script while it is played: which rules and replies have been used. */
final class Play {

  private final Script script;
  private final List<Reply> replies;
  private final int[] used;
  private int next;

  Play(Script script) {
    this.script = script;
    this.replies = new ArrayList<>(script.replies());
    this.used = new int[script.rules().size()];
  }

  synchronized void add(Reply reply) {
    replies.add(reply);
  }

  synchronized Reply next(Asked asked) {
    for (int i = 0; i < used.length; i++) {
      var rule = script.rules().get(i);
      var groups = Script.fits(rule.when(), asked);
      if (groups.isPresent() && used[i] < rule.times()) {
        int at = Math.min(used[i]++, rule.replies().size() - 1);
        return Script.filled(rule.replies().get(at), asked, groups.get());
      }
    }
    var reply = next < replies.size() ? replies.get(next++) : script.fallback();
    return Script.filled(reply, asked, List.of());
  }
}
