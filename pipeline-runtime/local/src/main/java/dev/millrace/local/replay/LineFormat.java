package dev.millrace.local.replay;

/** How a line of a recorded file becomes a record. */
interface LineFormat {
  RecordedEvent parse(String topic, String line);
}
