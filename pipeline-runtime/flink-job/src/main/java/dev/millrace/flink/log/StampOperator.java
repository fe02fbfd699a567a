package dev.millrace.flink.log;

import dev.millrace.binding.EntityProgram;
import dev.millrace.binding.EventRecord;
import dev.millrace.binding.JudgeOrder;
import dev.millrace.binding.RecordDecoder;
import dev.millrace.binding.RecordDecoders;
import dev.millrace.binding.UndecodableReason;
import dev.millrace.contract.Definition;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.PipelineDocument;
import dev.millrace.flink.JobTags;
import dev.millrace.flink.offline.Handover;
import dev.millrace.flink.progress.Counts;
import dev.millrace.flink.progress.Counts.Kind;
import dev.millrace.flink.type.CheckpointReport;
import dev.millrace.flink.type.KeyedEvent;
import dev.millrace.flink.type.RawRecord;
import dev.millrace.kernel.LogJudge;
import dev.millrace.kernel.SourceVerdict;
import dev.millrace.kernel.Windows;
import java.util.TreeMap;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Decodes the log, gives every record the verdict that its partition's log decides and the events
 * their {@code _visible_from}, and is the one clock of the job (semantics.md §2).
 *
 * <p><b>Limit: parallelism 1</b>, chained to the source. One place sees every partition, so one
 * clock is enough and no idle status travels. A parallel source is a later step (performance.md
 * §3.2); until then one core decodes the whole topic.
 *
 * <p>A woken partition's event that lies behind the clock by more than allowedLateness is Late; one
 * that lies behind it by less is raised by its judge.
 */
public final class StampOperator extends AbstractStreamOperator<CheckpointReport>
    implements OneInputStreamOperator<RawRecord, CheckpointReport> {
  private static final long serialVersionUID = 1L;

  private final String documentJson;
  private final JobTags tags;

  private transient Definition definition;
  private transient RecordDecoder decoder;
  private transient JudgeOrder judges;
  private transient EntityProgram[] entities;
  private transient StringBuilder keyText;
  private transient KeyedEvent keyed;
  private transient StreamRecord<KeyedEvent> keyedElement;
  private transient Counts counts;
  private transient NullCounts nulls;
  private transient StampState state;
  private transient Refusals refusals;
  private transient LogWatch watch;
  private transient LogClock clock;
  private transient long firedMillis;

  public StampOperator(String documentJson, JobTags tags) {
    this.documentJson = documentJson;
    this.tags = tags;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    PipelineDocument document = DocumentCodec.readPipeline(documentJson);
    definition = document.definition();
    counts =
        Counts.restore(
            context.getOperatorStateStore(),
            getMetricGroup(),
            Kind.IN,
            Kind.LATE,
            Kind.DEAD_LETTERED);
    clock =
        new LogClock(
            definition.schema().maxOutOfOrdernessMillis(), document.wiring().idleTimeoutMillis());
    nulls = NullCounts.restore(context.getOperatorStateStore(), definition.schema());
    state = new StampState(context, clock, this::judge);
    watch = new LogWatch(document, clock, getProcessingTimeService(), this::judge);
    watch.begin(context.getRestoredCheckpointId());
    var handover = new Handover(document.wiring().location(), document.version());
    refusals = new Refusals(handover, tags, output, context.getOperatorStateStore());
    firedMillis = grid();
  }

  @Override
  public void open() throws Exception {
    super.open();
    decoder = RecordDecoders.forSchema(definition.schema());
    judges = JudgeOrder.of(definition);
    keyed = new KeyedEvent(new EventRecord(definition.schema()));
    keyedElement = new StreamRecord<>(keyed);
    keyText = new StringBuilder();
    entities = new EntityProgram[definition.entities().size()];
    for (int i = 0; i < entities.length; i++) {
      String name = definition.entities().get(i).name();
      entities[i] = EntityProgram.compile(definition, name, false);
    }
    getMetricGroup().gauge("clock", clock::now);
    watch.start(this::fire);
  }

  @Override
  public void processElement(StreamRecord<RawRecord> element) {
    RawRecord record = element.getValue();
    counts.increment(Kind.IN);
    PartitionLog partition = watch.seen(record);
    EventRecord event = keyed.event;
    UndecodableReason reason = decoder.decode(record.value(), event);
    int judging = reason == null ? judges.judgeOf(event) : -1;
    if (reason == null && judging < 0) {
      reason = UndecodableReason.NULL_KEYS;
    }
    if (reason != null) {
      refuse(record, reason.name(), Kind.DEAD_LETTERED);
      return;
    }
    event.arrival = record.timestamp();
    event.partition = record.partition();
    event.offset = record.offset();
    long before = partition.judge.progress();
    SourceVerdict verdict = partition.judge.judge(event.ts, event.arrival);
    switch (verdict) {
      case FROM_FUTURE -> refuse(record, verdict.name(), Kind.DEAD_LETTERED);
      case LATE -> refuse(record, verdict.name(), Kind.LATE);
      case ON_LOG -> pass(record, partition, judging);
    }
    if (partition.judge.progress() != before) {
      clock.progressed(before);
      fire();
    }
  }

  private void pass(RawRecord record, PartitionLog partition, int judging) {
    EventRecord event = keyed.event;
    if (clock.now() != LogClock.NOT_STARTED
        && event.ts < clock.now() - definition.allowedLatenessMillis()) {
      refuse(record, SourceVerdict.LATE.name(), Kind.LATE);
      return;
    }
    nulls.count(event);
    event.visibleFrom = partition.judge.visibleFrom(event.ts);
    keyText.setLength(0);
    entities[judging].appendKey(event, keyText);
    keyed.key = keyText.toString();
    output.collect(tags.events(judging), keyedElement);
  }

  private void refuse(RawRecord record, String reason, Kind kind) {
    counts.increment(kind);
    refusals.refuse(record, reason);
  }

  /** Fires the grid points that the clock has reached since the last call. */
  private void fire() {
    long reached = grid();
    if (reached > firedMillis) {
      firedMillis = reached;
      output.emitWatermark(new Watermark(reached));
    }
  }

  private long grid() {
    return clock.now() == LogClock.NOT_STARTED
        ? LogClock.NOT_STARTED
        : Windows.floorTo(clock.now(), definition.slideMillis());
  }

  private LogJudge judge() {
    return new LogJudge(
        definition.slideMillis(),
        definition.schema().maxOutOfOrdernessMillis(),
        definition.allowedLatenessMillis(),
        definition.schema().maxFutureSkewMillis());
  }

  @Override
  public void processWatermark(Watermark mark) {
    // The stamp is the clock. The source has none; an end-of-input watermark fires nothing.
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    // Idleness is decided here and does not travel.
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    refusals.look();
    var offsets = new TreeMap<Integer, Long>();
    clock.partitions().forEach(p -> offsets.put(p.number, p.nextOffset));
    output.collect(
        new StreamRecord<>(
            new CheckpointReport(
                checkpointId,
                counts.accounting(),
                offsets,
                firedMillis,
                Long.MAX_VALUE,
                clock.isIdle(),
                nulls.byField(),
                true)));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    counts.snapshot();
    nulls.snapshot();
    state.snapshot();
    refusals.snapshot();
  }

  @Override
  public void close() throws Exception {
    if (watch != null) {
      watch.close();
    }
    super.close();
  }
}
