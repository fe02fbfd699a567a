package dev.millrace.binding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.millrace.contract.EventSchema;
import java.io.IOException;

/**
 * Decodes JSON objects (RFC 8259, UTF-8) with a streaming parser: declared fields are projected
 * out, everything else is skipped unparsed. Of duplicate members the last one wins, as in
 * JavaScript and Jackson's tree model, with everything below it.
 *
 * <p>The whole record must be well-formed, declared or not: truncated text, text after the object
 * and bytes that are not UTF-8 are MALFORMED. Field errors are reported only for records that are
 * well-formed, in the order of the schema. Types: see {@link JsonFields}. One parser object is
 * allocated per record, nothing per field.
 */
public final class JsonRecordDecoder implements RecordDecoder {
  /** Records above this size are TOO_LARGE unless the constructor says otherwise: 8 MiB. */
  public static final int DEFAULT_MAX_BYTES = 8 * 1024 * 1024;

  // A verdict must not depend on the names of earlier records: no limit on colliding names.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .build();

  private final FieldTree root;
  private final JsonFields fields;
  private final int maxBytes;

  public JsonRecordDecoder(EventSchema schema) {
    this(schema, DEFAULT_MAX_BYTES);
  }

  /**
   * @param maxBytes size above which a record is TOO_LARGE
   */
  public JsonRecordDecoder(EventSchema schema, int maxBytes) {
    root = FieldTree.of(schema);
    fields = new JsonFields(schema);
    this.maxBytes = maxBytes;
  }

  @Override
  public UndecodableReason decode(byte[] value, EventRecord into) {
    if (value == null || value.length == 0) {
      return UndecodableReason.EMPTY;
    }
    if (value.length > maxBytes) {
      return UndecodableReason.TOO_LARGE;
    }
    if (!Utf8.isText(value)) {
      return UndecodableReason.MALFORMED;
    }
    into.clear();
    fields.begin(into);
    UndecodableReason malformed = parse(value);
    return malformed != null ? malformed : fields.finish();
  }

  private UndecodableReason parse(byte[] value) {
    try (JsonParser parser = FACTORY.createParser(value)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return UndecodableReason.MALFORMED;
      }
      object(parser, root);
      return parser.nextToken() == null ? null : UndecodableReason.MALFORMED;
    } catch (StreamConstraintsException e) {
      // Nested deeper or a number longer than the parser's limits; the reason says all there is.
      return UndecodableReason.TOO_LARGE;
    } catch (IOException e) {
      // The parser's message would be a log line per bad record; the dead letter keeps the bytes.
      return UndecodableReason.MALFORMED;
    }
  }

  private void object(JsonParser parser, FieldTree node) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      FieldTree member = node.member(parser.currentName());
      parser.nextToken();
      value(parser, member);
    }
  }

  private void array(JsonParser parser, FieldTree node) throws IOException {
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      value(parser, node.element(i));
    }
  }

  private void value(JsonParser parser, FieldTree node) throws IOException {
    if (node == null) {
      parser.skipChildren();
      return;
    }
    fields.forget(node.reach);
    JsonToken token = parser.currentToken();
    if (token.isStructStart()) {
      fields.set(node.fields, parser);
      if (node.isLeaf()) {
        parser.skipChildren();
      } else if (token == JsonToken.START_OBJECT) {
        object(parser, node);
      } else {
        array(parser, node);
      }
    } else {
      fields.set(node.fields, parser);
    }
  }
}
