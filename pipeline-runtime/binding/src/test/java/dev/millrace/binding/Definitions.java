package dev.millrace.binding;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.Definition;
import dev.millrace.contract.Derived;
import dev.millrace.contract.Entity;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.Feature;
import dev.millrace.contract.Precision;
import java.util.List;

/** Definitions for tests: slide 1m, horizon 24h, one entity keyed by {@code s}. */
final class Definitions {
  static final long SLIDE = 60_000;

  private Definitions() {}

  static Definition of(EventSchema schema, List<Derived> derived, Feature... features) {
    var entity = new Entity("card", List.of("s"), List.of(features), derived);
    return new Definition(
        SLIDE, schema, 3_600_000, 86_400_000, List.of(entity), Definition.NUMERICS_VERSION);
  }

  static Feature feature(String name, Aggregation aggregation, String value, String where) {
    return feature(name, aggregation, value, where, "");
  }

  static Feature feature(
      String name, Aggregation aggregation, String value, String where, String emptyAs) {
    return new Feature(
        name,
        aggregation,
        value,
        where,
        List.of("5m"),
        0,
        aggregation == Aggregation.QUANTILE ? "0.5" : "",
        Precision.HOPPED,
        emptyAs);
  }
}
