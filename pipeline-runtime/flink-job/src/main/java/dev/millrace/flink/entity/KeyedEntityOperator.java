package dev.millrace.flink.entity;

import dev.millrace.binding.EntityProgram;
import dev.millrace.binding.EventRecord;
import dev.millrace.binding.FeatureRow;
import dev.millrace.contract.Definition;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.Entity;
import dev.millrace.flink.JobStart;
import dev.millrace.flink.JobTags;
import dev.millrace.flink.progress.Counts;
import dev.millrace.flink.progress.Counts.Kind;
import dev.millrace.flink.type.CheckpointReport;
import dev.millrace.flink.type.KeyedEvent;
import dev.millrace.flink.type.KeyedRow;
import dev.millrace.kernel.EventInputs;
import dev.millrace.kernel.KeyState;
import dev.millrace.kernel.Windows;
import java.util.stream.Stream;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * One entity of a pipeline: judges the copies of events it is the first entity of, keeps the state
 * of its keys and fires their rows (semantics.md §2, §3; performance.md §3.7–§3.11). Main output:
 * rows, in the order of T. Side outputs: accepted events to the archive, the same to the entities
 * after it, and a report ahead of every barrier.
 *
 * <p>This is the one class that depends on Flink's unstable operator API for keyed state.
 */
public final class KeyedEntityOperator extends AbstractStreamOperator<KeyedRow>
    implements OneInputStreamOperator<KeyedEvent, KeyedRow> {
  private static final long serialVersionUID = 1L;
  private static final String HEADS = "heads";

  private final String documentJson;
  private final int entity;
  private final JobStart start;
  private final JobTags tags;
  private final long cacheBytes;

  private transient Definition definition;
  private transient EntityProgram program;
  private transient Forwarding forwarding;
  private transient EventInputs inputs;
  private transient KeyedRow keyedRow;
  private transient StreamRecord<KeyedRow> rowElement;
  private transient KeyStates states;
  private transient TimingWheel wheel;
  private transient FiredClock fired;
  private transient Counts counts;
  private transient long archived;

  /**
   * @param entity position of the entity in the definition
   * @param cacheBytes bytes of decoded key states this subtask keeps in memory
   */
  public KeyedEntityOperator(
      String documentJson, int entity, JobStart start, JobTags tags, long cacheBytes) {
    this.documentJson = documentJson;
    this.entity = entity;
    this.start = start;
    this.tags = tags;
    this.cacheBytes = cacheBytes;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    // The archive's committer has just made the files of the restored checkpoint visible.
    archived = context.getRestoredCheckpointId().orElse(0);
    fired = new FiredClock(context.getOperatorStateStore(), keyGroups());
    counts =
        Counts.restore(
            context.getOperatorStateStore(),
            getMetricGroup(),
            Kind.ACCEPTED,
            Kind.DUPLICATE,
            Kind.RAISED,
            Kind.ROWS_FIRED);
  }

  private KeyGroupRange keyGroups() {
    TaskInfo task = getRuntimeContext().getTaskInfo();
    return KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
        task.getMaxNumberOfParallelSubtasks(),
        task.getNumberOfParallelSubtasks(),
        task.getIndexOfThisSubtask());
  }

  @Override
  public void open() throws Exception {
    super.open();
    definition = DocumentCodec.readPipeline(documentJson).definition();
    Entity spec = definition.entities().get(entity);
    program = EntityProgram.compile(definition, spec.name(), Judges.isJudge(definition, entity));
    forwarding = new Forwarding(definition, entity, tags, output::collect);
    inputs = new EventInputs(program.layout());
    keyedRow = new KeyedRow(new FeatureRow(program.columns()));
    rowElement = new StreamRecord<>(keyedRow);
    wheel = new TimingWheel();
    var bytes = BytePrimitiveArraySerializer.INSTANCE;
    states =
        new KeyStates(
            program.layout(),
            this::setCurrentKey,
            getPartitionedState(new ValueStateDescriptor<>(HEADS, bytes)),
            getPartitionedState(new MapStateDescriptor<>("body", LongSerializer.INSTANCE, bytes)),
            cacheBytes);
    scheduleRestoredKeys();
    EntityMetrics.register(getMetricGroup(), spec, program, states, wheel, forwarding);
  }

  /** Rebuilds the wheel: Flink restores no timers of ours. */
  private void scheduleRestoredKeys() throws Exception {
    try (Stream<String> keys =
        this.<String>getKeyedStateBackend().getKeys(HEADS, VoidNamespace.INSTANCE)) {
      for (var each = keys.iterator(); each.hasNext(); ) {
        String key = each.next();
        KeyState state = states.get(key, fired.millis());
        wheel.schedule(key, state.nextTouch());
        states.changed(key);
      }
    }
  }

  /** Keys are selected where state is read or written, not per event. */
  @Override
  @SuppressWarnings("rawtypes") // As Flink declares it.
  public void setKeyContextElement1(StreamRecord record) {}

  @Override
  public void processElement(StreamRecord<KeyedEvent> element) throws Exception {
    KeyedEvent keyed = element.getValue();
    EventRecord event = keyed.event;
    boolean behind = event.visibleFrom <= fired.millis();
    if (behind) {
      event.visibleFrom = Windows.nextGridPoint(fired.millis(), definition.slideMillis());
    }
    program.evaluate(event, inputs);
    String key = keyed.key;
    KeyState state = states.get(key, fired.millis());
    if (keyed.accepted) {
      state.add(inputs);
    } else if (state.admit(inputs)) {
      counts.increment(Kind.ACCEPTED);
      if (behind) {
        counts.increment(Kind.RAISED);
      }
      state.add(inputs);
      if (event.offset >= start.archivedFrom(event.partition)) {
        output.collect(tags.archive(), element);
      }
      forwarding.forward(keyed);
    } else {
      counts.increment(Kind.DUPLICATE);
    }
    wheel.schedule(key, state.nextTouch());
    states.changed(key);
  }

  /** Fires every grid point up to the mark, then lets the mark pass. */
  @Override
  public void processWatermark(Watermark mark) throws Exception {
    long upTo = mark.getTimestamp();
    if (upTo > fired.millis()) {
      wheel.fire(upTo, this::fire);
      fired.reached(upTo);
    }
    output.emitWatermark(mark);
  }

  private void fire(String key, long gridPoint) throws Exception {
    KeyState state = states.get(key, gridPoint - definition.slideMillis());
    if (state.advance(gridPoint)) {
      keyedRow.key = key;
      program.read(state, keyedRow.row);
      counts.increment(Kind.ROWS_FIRED);
      output.collect(rowElement);
    }
    wheel.schedule(key, state.nextTouch());
    states.changed(key);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    states.flush();
    var report = CheckpointReport.of(checkpointId, counts.accounting(), archived);
    output.collect(tags.reports(), new StreamRecord<>(report));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    fired.snapshot();
    counts.snapshot();
  }

  /**
   * The archive's committer is in this operator's chain, so this one message has reached it too
   * when the next barrier comes: the files of that checkpoint are visible then.
   */
  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    archived = checkpointId;
  }

  @Override
  public void finish() throws Exception {
    states.flush();
    super.finish();
  }
}
