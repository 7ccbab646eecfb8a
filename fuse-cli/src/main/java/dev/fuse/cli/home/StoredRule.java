package dev.fuse.cli.home;

import dev.fuse.rule.Rule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A rule as the settings hold it: {@code RULE until 2026-12-31 because 'on call this week'}.
 *
 * @param until when it stops counting; empty where it does not
 * @param because why it exists; may be empty
 */
public record StoredRule(Rule rule, Optional<Instant> until, String because) {

  private static final Pattern FORM =
      Pattern.compile("(?s)(.*?)(?:\\s+until\\s+(\\S+))?(?:\\s+because\\s+'(.*)')?\\s*");

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException with a sentence if it is none
   */
  public static StoredRule parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return new StoredRule(Rule.parse(text), Optional.empty(), "");
    }
    var until = Optional.ofNullable(matcher.group(2)).map(StoredRule::moment);
    var because = Optional.ofNullable(matcher.group(3)).orElse("");
    return new StoredRule(Rule.parse(matcher.group(1).strip()), until, because);
  }

  /**
   * A date, whose whole day counts, or a moment.
   *
   * @throws IllegalArgumentException with a sentence if it is neither
   */
  public static Instant moment(String text) {
    try {
      return text.matches("\\d{4}-\\d{2}-\\d{2}")
          ? LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneId.systemDefault()).toInstant()
          : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a date such as 2026-12-31 or a time such as 2026-12-31T18:00:00Z",
          e);
    }
  }

  public boolean expired(Instant now) {
    return until.filter(end -> !now.isBefore(end)).isPresent();
  }

  /** As it is written. */
  public String text() {
    return rule.text()
        + until.map(end -> " until " + end).orElse("")
        + (because.isEmpty() ? "" : " because '" + because + "'");
  }
}
