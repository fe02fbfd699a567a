package dev.millrace.operator.status;

import dev.millrace.contract.Reason;
import dev.millrace.contract.Violation;
import dev.millrace.operator.plan.PlanClass;
import dev.millrace.operator.plan.PlanDiff;
import dev.millrace.operator.plan.PlanResult;
import dev.millrace.operator.plan.PlanResult.MissingReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SpecValid and ReferencesResolved: what planning found. */
final class SpecFindings {
  /** Until a spec is accepted there is nothing to look at. */
  static final Finding NOTHING_DEPLOYED =
      Finding.unknown(
          Reason.UNDECIDED,
          "nothing is deployed before the spec is accepted and all it names exists",
          Weight.NOTED);

  /** The same where it keeps Ready from True, whatever else is known. */
  static final Finding NOT_DEPLOYED =
      Finding.fails(Reason.WAITING, NOTHING_DEPLOYED.message(), Weight.WAIT);

  private SpecFindings() {}

  static Finding specValid(PlanResult<?> planned, Optional<PlanDiff> diff) {
    if (planned instanceof PlanResult.Invalid<?> invalid) {
      return refused(Reason.INVALID, invalid.violations());
    }
    List<Violation> violations = diff.map(PlanDiff::violations).orElse(List.of());
    if (violations.isEmpty()) {
      return Finding.holds(Reason.ACCEPTED, "the spec is accepted");
    }
    boolean approvable = diff.map(PlanDiff::planClass).orElseThrow() == PlanClass.LOSSY;
    return refused(approvable ? Reason.APPROVAL_REQUIRED : Reason.INVALID, violations);
  }

  /** A reference that leads nowhere heals when what it names appears (reliability.md §4.4). */
  static Finding references(PlanResult<?> planned, List<MissingReference> more) {
    var missing = new ArrayList<MissingReference>();
    if (planned instanceof PlanResult.Waiting<?> waiting) {
      missing.addAll(waiting.references());
    }
    missing.addAll(more);
    if (!missing.isEmpty()) {
      return Finding.fails(
          missing.get(0).reason(),
          Texts.joined(missing.stream().map(MissingReference::text).toList()),
          Weight.WAIT);
    }
    return planned instanceof PlanResult.Invalid<?>
        ? Finding.unknown(Reason.UNDECIDED, "looked at once the spec is accepted", Weight.NOTED)
        : Finding.holds(Reason.RESOLVED, "everything the spec names exists");
  }

  private static Finding refused(Reason reason, List<Violation> violations) {
    return Finding.fails(reason, Texts.joined(violations), Weight.USER);
  }
}
