package dev.millrace.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.EventSchema;
import java.io.IOException;
import java.util.Arrays;

/**
 * JSON values into typed fields of a record.
 *
 * <ul>
 *   <li>String: a JSON string.
 *   <li>Long: a JSON number whose value is integral (5, 5.0, 5e3) and fits 64 bits.
 *   <li>Double: a JSON number within the range of doubles; NaN has no JSON form.
 *   <li>Boolean: true or false.
 *   <li>Decimal(s): a JSON number, taken exactly, with at most s decimal places and 18 digits.
 *   <li>Timestamp: an integral JSON number of milliseconds in the years 1 to 9999; the event time
 *       in its own unit, or an ISO 8601 string ({@link InstantText}) with unit Iso8601.
 * </ul>
 *
 * <p>A string with half a surrogate pair is MALFORMED, anything else WRONG_TYPE, a number that does
 * not fit OUT_OF_RANGE, null in a field that is not nullable MISSING_FIELD. An error counts only if
 * its value is the field's last one.
 */
final class JsonFields {
  private final EventSchema schema;
  private final ColumnType[] types;
  private final EventTimeField eventTime;
  private final int eventId;
  private final UndecodableReason[] errors;
  private final DecimalText decimal = new DecimalText();
  private EventRecord into;

  JsonFields(EventSchema schema) {
    this.schema = schema;
    types = schema.fields().stream().map(field -> field.type()).toArray(ColumnType[]::new);
    eventTime = new EventTimeField(schema);
    eventId = schema.indexOf(schema.eventId());
    errors = new UndecodableReason[types.length];
  }

  void begin(EventRecord record) {
    into = record;
    Arrays.fill(errors, null);
  }

  /** Undoes what an earlier member of the same name has set. */
  void forget(int[] fields) {
    for (int field : fields) {
      into.setNull(field);
      errors[field] = null;
    }
  }

  /** Sets fields to the parser's current value. */
  void set(int[] fields, JsonParser parser) throws IOException {
    for (int field : fields) {
      errors[field] = set(field, parser);
    }
  }

  private UndecodableReason set(int field, JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    return switch (types[field].type()) {
      case STRING -> token == JsonToken.VALUE_STRING ? text(field, parser) : wrong();
      case BOOLEAN ->
          token.isBoolean() ? bits(field, token == JsonToken.VALUE_TRUE ? 1 : 0) : wrong();
      case DOUBLE -> token.isNumeric() ? real(field, parser) : wrong();
      case LONG -> token.isNumeric() ? integer(field, parser) : wrong();
      case DECIMAL -> token.isNumeric() ? decimal(field, parser) : wrong();
      case TIMESTAMP -> timestamp(field, parser, token);
    };
  }

  private static UndecodableReason wrong() {
    return UndecodableReason.WRONG_TYPE;
  }

  private UndecodableReason bits(int field, long bits) {
    into.setBits(field, bits);
    return null;
  }

  private UndecodableReason text(int field, JsonParser parser) throws IOException {
    // Characters first: the text's length is known only after the parser has read it.
    char[] chars = parser.getTextCharacters();
    int length = parser.getTextLength();
    int from = into.textBufferUsed;
    if (into.textBuffer.length - from < 3L * length) {
      from = 0;
      into.textBuffer = new byte[Math.max(2 * into.textBuffer.length, 3 * length)];
    }
    int end = Utf8.encode(chars, parser.getTextOffset(), length, into.textBuffer, from);
    if (end < 0) {
      return UndecodableReason.MALFORMED;
    }
    into.setText(field, into.textBuffer, from, end - from);
    into.textBufferUsed = end;
    return null;
  }

  private UndecodableReason real(int field, JsonParser parser) throws IOException {
    double value = parser.getDoubleValue();
    return Double.isInfinite(value)
        ? UndecodableReason.OUT_OF_RANGE
        : bits(field, Double.doubleToRawLongBits(value));
  }

  private UndecodableReason integer(int field, JsonParser parser) throws IOException {
    return switch (number(parser, 0)) {
      case EXACT -> bits(field, decimal.unscaled());
      case FINER -> UndecodableReason.WRONG_TYPE;
      case LARGER -> UndecodableReason.OUT_OF_RANGE;
    };
  }

  private UndecodableReason decimal(int field, JsonParser parser) throws IOException {
    return number(parser, types[field].scale()) == DecimalText.Outcome.EXACT
            && Decimals.fits(decimal.unscaled())
        ? bits(field, decimal.unscaled())
        : UndecodableReason.OUT_OF_RANGE;
  }

  private DecimalText.Outcome number(JsonParser parser, int scale) throws IOException {
    return decimal.parse(
        parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength(), scale);
  }

  private UndecodableReason timestamp(int field, JsonParser parser, JsonToken token)
      throws IOException {
    if (field == eventTime.index()) {
      // In its own unit until the record is finished.
      return eventTime.isText()
          ? token == JsonToken.VALUE_STRING ? text(field, parser) : wrong()
          : token.isNumeric() ? integer(field, parser) : wrong();
    }
    if (!token.isNumeric()) {
      return wrong();
    }
    UndecodableReason error = integer(field, parser);
    return error != null || EventTimes.isTimestamp(into.bits(field))
        ? error
        : UndecodableReason.OUT_OF_RANGE;
  }

  /** Judges the fields in the order of the schema and sets the event time. */
  UndecodableReason finish() {
    for (int i = 0; i < types.length; i++) {
      if (errors[i] != null) {
        return errors[i];
      }
      if (into.isNull(i)) {
        if (i == eventId) {
          return UndecodableReason.NULL_ID;
        }
        if (i == eventTime.index()) {
          return UndecodableReason.NULL_EVENT_TIME;
        }
        if (!schema.fields().get(i).nullable()) {
          return UndecodableReason.MISSING_FIELD;
        }
      }
    }
    return eventTime.resolve(into);
  }
}
