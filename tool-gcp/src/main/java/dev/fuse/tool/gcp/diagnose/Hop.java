package dev.fuse.tool.gcp.diagnose;

/**
 * One step from a pod to a resource.
 *
 * @param text what it is and what it showed
 * @param proof where that was read
 */
record Hop(State state, String text, String proof) {

  /** What is known of it. */
  enum State {
    OK("✓"),
    BROKEN("✗"),
    UNKNOWN("?");

    private final String mark;

    State(String mark) {
      this.mark = mark;
    }

    String mark() {
      return mark;
    }
  }

  static Hop ok(String text, String proof) {
    return new Hop(State.OK, text, proof);
  }

  static Hop broken(String text, String proof) {
    return new Hop(State.BROKEN, text, proof);
  }

  /** A hop that could not be looked at is never taken for right. */
  static Hop unknown(String text, String why) {
    return new Hop(State.UNKNOWN, text, "not checked: " + why);
  }

  String line() {
    return state.mark() + " " + text + (proof.isEmpty() ? "" : " [" + proof + "]");
  }
}
