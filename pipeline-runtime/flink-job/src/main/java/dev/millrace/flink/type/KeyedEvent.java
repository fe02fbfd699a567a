package dev.millrace.flink.type;

import dev.millrace.binding.EventRecord;
import dev.millrace.contract.EventSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** An event on its way to one entity, with its canonical key there. Mutable and reused. */
public final class KeyedEvent {
  public String key;

  /** Whether an entity before this one has judged the event. */
  public boolean accepted;

  public final EventRecord event;

  public KeyedEvent(EventRecord event) {
    this.event = event;
  }

  /** Type of a stream of events of a schema. */
  public static TypeInformation<KeyedEvent> type(EventSchema schema) {
    return new StreamType<>(KeyedEvent.class, new KeyedEventSerializer(schema));
  }
}
