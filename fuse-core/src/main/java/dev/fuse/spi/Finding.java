package dev.fuse.spi;

import java.util.List;

/**
 * One thing that a diagnoser noticed.
 *
 * @param subject what it is about, such as {@code Deployment shop/checkout}
 * @param seen the fact and the comparison that proves it, quoted
 * @param cause the likely cause; empty where the fact is the cause
 * @param next the next step; empty where there is none
 * @param notChecked what could not be looked at, and why
 */
public record Finding(
    Severity severity,
    String subject,
    String seen,
    String cause,
    String next,
    List<String> notChecked) {

  public Finding {
    notChecked = List.copyOf(notChecked);
  }

  /** How bad it is. */
  public enum Severity {
    ERROR,
    WARNING,
    /** Worth knowing, and never a fault. */
    INFO
  }

  public static Finding error(String subject, String seen, String cause, String next) {
    return new Finding(Severity.ERROR, subject, seen, cause, next, List.of());
  }

  public static Finding warning(String subject, String seen, String cause, String next) {
    return new Finding(Severity.WARNING, subject, seen, cause, next, List.of());
  }

  public static Finding info(String subject, String seen) {
    return new Finding(Severity.INFO, subject, seen, "", "", List.of());
  }

  /** The same finding, with what could not be looked at. */
  public Finding notChecked(String... what) {
    return new Finding(severity, subject, seen, cause, next, List.of(what));
  }
}
