package dev.millrace.operator.plan;

import static dev.millrace.contract.Violation.quote;

import dev.millrace.operator.plan.spec.PipelineSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;

/** The job's settings and the freshness target: reliability.md §6, rows 72–75. */
final class StreamRules {
  private static final BigDecimal LEAST_MEMORY = Quantity.getAmountInBytes(new Quantity("1Gi"));

  private final PipelineSpec spec;
  private final Violations violations;

  StreamRules(PipelineSpec spec, Violations violations) {
    this.spec = spec;
    this.violations = violations;
  }

  void check() {
    parallelism();
    memory("spec.stream.jobManager.memory", spec.stream().jobManager().memory());
    memory("spec.stream.taskManager.memory", spec.stream().taskManager().memory());
    checkpoints();
    freshness();
  }

  private void parallelism() {
    int parallelism = spec.stream().parallelism();
    int partitions = spec.source().topic().partitions();
    if (spec.source().topic().managed() && parallelism > partitions) {
      violations.notice(
          "spec.stream.parallelism",
          parallelism
              + " is larger than partitions "
              + partitions
              + ", the source cannot use more than these; lower it");
    }
  }

  private void memory(String path, String memory) {
    if (Quantity.getAmountInBytes(new Quantity(memory)).compareTo(LEAST_MEMORY) < 0) {
      violations.invalid(
          path, "must be at least 1Gi, got " + quote(memory) + "; Flink does not start below it");
    }
  }

  private void checkpoints() {
    Span interval = Span.of(spec.stream().checkpointInterval());
    if (interval.millis() > Span.of("10m").millis()) {
      violations.invalid(
          "spec.stream.checkpointInterval",
          "must be between 1s and 10m, got " + quote(interval.text()) + "; use for example 1m");
    }
  }

  private void freshness() {
    Span slide = Span.of(spec.slide());
    Span outOfOrder = Span.of(spec.source().watermark().maxOutOfOrderness());
    Span target = Span.of(spec.freshness().target());
    long least = slide.millis() + outOfOrder.millis();
    if (target.millis() < least) {
      violations.invalid(
          "spec.freshness.target",
          "must be at least "
              + Span.ofMillis(least)
              + " = slide "
              + slide
              + " + maxOutOfOrderness "
              + outOfOrder
              + ", got "
              + quote(target.text())
              + "; raise it");
    }
  }
}
