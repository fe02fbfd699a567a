package dev.millrace.local.preview;

import dev.millrace.binding.EventRecord;
import dev.millrace.binding.FeatureRow;
import dev.millrace.binding.JudgeOrder;
import dev.millrace.binding.RecordDecoder;
import dev.millrace.binding.RecordDecoders;
import dev.millrace.binding.UndecodableReason;
import dev.millrace.contract.Definition;
import dev.millrace.contract.Entity;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.Verdict;
import dev.millrace.kernel.LogJudge;
import dev.millrace.kernel.SourceVerdict;
import dev.millrace.kernel.Windows;
import java.util.ArrayList;
import java.util.List;

/**
 * What the job would make of a log of one partition: the judge, the binding and the kernel alone,
 * without Kafka and Flink. After the last event the clock goes on until every accepted event is
 * visible, as it does in the job once the topic is silent (semantics.md §2).
 */
public final class Preview {
  private final EventSchema schema;
  private final long slideMillis;
  private final LogJudge judge;
  private final RecordDecoder decoder;
  private final JudgeOrder judgeOrder;
  private final List<PreviewEntity> entities = new ArrayList<>();
  private final Listener listener;
  private final EventRecord event;
  private long offset;
  private long lastVisible = Long.MIN_VALUE;

  /** Told what becomes of events and which rows fire. */
  public interface Listener {
    /**
     * One event's verdict.
     *
     * @param offset position in the log, from 0
     * @param reason why it is Undecodable; null for other verdicts
     * @param visibleFrom first grid point that sees it; only for Accepted
     */
    void verdict(long offset, Verdict verdict, UndecodableReason reason, long visibleFrom);

    /** One row; the object is reused. */
    void row(Entity entity, String key, FeatureRow row);
  }

  public Preview(Definition definition, Listener listener) {
    this.listener = listener;
    schema = definition.schema();
    slideMillis = definition.slideMillis();
    judge =
        new LogJudge(
            slideMillis,
            schema.maxOutOfOrdernessMillis(),
            definition.allowedLatenessMillis(),
            schema.maxFutureSkewMillis());
    decoder = RecordDecoders.forSchema(schema);
    judgeOrder = JudgeOrder.of(definition);
    event = new EventRecord(schema);
    for (Entity entity : definition.entities()) {
      entities.add(new PreviewEntity(definition, entity, listener));
    }
  }

  /**
   * Takes the next record of the log.
   *
   * @param arrivalMillis when it arrived
   */
  public void accept(byte[] value, long arrivalMillis) {
    event.arrival = arrivalMillis;
    event.offset = offset;
    UndecodableReason reason = decoder.decode(value, event);
    if (reason == null && judgeOrder.judgeOf(event) < 0) {
      reason = UndecodableReason.NULL_KEYS;
    }
    Verdict verdict = reason == null ? judge(arrivalMillis) : Verdict.UNDECODABLE;
    listener.verdict(offset++, verdict, reason, event.visibleFrom);
  }

  /** Lets the clock go on until the last accepted event is visible. */
  public void finish() {
    if (lastVisible != Long.MIN_VALUE) {
      fire(lastVisible);
    }
  }

  private Verdict judge(long arrivalMillis) {
    SourceVerdict verdict = judge.judge(event.ts, arrivalMillis);
    if (verdict == SourceVerdict.FROM_FUTURE) {
      return Verdict.FROM_FUTURE;
    }
    if (verdict == SourceVerdict.LATE) {
      return Verdict.LATE;
    }
    event.visibleFrom = judge.visibleFrom(event.ts);
    fire(Windows.floorTo(judge.progress() - schema.maxOutOfOrdernessMillis(), slideMillis));
    return admit() ? Verdict.ACCEPTED : Verdict.DUPLICATE;
  }

  private boolean admit() {
    boolean judged = false;
    for (PreviewEntity entity : entities) {
      if (!entity.bind(event)) {
        continue;
      }
      if (!judged && !entity.admit()) {
        return false;
      }
      judged = true;
      entity.add();
    }
    lastVisible = Math.max(lastVisible, event.visibleFrom);
    return true;
  }

  private void fire(long clock) {
    for (PreviewEntity entity : entities) {
      entity.fire(clock);
    }
  }
}
