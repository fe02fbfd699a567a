package dev.millrace.flink.entity;

import dev.millrace.binding.EntityProgram;
import dev.millrace.contract.Entity;
import org.apache.flink.metrics.MetricGroup;

/** What an entity's operator shows beside its accounting. */
final class EntityMetrics {
  private EntityMetrics() {}

  static void register(
      MetricGroup metrics,
      Entity entity,
      EntityProgram program,
      KeyStates states,
      TimingWheel wheel,
      Forwarding forwarding) {
    metrics.gauge("keysScheduled", wheel::size);
    metrics.gauge("cacheBytes", states::bytes);
    entity.features().forEach(feature -> errors(metrics, program, feature.name()));
    entity.derived().forEach(derived -> errors(metrics, program, derived.name()));
    forwarding.missingKeys((name, count) -> metrics.gauge("missingKeys." + name, count::get));
  }

  private static void errors(MetricGroup metrics, EntityProgram program, String name) {
    metrics.gauge("expressionErrors." + name, () -> program.expressionErrors(name));
  }
}
