package dev.millrace.binding;

import dev.millrace.contract.EventSchema;
import dev.millrace.contract.EventTimeUnit;
import dev.millrace.contract.FieldType;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;

/**
 * The field that holds the event time. A Timestamp field is turned into milliseconds; a Long or
 * String field keeps what the event said.
 */
final class EventTimeField {
  private final int index;
  private final FieldType type;
  private final EventTimeUnit unit;

  /**
   * @throws MillraceFailure {@link Reason#DEFINITION_REFUSED} if the field cannot be a time
   */
  EventTimeField(EventSchema schema) {
    index = schema.indexOf(schema.eventTimeField());
    unit = schema.eventTimeUnit();
    type = index < 0 ? null : schema.fields().get(index).type().type();
    boolean text = unit == EventTimeUnit.ISO8601;
    boolean fits =
        type == FieldType.TIMESTAMP
            || type == FieldType.LONG && !text
            || type == FieldType.STRING && text;
    if (!fits) {
      throw new MillraceFailure(
          Reason.DEFINITION_REFUSED,
          "field " + schema.eventTimeField() + " cannot hold the event time in " + unit.text());
    }
  }

  int index() {
    return index;
  }

  /** Whether the JSON value is a string. */
  boolean isText() {
    return unit == EventTimeUnit.ISO8601;
  }

  /** Sets {@code ts} from the field, which is not null, or says why it cannot. */
  UndecodableReason resolve(EventRecord event) {
    long millis;
    if (isText()) {
      millis = InstantText.parse(event.text(index), event.textFrom(index), event.textLength(index));
      if (millis == InstantText.NOT_AN_INSTANT) {
        return UndecodableReason.WRONG_TYPE;
      }
    } else {
      millis = EventTimes.millis(event.bits(index), unit);
    }
    if (!EventTimes.isEventTime(millis)) {
      return UndecodableReason.EVENT_TIME_OUT_OF_RANGE;
    }
    if (type == FieldType.TIMESTAMP) {
      event.setBits(index, millis);
    }
    event.ts = millis;
    return null;
  }
}
