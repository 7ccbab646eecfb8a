package dev.fuse.run;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Ends what is under way; anybody may ask for it, from any thread, more than once. */
public final class Cancellation {

  private final Set<Runnable> actions = new LinkedHashSet<>();
  private boolean cancelled;

  /** A cancellation that also happens when the wider one does. */
  public static Cancellation within(Cancellation wider) {
    var narrower = new Cancellation();
    wider.onCancel(narrower::cancel);
    return narrower;
  }

  public void cancel() {
    List<Runnable> pending;
    synchronized (actions) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      pending = List.copyOf(actions);
      actions.clear();
    }
    pending.forEach(Runnable::run);
  }

  public boolean cancelled() {
    synchronized (actions) {
      return cancelled;
    }
  }

  /**
   * Runs this when it is cancelled, at once if it already is.
   *
   * @return takes the wish back
   */
  public Runnable onCancel(Runnable action) {
    synchronized (actions) {
      if (!cancelled) {
        actions.add(action);
        return () -> forget(action);
      }
    }
    action.run();
    return () -> {};
  }

  private void forget(Runnable action) {
    synchronized (actions) {
      actions.remove(action);
    }
  }
}
