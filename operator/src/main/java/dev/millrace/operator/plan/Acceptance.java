package dev.millrace.operator.plan;

import dev.millrace.contract.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/**
 * What a stored status says about a spec whose acceptance was written down in a ConfigMap that is
 * gone or damaged.
 *
 * @param proven whether the spec as it is now was accepted and carried out
 * @param forgotten whether it was said before that this cannot be known
 */
record Acceptance(boolean proven, boolean forgotten) {
  /**
   * Reads a status.
   *
   * @param observedGeneration null before the first look
   * @param conditions null for none
   */
  static Acceptance of(HasMetadata resource, Long observedGeneration, List<Condition> conditions) {
    Long generation = resource.getMetadata().getGeneration();
    List<Condition> all = conditions == null ? List.of() : conditions;
    boolean forgotten =
        all.stream().anyMatch(each -> Reason.ROLLOUT_FORGOTTEN.text().equals(each.getReason()));
    // A generation is observed once all its children were applied, or once it was refused.
    boolean proven =
        !forgotten
            && generation != null
            && generation.equals(observedGeneration)
            && isTrue(all, "SpecValid", generation)
            && isTrue(all, "ReferencesResolved", generation);
    return new Acceptance(proven, forgotten);
  }

  private static boolean isTrue(List<Condition> conditions, String type, Long generation) {
    return conditions.stream()
        .anyMatch(
            each ->
                type.equals(each.getType())
                    && "True".equals(each.getStatus())
                    && generation.equals(each.getObservedGeneration()));
  }
}
