package dev.millrace.flink;

import dev.millrace.contract.Definition;
import dev.millrace.flink.type.CheckpointReport;
import dev.millrace.flink.type.KeyedEvent;
import dev.millrace.flink.type.RefusedRecord;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.OutputTag;

/** Names of the job's side outputs. */
public final class JobTags implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<OutputTag<KeyedEvent>> events = new ArrayList<>();
  private final OutputTag<KeyedEvent> archive;
  private final OutputTag<RefusedRecord> late = new OutputTag<>("late", RefusedRecord.TYPE);
  private final OutputTag<RefusedRecord> dead = new OutputTag<>("dead", RefusedRecord.TYPE);
  private final OutputTag<CheckpointReport> reports =
      new OutputTag<>("reports", CheckpointReport.TYPE);

  public JobTags(Definition definition) {
    var type = KeyedEvent.type(definition.schema());
    definition.entities().forEach(e -> events.add(new OutputTag<>("events-" + e.name(), type)));
    archive = new OutputTag<>("archive", type);
  }

  /** Events on their way to the entity of that position. */
  public OutputTag<KeyedEvent> events(int entity) {
    return events.get(entity);
  }

  public List<OutputTag<KeyedEvent>> events() {
    return List.copyOf(events);
  }

  /** Accepted events, once each. */
  public OutputTag<KeyedEvent> archive() {
    return archive;
  }

  public OutputTag<RefusedRecord> late() {
    return late;
  }

  public OutputTag<RefusedRecord> dead() {
    return dead;
  }

  /** Reports of operators whose main output is something else. */
  public OutputTag<CheckpointReport> reports() {
    return reports;
  }
}
