package dev.millrace.flink.progress;

import dev.millrace.contract.JobReport;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.StringSerializer;

/**
 * An operator's part of the report, kept with its checkpoints: a job that starts from one reports
 * at once what held then. Parallelism 1.
 */
public final class ReportState {
  private final ListState<String> state;
  private final ReportAccumulator accumulator;
  private JobReport report;

  public ReportState(OperatorStateStore store, RuntimeContext context, int version)
      throws Exception {
    state = store.getListState(new ListStateDescriptor<>("report", StringSerializer.INSTANCE));
    accumulator = ReportAccumulator.of(context);
    report = JobReport.of(version);
    for (String saved : state.get()) {
      // A form that this release does not know is left out: the next figures replace it.
      report = JobReport.parse(saved).orElse(report);
    }
    accumulator.report(report);
  }

  public JobReport report() {
    return report;
  }

  /** Shows newer figures. */
  public void show(JobReport newer) {
    report = newer;
    accumulator.report(newer);
  }

  /** Writes a report into the checkpoint. */
  public void snapshot(JobReport saved) throws Exception {
    state.update(List.of(saved.json()));
  }
}
