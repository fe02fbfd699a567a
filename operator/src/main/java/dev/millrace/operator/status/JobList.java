package dev.millrace.operator.status;

import dev.millrace.contract.Accounting;
import dev.millrace.contract.JobReport;
import dev.millrace.operator.observe.FlinkView;
import dev.millrace.operator.observe.JobObservation;
import dev.millrace.v1alpha1.featurepipelinestatus.Jobs;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** {@code status.jobs}: the served one first; what is not known now stays as it was. */
final class JobList {
  private static final int MOST = 4;

  private final PipelineContext context;

  JobList(PipelineContext context) {
    this.context = context;
  }

  List<Jobs> jobs() {
    return context.outcome().jobs().stream()
        .sorted(
            Comparator.comparing((JobObservation job) -> job.version() != context.servedVersion())
                .thenComparing(Comparator.comparing(JobObservation::version).reversed()))
        .limit(MOST)
        .map(this::job)
        .toList();
  }

  private Jobs job(JobObservation observed) {
    Optional<Jobs> before = context.before(observed.name());
    var job = new Jobs();
    job.setVersion(observed.version());
    job.setName(observed.name());
    job.setState(observed.view().map(JobList::state).orElse(null));
    job.setLastSavepoint(
        observed
            .view()
            .flatMap(FlinkView::savepoint)
            .or(() -> before.map(Jobs::getLastSavepoint))
            .orElse(null));
    job.setLastCheckpoint(
        observed
            .lastCheckpoint()
            .map(Times::of)
            .or(() -> before.map(Jobs::getLastCheckpoint))
            .orElse(null));
    job.setWatermark(
        observed
            .report()
            .map(JobReport::clock)
            .map(Times::ofMillis)
            .or(() -> before.map(Jobs::getWatermark))
            .orElse(null));
    job.setAccounting(
        observed
            .report()
            .map(JobReport::accounting)
            .map(JobList::accounting)
            .or(() -> before.map(Jobs::getAccounting))
            .orElse(null));
    if (observed.version() > context.servedVersion()) {
      job.setReplayed(
          SyncFindings.Replay.percent(observed.report())
              .or(() -> before.map(Jobs::getReplayed))
              .orElse(0));
    }
    return job;
  }

  private static String state(FlinkView view) {
    if (view.suspended()) {
      return view.lifecycleState();
    }
    return view.jobState().isEmpty() ? null : view.jobState();
  }

  private static dev.millrace.v1alpha1.featurepipelinestatus.jobs.Accounting accounting(
      Accounting counts) {
    var accounting = new dev.millrace.v1alpha1.featurepipelinestatus.jobs.Accounting();
    accounting.setIn(counts.in());
    accounting.setAccepted(counts.accepted());
    accounting.setDuplicate(counts.duplicate());
    accounting.setLate(counts.late());
    accounting.setDeadLettered(counts.deadLettered());
    accounting.setRows(counts.rowsAcknowledged());
    return accounting;
  }
}
