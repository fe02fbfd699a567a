package dev.millrace.spark.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * The instant of a run as folders and files name it: {@code 2011-12-09T130000Z}, ISO 8601 with a
 * basic time, because a colon is not safe in every file system. Sorted names are sorted instants.
 */
public final class RunName {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private RunName() {}

  /**
   * Name of a run.
   *
   * @throws IllegalArgumentException if the instant has fractions of a second
   */
  public static String of(Instant asOf) {
    if (!asOf.equals(asOf.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException("asOf " + asOf + " is not a whole second");
    }
    return FORM.format(asOf);
  }

  /** The instant of a name. */
  public static Instant instant(String name) {
    return Instant.from(FORM.parse(name));
  }
}
