package dev.millrace.operator.plan.spec;

import static dev.millrace.operator.plan.spec.Defaults.list;
import static dev.millrace.operator.plan.spec.Defaults.or;

import java.util.List;

/** One entity of a FeaturePipeline. */
public record EntitySpec(
    String name, List<String> keys, List<FeatureSpec> features, List<DerivedSpec> derived) {
  public EntitySpec {
    keys = list(keys);
    features = list(features);
    derived = list(derived);
  }

  /** One feature; texts that users may leave out are empty, except where null matters. */
  public record FeatureSpec(
      String name,
      String description,
      String aggregation,
      String value,
      String where,
      List<String> windows,
      String offset,
      String quantile,
      String precision,
      String emptyAs) {
    public FeatureSpec {
      description = or(description, "");
      value = or(value, "");
      where = or(where, "");
      windows = list(windows);
      quantile = or(quantile, "");
      emptyAs = or(emptyAs, "");
    }
  }

  /** One derived column. */
  public record DerivedSpec(String name, String description, String expression) {}
}
