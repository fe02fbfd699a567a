package dev.millrace.operator.plan;

import static dev.millrace.contract.Violation.quote;

import dev.millrace.contract.DurationText;
import dev.millrace.operator.plan.spec.LabelWindowSpec;
import dev.millrace.operator.plan.spec.LabelWindowSpec.ExtractSpec;
import dev.millrace.operator.plan.spec.ProcessSpec;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;

/** Schedule, history and the gate's override: reliability.md §6, rows 118–125. */
final class ExtractRules {
  private static final String PATH = "spec.extract";
  private static final long DEFAULT_DELAY_BEYOND_ORDER = 5_000;

  private final LabelWindowSpec spec;
  private final ExtractSpec extract;
  private final Instant now;
  private final Violations violations;

  ExtractRules(LabelWindowSpec spec, Instant now, Violations violations) {
    this.spec = spec;
    this.extract = spec.extract();
    this.now = now;
    this.violations = violations;
  }

  /** Rules that need no pipeline. */
  void check() {
    Cron.mistake(extract.schedule())
        .ifPresent(text -> violations.invalid(PATH + ".schedule", text));
    if (!ZoneId.getAvailableZoneIds().contains(extract.timeZone())) {
      violations.invalid(
          PATH + ".timeZone",
          quote(extract.timeZone()) + " is not a known time zone; use for example Europe/Berlin");
    }
    if (extract.history().from() != null && from().isAfter(now)) {
      violations.invalid(
          PATH + ".history.from",
          quote(extract.history().from()) + " is in the future; use a past date");
    }
    override();
  }

  private void override() {
    var override = spec.quality().override();
    if (override != null && !Instant.parse(normal(override.until())).isAfter(now)) {
      violations.notice(
          "spec.quality.override.until",
          normal(override.until())
              + " has passed, the override counts for nothing; remove it or set a later time");
    }
  }

  /** The instant as UTC text, whatever offset it was written with. */
  static String normal(String dateTime) {
    return java.time.OffsetDateTime.parse(dateTime).toInstant().toString();
  }

  /** Rules that compare with the pipelines that are read. */
  void compare(PipelinePlan anchor, Collection<PipelinePlan> pipelines) {
    for (PipelinePlan pipeline : pipelines) {
      long order = pipeline.definition().schema().maxOutOfOrdernessMillis();
      if (servingDelayMillis(anchor) < order) {
        violations.notice(
            PATH + ".servingDelay",
            DurationText.text(servingDelayMillis(anchor))
                + " is shorter than maxOutOfOrderness "
                + DurationText.text(order)
                + " of "
                + pipeline.name()
                + ", training would be fresher than serving; set at least "
                + DurationText.text(order));
      }
    }
    if (extract.history().from() != null
        && from().isBefore(now.minusMillis(anchor.offlineRetentionMillis()))) {
      violations.notice(
          PATH + ".history.from",
          "events reach back "
              + DurationText.text(anchor.offlineRetentionMillis())
              + " only, older rows lack history; move it or raise offline.retention");
    }
  }

  ExtractPlan plan(PipelinePlan anchor) {
    ProcessSpec driver = extract.spark().driver();
    ProcessSpec executor = extract.spark().executor();
    return new ExtractPlan(
        extract.schedule(),
        extract.timeZone(),
        servingDelayMillis(anchor),
        extract.history().from() == null ? Long.MIN_VALUE : from().toEpochMilli(),
        DurationText.millis(extract.timeout()),
        new ProcessPlan(driver.cpu(), driver.memory()),
        extract.spark().executors(),
        new ProcessPlan(executor.cpu(), executor.memory()));
  }

  private long servingDelayMillis(PipelinePlan anchor) {
    return extract.servingDelay() == null
        ? anchor.definition().schema().maxOutOfOrdernessMillis() + DEFAULT_DELAY_BEYOND_ORDER
        : DurationText.millis(extract.servingDelay());
  }

  private Instant from() {
    return LocalDate.parse(extract.history().from()).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
