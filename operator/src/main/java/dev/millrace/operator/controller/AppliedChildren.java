package dev.millrace.operator.controller;

import dev.millrace.contract.Reason;
import dev.millrace.operator.controller.ChildApplier.Applied;
import dev.millrace.operator.controller.ChildApplier.Operation;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.status.ApplyFailure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.ArrayList;
import java.util.List;

/**
 * One pass of writes for one owner: what is desired, what was written, and what could not be.
 *
 * @param <P> the owner
 */
final class AppliedChildren<P extends HasMetadata> {
  private final ChildApplier<P> applier;
  private final P owner;
  private final Context<P> context;
  private final List<ChildRef> desired = new ArrayList<>();
  private final List<ApplyFailure> failures = new ArrayList<>();
  private final List<ChildRef> adopted = new ArrayList<>();
  private final List<ChildRef> takenBack = new ArrayList<>();
  private int writes;

  AppliedChildren(ChildApplier<P> applier, P owner, Context<P> context) {
    this.applier = applier;
    this.owner = owner;
    this.context = context;
  }

  /**
   * Applies one child and goes on, whatever comes of it.
   *
   * @return whether it was made
   */
  boolean apply(HasMetadata object) {
    ChildRef ref = ChildRef.of(object);
    // One that is written twice in its first pass stands where every later pass writes it.
    desired.remove(ref);
    desired.add(ref);
    Applied applied = applier.apply(object, owner, context);
    if (applied instanceof Applied.Failed failed) {
      failures.add(failed.failure());
    } else if (applied instanceof Applied.Written written) {
      writes++;
      if (written.operation() == Operation.ADOPTED) {
        adopted.add(ref);
      } else if (written.operation() == Operation.PATCHED) {
        takenBack.add(ref);
      }
      return written.operation() == Operation.CREATED;
    }
    return false;
  }

  /** Notes data of an earlier resource that is used as it is. */
  void adopt(ChildRef ref) {
    adopted.add(ref);
  }

  /** Names a child that is wanted but not written in this pass. */
  void withhold(ChildRef ref) {
    if (!desired.contains(ref)) {
      desired.add(ref);
    }
  }

  /** Notes a write that went another way. */
  void fail(ApplyFailure failure) {
    failures.add(failure);
  }

  /** Children that are to exist, in the order of their last application. */
  List<ChildRef> desired() {
    return List.copyOf(desired);
  }

  List<ApplyFailure> failures() {
    return List.copyOf(failures);
  }

  /** Data of an earlier resource of the same name that was taken up. */
  List<ChildRef> adopted() {
    return List.copyOf(adopted);
  }

  /** Children that existed and differed from what is desired. */
  List<ChildRef> patched() {
    return List.copyOf(takenBack);
  }

  int writes() {
    return writes;
  }

  /** Whether a kind of another operator is not served yet: nothing tells us when it is. */
  boolean missingKind() {
    return failures.stream().anyMatch(failure -> failure.reason() == Reason.DEPENDENCY_MISSING);
  }

  /** Whether the server gave no verdict on some write, so that it is worth trying again soon. */
  boolean unfinished() {
    return failures.stream().anyMatch(failure -> failure.reason() == Reason.API_UNAVAILABLE);
  }
}
