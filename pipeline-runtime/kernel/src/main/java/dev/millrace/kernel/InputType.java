package dev.millrace.kernel;

/** What an input contributes per event. */
public enum InputType {
  /** Nothing but its presence: Count without a value. */
  PRESENCE,
  /** An exact integer: Long, Boolean as 0 or 1, unscaled Decimal, Timestamp in milliseconds. */
  INTEGER,
  /** A double, rounded once to fixed point with 64 fraction bits where it is summed. */
  DOUBLE,
  /** UTF-8 bytes. */
  TEXT
}
