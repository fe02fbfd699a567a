package dev.millrace.binding;

import dev.millrace.contract.EventSchema;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;

/** Decoders by wire format; a new format is one more case here. */
public final class RecordDecoders {
  private RecordDecoders() {}

  /**
   * A decoder for one thread.
   *
   * @throws MillraceFailure {@link Reason#DEFINITION_REFUSED} for a format this release cannot read
   */
  public static RecordDecoder forSchema(EventSchema schema) {
    return switch (schema.format()) {
      case JSON -> new JsonRecordDecoder(schema);
      case AVRO, PROTOBUF ->
          throw new MillraceFailure(
              Reason.DEFINITION_REFUSED,
              "format " + schema.format().text() + " is not read by this job; use Json");
    };
  }
}
