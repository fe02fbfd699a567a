package dev.millrace.contract;

import java.util.List;

/**
 * How records of a topic become events; shared by pipelines and label sources.
 *
 * @param format wire format
 * @param fields declared fields; undeclared ones are skipped
 * @param eventId field that identifies an event
 * @param eventTimeField field that holds the event time
 * @param eventTimeUnit its unit
 * @param maxOutOfOrdernessMillis how far the clock stays behind the newest event
 * @param maxFutureSkewMillis how far an event may lie ahead of its arrival
 */
public record EventSchema(
    SourceFormat format,
    List<SchemaField> fields,
    String eventId,
    String eventTimeField,
    EventTimeUnit eventTimeUnit,
    long maxOutOfOrdernessMillis,
    long maxFutureSkewMillis) {
  public EventSchema {
    fields = List.copyOf(fields);
  }

  /** Position of a field, or −1. */
  public int indexOf(String field) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(field)) {
        return i;
      }
    }
    return -1;
  }

  /** The field of that name, or null. */
  public SchemaField field(String name) {
    int index = indexOf(name);
    return index < 0 ? null : fields.get(index);
  }
}
