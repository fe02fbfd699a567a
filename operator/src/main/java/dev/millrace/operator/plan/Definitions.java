package dev.millrace.operator.plan;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.Definition;
import dev.millrace.contract.Derived;
import dev.millrace.contract.DurationText;
import dev.millrace.contract.Entity;
import dev.millrace.contract.Feature;
import dev.millrace.contract.Precision;
import dev.millrace.operator.plan.spec.EntitySpec;
import dev.millrace.operator.plan.spec.EntitySpec.FeatureSpec;
import dev.millrace.operator.plan.spec.PipelineSpec;

/** Builds the contract's definition of a spec without violations. */
final class Definitions {
  private Definitions() {}

  static Definition of(PipelineSpec spec) {
    return new Definition(
        DurationText.millis(spec.slide()),
        SourceSchemas.schema(spec.source()),
        DurationText.millis(spec.source().allowedLateness()),
        DurationText.millis(spec.source().deduplication().horizon()),
        spec.entities().stream().map(Definitions::entity).toList(),
        Definition.NUMERICS_VERSION);
  }

  private static Entity entity(EntitySpec entity) {
    return new Entity(
        entity.name(),
        entity.keys(),
        entity.features().stream().map(Definitions::feature).toList(),
        entity.derived().stream()
            .map(derived -> new Derived(derived.name(), derived.expression()))
            .toList());
  }

  private static Feature feature(FeatureSpec feature) {
    return new Feature(
        feature.name(),
        EnumText.of(Aggregation.values(), Aggregation::text, feature.aggregation()),
        feature.value(),
        feature.where(),
        feature.windows(),
        DurationText.millis(feature.offset()),
        feature.quantile(),
        EnumText.of(Precision.values(), Precision::text, feature.precision()),
        feature.emptyAs());
  }
}
