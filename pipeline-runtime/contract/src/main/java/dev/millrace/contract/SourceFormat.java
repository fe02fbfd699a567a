package dev.millrace.contract;

/** Wire format of a topic's records. */
public enum SourceFormat {
  JSON("Json"),
  AVRO("Avro"),
  PROTOBUF("Protobuf");

  private final String text;

  SourceFormat(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
