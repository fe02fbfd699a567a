package dev.millrace.operator.observe;

import dev.millrace.contract.KnownFailure;
import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.ChildHealth.Progressing;
import dev.millrace.operator.observe.ChildHealth.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Health of a FlinkDeployment, derived by us (neighbours.md §2.6, §2.7): {@code STABLE} alone
 * proves nothing, an unknown word is not ready, and a text that changes with every retry is left
 * out.
 */
public final class FlinkHealth {
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);
  private static final Set<String> RESTARTS =
      Set.of("FAILING", "RESTARTING", "CREATED", "INITIALIZING");

  private FlinkHealth() {}

  /**
   * Judges.
   *
   * @param view the object; null if there is none
   */
  public static ChildHealth of(FlinkView view, FlinkExpectation expected, Instant now) {
    ChildRef ref = expected.ref();
    if (view == null) {
      return expected.wanted() == WantedState.SUSPENDED
          ? ChildHealth.READY // Never created suspended, or it would have no status for ever.
          : new Progressing(
              Reason.WAITING, ref + " does not exist yet; it waits for topics and store");
    }
    if (!view.hasStatus()) {
      return silent(view, ref, now);
    }
    if (ends(view)) {
      return FlinkFailures.ended(view, ref);
    }
    if (view.error().isPresent()) {
      return FlinkFailures.of(view, expected);
    }
    return expected.wanted() == WantedState.SUSPENDED ? stopping(view, ref) : running(view, ref);
  }

  private static ChildHealth silent(FlinkView view, ChildRef ref, Instant now) {
    if (now.isBefore(view.createdAt().plus(LONGEST_SILENCE))) {
      return new Progressing(Reason.STARTING, ref + " has no status yet; wait");
    }
    return new Progressing(
        Reason.DEPLOY_FAILED,
        ref
            + " has had no status for 2m, no Flink operator answers in namespace "
            + ref.namespace()
            + "; ask the administrator");
  }

  private static boolean ends(FlinkView view) {
    boolean upgrading = view.lifecycleState().equals("UPGRADING");
    return view.lifecycleState().equals("FAILED") || !upgrading && view.jobState().equals("FAILED");
  }

  private static ChildHealth stopping(FlinkView view, ChildRef ref) {
    return view.suspended()
        ? ChildHealth.READY
        : new Progressing(
            Reason.UPGRADING, "job " + ref.name() + " is being stopped with a savepoint; wait");
  }

  private static ChildHealth running(FlinkView view, ChildRef ref) {
    if (view.running()) {
      return ChildHealth.READY;
    }
    if (!view.observed()) {
      return new Progressing(
          Reason.UPGRADING, ref + " is about to take over a change; its savepoint comes first");
    }
    return switch (view.lifecycleState()) {
      case "UPGRADING", "ROLLING_BACK", "ROLLED_BACK", "SUSPENDED" ->
          view.jobState().isEmpty()
              ? starting(ref)
              : new Progressing(
                  Reason.UPGRADING,
                  "job " + ref.name() + " is being started from its savepoint; wait");
      case "CREATED", "DEPLOYED", "" -> starting(ref);
      case "STABLE" -> unstable(view, ref);
      default ->
          new Progressing(
              Reason.STARTING,
              ref + " is in state " + view.lifecycleState() + ", which is not ready; wait");
    };
  }

  private static ChildHealth starting(ChildRef ref) {
    return new Progressing(Reason.STARTING, "job " + ref.name() + " is being started; wait");
  }

  private static ChildHealth unstable(FlinkView view, ChildRef ref) {
    if (RESTARTS.contains(view.jobState())) {
      return new Progressing(
          Reason.RESTARTING, "job " + ref.name() + " fails and is started again");
    }
    return view.jobManager().equals("READY")
        ? new Progressing(
            Reason.JOB_UNREACHABLE,
            "the Flink operator cannot tell how job " + ref.name() + " is; wait")
        : new Progressing(
            Reason.RESTARTING, "the job manager of " + ref.name() + " is started again; wait");
  }

  /** How a reason the job gave reads as health. */
  static ChildHealth known(KnownFailure failure) {
    return failure.reason().remedy() == Reason.Remedy.USER
        ? new Refused(failure.reason(), failure.text())
        : new Progressing(failure.reason(), failure.text());
  }
}
