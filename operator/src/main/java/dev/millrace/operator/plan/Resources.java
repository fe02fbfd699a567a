package dev.millrace.operator.plan;

import dev.millrace.contract.Violation;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.LabelWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * What a set of YAML documents holds.
 *
 * @param pipelines FeaturePipelines that have the right shape
 * @param labelWindows LabelWindows that have the right shape
 * @param refusals documents that have not
 */
public record Resources(
    List<FeaturePipeline> pipelines, List<LabelWindow> labelWindows, List<Refusal> refusals) {
  public Resources {
    pipelines = List.copyOf(pipelines);
    labelWindows = List.copyOf(labelWindows);
    refusals = List.copyOf(refusals);
  }

  /**
   * A document that an API server would not take.
   *
   * @param document file, and kind and name as far as they are known
   * @param violations everything that is wrong with it
   */
  public record Refusal(String document, List<Violation> violations) {
    public Refusal {
      violations = List.copyOf(violations);
    }
  }

  /** Both together. */
  public Resources and(Resources other) {
    return new Resources(
        joined(pipelines, other.pipelines),
        joined(labelWindows, other.labelWindows),
        joined(refusals, other.refusals));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
