package dev.millrace.operator.plan;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Instants of an extract's schedule; a run's {@code asOf} is always one of them. Empty for a
 * schedule that names no day, such as the 30th of February.
 */
public final class Schedules {
  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private Schedules() {}

  /** The first scheduled instant after the given one. */
  public static Optional<Instant> next(ExtractPlan extract, Instant after) {
    return time(extract).nextExecution(at(extract, after)).map(ZonedDateTime::toInstant);
  }

  /** The last scheduled instant at or before the given one. */
  public static Optional<Instant> last(ExtractPlan extract, Instant before) {
    return time(extract)
        .lastExecution(at(extract, before.plusSeconds(1)))
        .map(ZonedDateTime::toInstant);
  }

  private static ExecutionTime time(ExtractPlan extract) {
    return ExecutionTime.forCron(PARSER.parse(extract.schedule()));
  }

  private static ZonedDateTime at(ExtractPlan extract, Instant instant) {
    return instant.atZone(ZoneId.of(extract.timeZone()));
  }
}
