package dev.millrace.flink.log;

import dev.millrace.kernel.LogJudge;

/** What the stamp knows about one partition. */
final class PartitionLog {
  final int number;
  final LogJudge judge;

  /** Offset after the last record seen, or where reading started. */
  long nextOffset;

  /** Wall clock when a record was last seen, or when this attempt of the job began. */
  long lastSeenMillis;

  /** Whether the clock ignores the partition: silent and consumed. */
  boolean idle;

  PartitionLog(int number, LogJudge judge, long nextOffset, long nowMillis) {
    this.number = number;
    this.judge = judge;
    this.nextOffset = nextOffset;
    this.lastSeenMillis = nowMillis;
  }

  boolean hasProgress() {
    return judge.progress() != LogJudge.NO_PROGRESS;
  }
}
