package dev.fuse.brief;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a prompt gives an order to be carried out rather than asks what is the case. */
public final class Order {

  private static final Set<String> VERBS =
      Set.of(
          ("abort add annotate apply cancel checkout cherry-pick clone commit cordon create delete"
                  + " drain edit extract fetch install kill label merge move patch pull push rebase"
                  + " remove rename replace rerun resize restart restore resume revert roll rollback"
                  + " rotate scale set squash start stash stop suspend switch tag taint trigger"
                  + " uncordon undo upgrade write")
              .split(" "));

  private static final Pattern DOUBT =
      Pattern.compile("\\b(why|what|which|wrong|cause|fails?|failed|broken|does ?n[o']?t)\\b|\\?");

  private Order() {}

  /** Whether this begins with what is to be done and asks for no cause. */
  public static boolean is(String prompt) {
    var start =
        prompt.strip().toLowerCase(Locale.ROOT).replaceFirst("^(please|now|then|and) +", "");
    var first = start.split("[^a-z-]", 2)[0];
    return VERBS.contains(first) && !DOUBT.matcher(start).find();
  }
}
