package dev.millrace.binding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.SchemaField;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The decoder against Jackson's tree model with exact numbers; jqwik reports the seed. */
class JsonRecordDecoderPropertyTest {
  private static final EventSchema SCHEMA =
      Schemas.with(
          Schemas.field("a", ColumnType.STRING),
          Schemas.field("b", ColumnType.LONG),
          Schemas.field("c", ColumnType.DOUBLE),
          Schemas.field("d", ColumnType.BOOLEAN),
          Schemas.field("e", ColumnType.decimal(3)),
          Schemas.field("na", ColumnType.STRING, "/n/a"),
          Schemas.field("nb", ColumnType.LONG, "/n/b"),
          Schemas.field("n0", ColumnType.decimal(0), "/n/0"));
  private static final ObjectMapper TREE =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  @Property(tries = 3000)
  void decodesWhatTheTreeModelSays(@ForAll("documents") String json) {
    var record = new EventRecord(SCHEMA);
    UndecodableReason reason = new JsonRecordDecoder(SCHEMA).decode(json.getBytes(UTF_8), record);
    JsonNode tree = tree(json);
    if (tree == null || !tree.isObject()) {
      assertThat(reason).isEqualTo(UndecodableReason.MALFORMED);
      return;
    }
    boolean acceptable = true;
    for (int i = 0; i < SCHEMA.fields().size(); i++) {
      acceptable &=
          agrees(SCHEMA.fields().get(i), at(tree, SCHEMA.fields().get(i)), record, i, reason);
    }
    assertThat(reason == null).as("%s decodes, reason %s", json, reason).isEqualTo(acceptable);
  }

  /** Whether the node is acceptable for the field; if the record decoded, compares the value. */
  private static boolean agrees(
      SchemaField field, JsonNode node, EventRecord record, int index, UndecodableReason reason) {
    boolean required = field.name().equals("id") || field.name().equals("ts");
    if (node.isMissingNode() || node.isNull()) {
      assertThat(reason != null || record.isNull(index)).isTrue();
      return !required;
    }
    Object expected = expected(field.type(), node);
    if (expected == null) {
      return false;
    }
    if (reason == null) {
      Object actual =
          field.type().equals(ColumnType.STRING) ? record.string(index) : record.bits(index);
      assertThat(actual).as(field.name()).isEqualTo(expected);
    }
    return true;
  }

  private static Object expected(ColumnType type, JsonNode node) {
    return switch (type.type()) {
      case STRING -> node.isTextual() && isUnicode(node.asText()) ? node.asText() : null;
      case BOOLEAN -> node.isBoolean() ? (node.asBoolean() ? 1L : 0L) : null;
      case DOUBLE -> node.isNumber() ? finite(node) : null;
      case LONG -> node.isNumber() ? exact(node.decimalValue(), 0, Long.MAX_VALUE) : null;
      case TIMESTAMP ->
          node.isNumber() && node.decimalValue().signum() >= 0
              ? exact(node.decimalValue(), 0, EventTimes.END - 1)
              : null;
      case DECIMAL ->
          node.isNumber() ? exact(node.decimalValue(), type.scale(), Decimals.LIMIT - 1) : null;
    };
  }

  private static Long finite(JsonNode node) {
    double value = Double.parseDouble(node.decimalValue().toString());
    if (Double.isInfinite(value)) {
      return null;
    }
    // Exact numbers have no minus zero; the generator writes none.
    return Double.doubleToRawLongBits(value);
  }

  private static Long exact(BigDecimal value, int scale, long limit) {
    BigDecimal scaled = value.scaleByPowerOfTen(scale).stripTrailingZeros();
    if (scaled.scale() > 0 || scaled.precision() - scaled.scale() > 20) {
      return null;
    }
    BigInteger unscaled = scaled.toBigInteger();
    BigInteger low =
        BigInteger.valueOf(limit)
            .negate()
            .subtract(limit == Long.MAX_VALUE ? BigInteger.ONE : BigInteger.ZERO);
    return unscaled.compareTo(BigInteger.valueOf(limit)) > 0 || unscaled.compareTo(low) < 0
        ? null
        : unscaled.longValueExact();
  }

  private static boolean isUnicode(String text) {
    return UTF_8.newEncoder().canEncode(text);
  }

  private static JsonNode at(JsonNode tree, SchemaField field) {
    return field.path().isEmpty() ? tree.path(field.name()) : tree.at(field.path());
  }

  private static JsonNode tree(String json) {
    try {
      return TREE.readTree(json);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  @Provide
  Arbitrary<String> documents() {
    Arbitrary<String> members =
        Combinators.combine(Arbitraries.of("a", "b", "c", "d", "e", "n", "id", "ts", "x"), values())
            .as((name, value) -> "\"" + name + "\":" + value);
    Arbitrary<String> objects =
        members.list().ofMaxSize(8).map(list -> "{\"id\":\"i\",\"ts\":1" + join(list) + "}");
    Arbitrary<String> cut =
        Combinators.combine(objects, Arbitraries.integers().between(0, 40))
            .as((json, end) -> json.substring(0, Math.min(end, json.length())) + " ");
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(20, objects), net.jqwik.api.Tuple.of(1, cut));
  }

  private static String join(List<String> members) {
    return members.isEmpty() ? "" : "," + String.join(",", members);
  }

  private static Arbitrary<String> values() {
    Arbitrary<String> numbers =
        Combinators.combine(
                Arbitraries.of("", "-"),
                Arbitraries.of(
                    "1",
                    "12",
                    "922337203685477580",
                    "9223372036854775807",
                    "9223372036854775808",
                    "999999999999999",
                    "10000000000000000000000"),
                Arbitraries.of(
                    "", ".0", ".5", ".125", ".1250", ".0001", ".00000000000000000000001"),
                Arbitraries.of("", "e0", "E+2", "e-2", "e-19", "e20", "e400", "e-400"))
            .as((sign, whole, fraction, exponent) -> sign + whole + fraction + exponent);
    Arbitrary<String> texts =
        Arbitraries.of("x", "", "\\u0041", "\\ud83d\\ude00", "\\ud83d", "grün", "\\\\", "\uffee")
            .map(text -> "\"" + text + "\"");
    Arbitrary<String> words = Arbitraries.of("true", "false", "null", "[]", "{}", "[1,[2],{}]");
    Arbitrary<String> scalars = Arbitraries.oneOf(numbers, texts, words);
    Arbitrary<String> nested =
        Combinators.combine(Arbitraries.of("a", "b", "0", "z"), scalars)
            .as((name, value) -> "\"" + name + "\":" + value)
            .list()
            .ofMaxSize(4)
            .map(list -> "{" + String.join(",", list) + "}");
    Arbitrary<String> arrays =
        scalars.list().ofMaxSize(3).map(list -> "[" + String.join(",", list) + "]");
    return Arbitraries.oneOf(numbers, texts, words, nested, arrays);
  }
}
