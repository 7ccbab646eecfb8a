package dev.fuse.tool.kubernetes;

import dev.fuse.spi.Finding;
import dev.fuse.spi.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** One thing that is wrong, and what follows from it; becomes one finding. */
final class Fault {

  private static final int MOST_CONSEQUENCES = 6;

  private final Severity severity;
  private final String subject;
  private final String seen;
  private final String cause;
  private final String next;
  private final List<String> hence = new ArrayList<>();

  Fault(Severity severity, String subject, String seen, String cause, String next) {
    this.severity = severity;
    this.subject = subject;
    this.seen = seen;
    this.cause = cause;
    this.next = next;
  }

  static Fault error(String subject, String seen, String cause, String next) {
    return new Fault(Severity.ERROR, subject, seen, cause, next);
  }

  static Fault warning(String subject, String seen, String cause, String next) {
    return new Fault(Severity.WARNING, subject, seen, cause, next);
  }

  String subject() {
    return subject;
  }

  Severity severity() {
    return severity;
  }

  /** Adds what follows from it. */
  void hence(String consequence) {
    if (!hence.contains(consequence)) {
      hence.add(consequence);
    }
  }

  /** Whether it is about that name. */
  boolean concerns(String name) {
    return subject.endsWith("/" + name)
        || subject.endsWith(" " + name)
        || (subject + seen + cause + String.join(" ", hence))
            .matches(
                "(?s).*(^|[^a-z0-9-])" + java.util.regex.Pattern.quote(name) + "($|[^a-z0-9-]).*");
  }

  Finding finding() {
    var shown = hence.subList(0, Math.min(MOST_CONSEQUENCES, hence.size()));
    var more = hence.size() > shown.size() ? " and " + (hence.size() - shown.size()) + " more" : "";
    var all = hence.isEmpty() ? seen : seen + ". Hence: " + String.join("; ", shown) + more;
    return new Finding(severity, subject, all, cause, next, List.of());
  }
}
