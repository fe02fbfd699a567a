package dev.millrace.spark.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.contract.GateCheck;

/**
 * One comparison of the gate, all numbers as decimal text of at most ten digits; the verdict was
 * found on the exact ones.
 *
 * @param column schema field or feature column
 * @param check what was compared; {@link GateCheck#INSUFFICIENT_BASELINE} for a column that could
 *     not be compared
 * @param baselineDays number of days it was compared with
 * @param baseline mean null rate in percent, or percentile of the baseline; null for none
 * @param run null rate in percent, or percentile of the run; null for none
 * @param change increase in percentage points, or relative change in percent; null for none
 * @param limit what the change may be; null if it was not judged
 * @param passed whether it is within the limit, or was not judged
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GateFigure(
    String column,
    GateCheck check,
    int baselineDays,
    String baseline,
    String run,
    String change,
    String limit,
    boolean passed) {
  /** Whether the gate could compare it. */
  public boolean wasJudged() {
    return check != GateCheck.INSUFFICIENT_BASELINE;
  }
}
