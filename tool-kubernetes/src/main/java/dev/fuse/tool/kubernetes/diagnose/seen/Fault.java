package dev.fuse.tool.kubernetes.diagnose.seen;

import dev.fuse.spi.Finding;
import dev.fuse.spi.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** One thing that is wrong, and what follows from it; becomes one finding. */
public final class Fault {

  private static final int MOST_CONSEQUENCES = 6;

  private final Severity severity;
  private final String subject;
  private final String seen;
  private final String cause;
  private final String next;
  private final List<String> hence = new ArrayList<>();
  private int pods;

  public Fault(Severity severity, String subject, String seen, String cause, String next) {
    this.severity = severity;
    this.subject = subject;
    this.seen = seen;
    this.cause = cause;
    this.next = next;
  }

  public static Fault error(String subject, String seen, String cause, String next) {
    return new Fault(Severity.ERROR, subject, seen, cause, next);
  }

  public static Fault warning(String subject, String seen, String cause, String next) {
    return new Fault(Severity.WARNING, subject, seen, cause, next);
  }

  /** What is worth knowing and no fault. */
  public static Fault info(String subject, String seen) {
    return new Fault(Severity.INFO, subject, seen, "", "");
  }

  /** The same, with how many pods it is about. */
  public Fault pods(int count) {
    pods = count;
    return this;
  }

  public int pods() {
    return pods;
  }

  public String subject() {
    return subject;
  }

  String name() {
    return subject.replaceFirst(".*[/ ]", "");
  }

  /** The same for faults that differ only in whose they are and in numbers. */
  String likeness() {
    return severity
        + subject.replaceFirst(" .*", "")
        + (cause + next).replace(name(), "@").replaceAll("\\d+", "#");
  }

  public Severity severity() {
    return severity;
  }

  /** Adds what follows from it. */
  public void hence(String consequence) {
    if (!hence.contains(consequence)) {
      hence.add(consequence);
    }
  }

  /** Whether it is about that name. */
  public boolean concerns(String name) {
    return subject.endsWith("/" + name)
        || subject.endsWith(" " + name)
        || mentions(subject, name)
        || mentions(seen, name)
        || mentions(cause, name)
        || hence.stream().anyMatch(one -> mentions(one, name));
  }

  private static boolean mentions(String text, String name) {
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      if (edge(text, at - 1) && edge(text, at + name.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean edge(String text, int at) {
    return at < 0
        || at >= text.length()
        || "abcdefghijklmnopqrstuvwxyz0123456789-".indexOf(text.charAt(at)) < 0;
  }

  public Finding finding() {
    var shown = hence.subList(0, Math.min(MOST_CONSEQUENCES, hence.size()));
    var more = hence.size() > shown.size() ? " and " + (hence.size() - shown.size()) + " more" : "";
    var all = hence.isEmpty() ? seen : seen + ". Hence: " + String.join("; ", shown) + more;
    return new Finding(severity, subject, all, cause, next, List.of());
  }
}
