package dev.millrace.operator.observe;

import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.ChildHealth.Progressing;
import dev.millrace.operator.observe.ChildHealth.Refused;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an error of the Flink operator means (neighbours.md §2.4, §2.7). */
final class FlinkFailures {
  private static final Pattern CAUSE = Pattern.compile(" <- ");

  private FlinkFailures() {}

  /** A job that Flink does not start again. */
  static ChildHealth ended(FlinkView view, ChildRef ref) {
    if (view.knownFailure().isPresent()) {
      return new Refused(view.knownFailure().get().reason(), view.knownFailure().get().text());
    }
    if (view.jobState().equals("FAILED") && view.savepoint().isEmpty()) {
      return noRestorePoint(ref);
    }
    return view.error().map(FlinkFailures::restores).orElse(false)
        ? noRestorePoint(ref)
        : new Refused(Reason.DEPLOY_FAILED, text(view, ref) + "; correct that, then change spec");
  }

  /** An error of a job that is not given up. */
  static ChildHealth of(FlinkView view, FlinkExpectation expected) {
    FlinkError error = view.error().orElseThrow();
    ChildRef ref = expected.ref();
    if (savepointFailed(error)) {
      return new Progressing(Reason.SAVEPOINT_FAILED, savepointText(error, expected));
    }
    if (restores(error)) {
      return noRestorePoint(ref);
    }
    Optional<ChildHealth> known = error.known().map(FlinkHealth::known);
    if (known.isPresent()) {
      return known.get();
    }
    boolean heals = view.observed() && !error.type().equals("ReconciliationException");
    return heals
        ? new Progressing(Reason.DEPLOY_FAILED, text(view, ref) + "; it is tried again")
        : new Refused(Reason.DEPLOY_FAILED, text(view, ref) + "; correct that");
  }

  private static ChildHealth noRestorePoint(ChildRef ref) {
    return new Refused(
        Reason.NO_RESTORE_POINT,
        "job "
            + ref.name()
            + " ended and no savepoint of it is known, the next change would start it empty; "
            + "raise spec.version to replay the topic");
  }

  private static boolean restores(FlinkError error) {
    return error.message().contains("Manual restore required")
        || error.message().contains("HA metadata is not available");
  }

  private static boolean savepointFailed(FlinkError error) {
    return error.type().equals("UpgradeFailureException")
        && error.message().contains("Savepoint Error");
  }

  private static String savepointText(FlinkError error, FlinkExpectation expected) {
    return "savepoint of job "
        + expected.ref().name()
        + " failed ("
        + deepest(error)
        + "), generation "
        + expected.runningGeneration()
        + " runs on; check storage connection \""
        + expected.storageConnection()
        + "\"";
  }

  /** Class of the deepest cause, which is nearest to what went wrong. */
  private static String deepest(FlinkError error) {
    if (error.causes().isEmpty()) {
      return error.type();
    }
    String[] causes = CAUSE.split(error.causes());
    String last =
        Arrays.stream(causes)
            .filter(cause -> cause.startsWith("CheckpointException"))
            .findFirst()
            .orElse(causes[causes.length - 1]);
    int colon = last.indexOf(':');
    return colon < 0 ? last : last.substring(0, colon);
  }

  private static String text(FlinkView view, ChildRef ref) {
    return view.error()
        .map(
            error ->
                ref
                    + ": "
                    + error.message()
                    + (error.causes().isEmpty() ? "" : " (" + error.causes() + ")"))
        .orElse("job " + ref.name() + " has failed for good");
  }
}
