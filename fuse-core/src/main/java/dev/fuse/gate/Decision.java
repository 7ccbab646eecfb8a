package dev.fuse.gate;

import dev.fuse.rule.Rule;
import java.util.List;
import java.util.Map;

/** What the gate decided about a call. */
public sealed interface Decision {

  /** The rule or answer behind it, for people. */
  String rule();

  /**
   * It may run.
   *
   * @param asked whether a person was asked and said yes
   */
  record Allowed(String rule, boolean asked) implements Decision {}

  /**
   * It may not.
   *
   * @param reason for the model: why, and what it can do
   * @param allow the rules that would let it through; empty where none can
   */
  record Refused(By by, String rule, String reason, List<Rule> allow) implements Decision {
    public Refused {
      allow = List.copyOf(allow);
    }
  }

  /** It never came to a ruling: the call itself is wrong. */
  record Unruled(String rule) implements Decision {}

  /** The person wants it with other arguments, prepared and ruled on again. */
  record Edited(String rule, Map<String, Object> arguments) implements Decision {}

  /** The person wants no more of this run. */
  record Stopped(String rule) implements Decision {}

  /** Who refused. */
  enum By {
    /** A rule of the person, a scenario or a plugin. */
    RULE,
    /** The person asked for a plan: nothing that changes anything runs. */
    PLAN,
    PERSON,
    /** It had to be asked about and nobody was there. */
    NOBODY
  }
}
