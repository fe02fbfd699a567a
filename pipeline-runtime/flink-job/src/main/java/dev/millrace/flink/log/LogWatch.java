package dev.millrace.flink.log;

import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.PipelineDocument;
import dev.millrace.contract.ProgressFile;
import dev.millrace.contract.Reason;
import dev.millrace.flink.offline.OfflineFolder;
import dev.millrace.flink.type.RawRecord;
import dev.millrace.kernel.LogJudge;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.kafka.common.KafkaException;

/**
 * Keeps the clock's partitions up to date: which there are, when a record was last seen in each,
 * and which are idle. Runs on the task thread; asks Kafka through {@link LogEnd}.
 */
final class LogWatch implements AutoCloseable {
  private final PipelineDocument document;
  private final LogClock clock;
  private final ProcessingTimeService time;
  private final Supplier<LogJudge> judges;
  private final long idleTimeoutMillis;
  private final long periodMillis;
  private final LogEnd end;

  LogWatch(
      PipelineDocument document,
      LogClock clock,
      ProcessingTimeService time,
      Supplier<LogJudge> judges) {
    this.document = document;
    this.clock = clock;
    this.time = time;
    this.judges = judges;
    idleTimeoutMillis = document.wiring().idleTimeoutMillis();
    periodMillis = Math.max(50, Math.min(5_000, idleTimeoutMillis / 4));
    end = new LogEnd(document.wiring().kafka(), document.wiring().topic(), periodMillis);
  }

  /**
   * Refuses a start that would lose data or write it twice: without state although there is some,
   * with older state than the newest, or with offsets that Kafka no longer has.
   *
   * @param restored the checkpoint whose state the job was given
   * @throws MillraceFailure {@link Reason#NOT_RESTORED}, {@link Reason#OFFSETS_LOST}, {@link
   *     Reason#SOURCE_UNREACHABLE}
   */
  void begin(OptionalLong restored) {
    refuseOldState(restored);
    try {
      Map<Integer, Long> first = end.firstOffsets();
      Map<Integer, Long> last = end.endOffsets();
      first.forEach(
          (number, offset) -> {
            if (clock.partition(number) == null) {
              clock.add(new PartitionLog(number, judges.get(), offset, wall()));
            } else if (restored.isPresent()) {
              refuseLostOffsets(number, offset, last.get(number));
            }
          });
    } catch (KafkaException e) {
      throw KafkaErrors.unreachable(document.wiring().kafka(), e);
    }
  }

  private void refuseOldState(OptionalLong restored) {
    int version = document.version();
    ProgressFile progress = new OfflineFolder(document.wiring().location()).progress(version);
    if (progress == null || restored.orElse(-1) >= progress.checkpointId()) {
      return;
    }
    String found =
        restored.isPresent()
            ? " of checkpoint "
                + progress.checkpointId()
                + ", the job found that of checkpoint "
                + restored.getAsLong()
            : ", the job found none";
    throw new MillraceFailure(
        Reason.NOT_RESTORED,
        "version "
            + version
            + " has saved state"
            + found
            + " and stopped itself; restore the files or raise spec.version to replay the topic");
  }

  private void refuseLostOffsets(int number, long firstKept, long endOffset) {
    long stood = clock.partition(number).nextOffset;
    if (stood >= firstKept && stood <= endOffset) {
      return;
    }
    String kept = stood < firstKept ? " starts at " + firstKept : " ends at " + endOffset;
    throw new MillraceFailure(
        Reason.OFFSETS_LOST,
        "topic "
            + document.wiring().topic()
            + " partition "
            + number
            + kept
            + ", the job stood at "
            + stood
            + "; to go on without these events set spec.version: "
            + (document.version() + 1));
  }

  /** Begins to watch; {@code moved} is called on the task thread when the clock may have moved. */
  void start(Runnable moved) {
    end.start();
    schedule(moved);
  }

  private void schedule(Runnable moved) {
    time.registerTimer(
        wall() + periodMillis,
        at -> {
          tick();
          moved.run();
          schedule(moved);
        });
  }

  private void tick() {
    long now = wall();
    for (int number = clock.partitions().size(); number < end.partitions(); number++) {
      clock.add(new PartitionLog(number, judges.get(), 0, now));
    }
    var silent = new HashMap<Integer, Long>();
    for (PartitionLog partition : clock.partitions()) {
      boolean isSilent = now - partition.lastSeenMillis >= idleTimeoutMillis;
      partition.idle = isSilent && isConsumed(partition, now);
      if (now - partition.lastSeenMillis >= idleTimeoutMillis / 2) {
        silent.put(partition.number, partition.nextOffset);
      }
    }
    end.ask(silent);
    clock.advance(now);
  }

  private boolean isConsumed(PartitionLog partition, long now) {
    LogEnd.Consumed consumed = end.consumed(partition.number);
    return consumed != null
        && consumed.position() == partition.nextOffset
        && now - consumed.askedAtMillis() <= idleTimeoutMillis;
  }

  /** Notes a record; its partition is active from now on. */
  PartitionLog seen(RawRecord record) {
    PartitionLog partition = clock.partition(record.partition());
    if (partition == null) {
      partition = new PartitionLog(record.partition(), judges.get(), record.offset(), wall());
      clock.add(partition);
    }
    partition.nextOffset = record.offset() + 1;
    partition.lastSeenMillis = wall();
    partition.idle = false;
    return partition;
  }

  private long wall() {
    return time.getCurrentProcessingTime();
  }

  @Override
  public void close() {
    end.close();
  }
}
