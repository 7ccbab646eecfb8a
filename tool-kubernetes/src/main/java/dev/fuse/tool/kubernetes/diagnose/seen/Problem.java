package dev.fuse.tool.kubernetes.diagnose.seen;

import dev.fuse.spi.Finding.Severity;
import dev.fuse.tool.kubernetes.api.Json;
import java.util.List;

/**
 * One thing that is wrong with one object.
 *
 * @param about the object: {@code Deployment shop/checkout}
 * @param next what to do; empty where that is said by what is behind it
 * @param behind objects whose own problem, if they have one, is the cause of this one
 */
public record Problem(
    Severity severity, String about, String seen, String cause, String next, List<String> behind) {

  public Problem {
    behind = List.copyOf(behind);
  }

  public static Problem error(Json object, String seen, String cause, String next) {
    return new Problem(Severity.ERROR, object.ref(), seen, cause, next, List.of());
  }

  public static Problem warning(Json object, String seen, String cause, String next) {
    return new Problem(Severity.WARNING, object.ref(), seen, cause, next, List.of());
  }

  public static Problem info(Json object, String seen) {
    return new Problem(Severity.INFO, object.ref(), seen, "", "", List.of());
  }

  /** The same, as a consequence of what is wrong with those objects, if something is. */
  public Problem behind(List<String> objects) {
    return new Problem(severity, about, seen, cause, next, objects);
  }

  /** Whether it is told only as a consequence: by itself it gives no cause and no next step. */
  boolean symptom() {
    return cause.isEmpty() && next.isEmpty();
  }
}
