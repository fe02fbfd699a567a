package dev.millrace.binding;

import dev.millrace.contract.EventSchema;

/** Skeleton; replaced within the hour. */
public final class JsonRecordDecoder implements RecordDecoder {
  public JsonRecordDecoder(EventSchema schema) {}

  @Override
  public UndecodableReason decode(byte[] value, EventRecord into) {
    throw new UnsupportedOperationException("skeleton");
  }
}
