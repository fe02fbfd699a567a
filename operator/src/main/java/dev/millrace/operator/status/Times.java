package dev.millrace.operator.status;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** Times of a status: UTC, whole seconds. */
final class Times {
  private Times() {}

  static ZonedDateTime of(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).atZone(ZoneOffset.UTC);
  }

  static ZonedDateTime ofMillis(long millis) {
    return of(Instant.ofEpochMilli(millis));
  }

  static Instant instant(ZonedDateTime time) {
    return time.toInstant();
  }
}
