package dev.millrace.operator.plan;

import dev.millrace.contract.Violation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What applying a plan would do to the one in force.
 *
 * @param planClass the worst class of its parts; Blocked if a violation refuses it
 * @param changes the parts, in the order of the spec
 * @param hash eight hex digits that stand for this change of this resource: an approval of it fits
 *     no other (reliability.md §2)
 * @param violations why it is refused, or what consent it lacks
 */
public record PlanDiff(
    PlanClass planClass, List<Change> changes, String hash, List<Violation> violations) {
  private static final int HASH_DIGITS = 8;

  public PlanDiff {
    changes = List.copyOf(changes);
    violations = violations.stream().sorted().toList();
  }

  /** Compares two plans of one FeaturePipeline that has not lost data before. */
  public static PlanDiff between(PipelinePlan inForce, PipelinePlan next, References references) {
    return between(inForce, next, references, "");
  }

  /**
   * Compares two plans of one FeaturePipeline.
   *
   * @param usedApproval hash of the last plan that lost data, empty for none: the same change asked
   *     for once more has another hash
   */
  public static PlanDiff between(
      PipelinePlan inForce, PipelinePlan next, References references, String usedApproval) {
    return new PipelineTransition(inForce, next, references, usedApproval).diff();
  }

  /** Whether a part of it deletes data. */
  boolean losesData() {
    return changes.stream().anyMatch(change -> change.planClass() == PlanClass.LOSSY);
  }

  /**
   * Compares two plans of one LabelWindow.
   *
   * @param publishedRuns training sets published so far; meanings are fixed after the first
   */
  public static PlanDiff between(LabelWindowPlan inForce, LabelWindowPlan next, int publishedRuns) {
    return new LabelWindowTransition(inForce, next, publishedRuns).diff();
  }

  /** Hash over the resource, its definitions before and after, and every effect. */
  static String hash(String uid, String before, String after, List<Change> changes) {
    var text = new StringBuilder(uid + "\n" + before + "\n" + after + "\n");
    changes.stream()
        .map(change -> change.planClass() + "\t" + change.subject() + "\t" + change.text() + "\n")
        .sorted()
        .forEach(text::append);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static PlanClass worst(List<Change> changes) {
    return changes.stream().map(Change::planClass).reduce(PlanClass.NO_OP, PlanClass::or);
  }
}
