package dev.millrace.binding;

import static dev.millrace.binding.Schemas.field;
import static dev.millrace.binding.UndecodableReason.WRONG_TYPE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.ColumnType;
import dev.millrace.contract.EventSchema;
import org.junit.jupiter.api.Test;

/** Which values reach which fields: duplicates, JSON pointers, escapes. */
class JsonProjectionTest {
  private static final EventSchema EVERY_TYPE = Schemas.everyType();

  private final EventRecord record = new EventRecord(EVERY_TYPE);

  private UndecodableReason decodeWith(String member) {
    String json = "{\"id\":\"a\",\"ts\":5," + member + "}";
    return new JsonRecordDecoder(EVERY_TYPE).decode(json.getBytes(UTF_8), record);
  }

  @Test
  void letsTheLastOfDuplicateMembersWinWithEverythingBelow() {
    assertThat(decodeWith("\"l\":\"wrong\",\"l\":1,\"l\":2")).isNull();
    assertThat(record.bits(1)).isEqualTo(2);
    assertThat(decodeWith("\"l\":2,\"l\":\"wrong\"")).isEqualTo(WRONG_TYPE);
    assertThat(decodeWith("\"l\":2,\"l\":null")).isNull();
    assertThat(record.isNull(1)).isTrue();
    var nested =
        Schemas.with(field("x", ColumnType.LONG, "/o/x"), field("y", ColumnType.LONG, "/o/y"));
    var result = Schemas.decoded(nested, "{\"id\":\"a\",\"ts\":1,\"o\":{\"x\":1},\"o\":{\"y\":2}}");
    assertThat(result.isNull(0)).isTrue();
    assertThat(result.bits(1)).isEqualTo(2);
  }

  @Test
  void followsJsonPointersThroughObjectsAndArrays() {
    var schema =
        Schemas.with(
            field("price", ColumnType.decimal(2), "/items/1/price"),
            field("odd", ColumnType.LONG, "/a~1b/~0c"),
            field("whole", ColumnType.STRING, "/o"),
            field("part", ColumnType.LONG, "/o/p"),
            field("again", ColumnType.DOUBLE, "/o/p"));
    var record =
        Schemas.decoded(
            schema,
            """
            {"items": [{"price": 1}, {"price": 2.5, "x": [1]}, 3], "a/b": {"~c": 4}, "o": {"p": 5},
             "o": null, "o": {"p": 6}, "id": "a", "ts": 1, "whole": "not this"}
            """
                .replace("\"o\": {\"p\": 6}", "\"o\": \"text\""));
    assertThat(record.bits(0)).isEqualTo(250);
    assertThat(record.bits(1)).isEqualTo(4);
    assertThat(record.string(2)).isEqualTo("text");
    assertThat(record.isNull(3)).isTrue();
    var both =
        Schemas.decoded(
            Schemas.with(schema.fields().get(3), schema.fields().get(4)),
            "{\"o\":{\"p\":5},\"id\":\"a\",\"ts\":1}");
    assertThat(both.bits(0)).isEqualTo(5);
    assertThat(Double.longBitsToDouble(both.bits(1))).isEqualTo(5.0);
  }

  @Test
  void unescapesTextsAndKeepsThemApart() {
    var schema = Schemas.with(field("u", ColumnType.STRING), field("v", ColumnType.STRING));
    String text = "\\u00e9\\ud83d\\ude00\\\"\\n" + "x".repeat(1000);
    var record =
        Schemas.decoded(schema, "{\"u\":\"" + text + "\",\"v\":\"y\",\"id\":\"\\u0000\",\"ts\":1}");
    assertThat(record.string(0)).isEqualTo("é😀\"\n" + "x".repeat(1000));
    assertThat(record.string(1)).isEqualTo("y");
    assertThat(record.string(2)).isEqualTo("\0");
  }
}
