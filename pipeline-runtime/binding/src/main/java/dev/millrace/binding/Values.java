package dev.millrace.binding;

/**
 * Typed values by position, as expressions read them: an event's fields or a row's columns. What
 * bits mean depends on the type ({@code FieldType}).
 */
interface Values {
  boolean isNull(int index);

  long bits(int index);

  byte[] text(int index);

  int textFrom(int index);

  int textLength(int index);
}
