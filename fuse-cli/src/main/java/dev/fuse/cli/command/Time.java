package dev.fuse.cli.command;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Moments as lists show them, in the person's time zone. */
final class Time {

  private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private Time() {}

  static String of(Instant instant) {
    return FORM.withZone(ZoneId.systemDefault()).format(instant);
  }
}
