package dev.millrace.local.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;

/**
 * Everything one {@code bench pit} found, as it is kept beside the documentation.
 *
 * @param date day of the run, ISO 8601
 * @param commit abbreviated commit of the sources
 * @param machine processor, cores, JDK and switches
 * @param workloads one after the other
 */
public record PitOutcome(String date, String commit, String machine, List<Workload> workloads) {
  /**
   * One workload.
   *
   * @param pace {@code irregular} or {@code paced}
   * @param events number of events
   * @param anchors number of anchors
   * @param keys number of keys
   * @param seed of the generator
   * @param rowsPerEvent rows of the feature log per event
   * @param checks rows and hash by contender
   * @param rounds all rounds, also those that do not count
   */
  public record Workload(
      String pace,
      long events,
      long anchors,
      long keys,
      long seed,
      double rowsPerEvent,
      Map<String, Check> checks,
      List<PitRound> rounds) {
    /** Whether all contenders wrote the same bits, and the sample is what a range join says. */
    @JsonIgnore
    public boolean isEqual() {
      return checks.values().stream().map(Check::hash).distinct().count() == 1
          && checks.values().stream().allMatch(check -> check.wrong() == 0 && check.sampled() > 0);
    }
  }

  /**
   * A contender's rows.
   *
   * @param rows how many
   * @param hash of all rows and bits, whatever their order
   * @param sampled rows that were recomputed by a plain range join
   * @param wrong those that differ from it
   */
  public record Check(long rows, String hash, long sampled, long wrong) {}
}
