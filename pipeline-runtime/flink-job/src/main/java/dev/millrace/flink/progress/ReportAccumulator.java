package dev.millrace.flink.progress;

import dev.millrace.contract.JobReport;
import org.apache.flink.api.common.accumulators.Accumulator;
import org.apache.flink.api.common.accumulators.SimpleAccumulator;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * One operator's part of the {@link JobReport} (architecture.md §2). Task managers send it to the
 * job manager with every heartbeat, which merges the parts; REST shows the result. A new attempt of
 * an operator begins with an accumulator of its own, so nothing is counted twice.
 */
public final class ReportAccumulator implements SimpleAccumulator<String> {
  private static final long serialVersionUID = 1L;

  // Written by the task, read by the heartbeat.
  private volatile String json = "";

  /** The accumulator of an operator; operators of one task share it. */
  public static ReportAccumulator of(RuntimeContext context) {
    Accumulator<String, String> known = context.getAccumulator(JobReport.ACCUMULATOR);
    if (known instanceof ReportAccumulator accumulator) {
      return accumulator;
    }
    var accumulator = new ReportAccumulator();
    context.addAccumulator(JobReport.ACCUMULATOR, accumulator);
    return accumulator;
  }

  /** Puts a newer part into what is known. */
  public void report(JobReport part) {
    json = JobReport.parse(json).map(part::merge).orElse(part).json();
  }

  @Override
  public void add(String value) {
    JobReport.parse(value).ifPresent(this::report);
  }

  @Override
  public String getLocalValue() {
    return json;
  }

  @Override
  public void resetLocal() {
    json = "";
  }

  @Override
  public void merge(Accumulator<String, String> other) {
    add(other.getLocalValue());
  }

  @Override
  public ReportAccumulator clone() {
    var copy = new ReportAccumulator();
    copy.json = json;
    return copy;
  }

  /** What REST shows. */
  @Override
  public String toString() {
    return json;
  }
}
