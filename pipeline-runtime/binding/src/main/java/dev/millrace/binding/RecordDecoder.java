package dev.millrace.binding;

/** Decodes the bytes of one format into a flat record; one instance per thread. */
public interface RecordDecoder {
  /**
   * Decodes a record's value into {@code into}: every schema field and {@code ts}.
   *
   * @param value the record's bytes, or null
   * @param into overwritten; its contents are undefined unless the result is null
   * @return null when decoded, else why not
   */
  UndecodableReason decode(byte[] value, EventRecord into);
}
