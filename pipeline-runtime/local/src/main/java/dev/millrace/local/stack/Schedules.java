package dev.millrace.local.stack;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.millrace.local.LocalFailure;
import dev.millrace.operator.plan.ExtractPlan;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Instants of an extract's schedule; a run's {@code asOf} is always one of them. */
public final class Schedules {
  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private Schedules() {}

  /** The first scheduled instant after the given one. */
  public static Instant next(ExtractPlan extract, Instant after) {
    return time(extract)
        .nextExecution(at(extract, after))
        .orElseThrow(() -> new LocalFailure("the schedule " + extract.schedule() + " never runs"))
        .toInstant();
  }

  /** The last scheduled instant at or before the given one. */
  public static Instant last(ExtractPlan extract, Instant before) {
    return time(extract)
        .lastExecution(at(extract, before.plusSeconds(1)))
        .orElseThrow(() -> new LocalFailure("the schedule " + extract.schedule() + " never ran"))
        .toInstant();
  }

  private static ExecutionTime time(ExtractPlan extract) {
    return ExecutionTime.forCron(PARSER.parse(extract.schedule()));
  }

  private static ZonedDateTime at(ExtractPlan extract, Instant instant) {
    return instant.atZone(ZoneId.of(extract.timeZone()));
  }
}
