package dev.millrace.flink.online;

import dev.millrace.binding.FeatureRow;
import dev.millrace.binding.OutputColumn;
import dev.millrace.binding.ValueText;
import dev.millrace.contract.FieldType;
import dev.millrace.contract.OnlineKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Encodes a row as the arguments of one guarded write, in Redis's wire form: {@code
 * $<length>\r\n<bytes>\r\n} per argument. Names are encoded once.
 */
final class RowEncoder {
  private static final byte[] SCRIPT_AND_KEY_COUNT = start();
  private static final byte[] AS_OF = argument(OnlineKeys.AS_OF);
  private static final int FIXED_ARGUMENTS = 7;

  private final List<OutputColumn> columns;
  private final byte[][] names;
  private final String keyPrefix;
  private final String keySuffix;
  private final byte[] ttl;
  private final StringBuilder text = new StringBuilder();
  private byte[] buffer = new byte[1024];
  private int length;
  private int arguments;

  RowEncoder(
      String namespace,
      String pipeline,
      String entity,
      int version,
      long ttlMillis,
      List<OutputColumn> columns) {
    this.columns = columns;
    names = new byte[columns.size()][];
    for (int i = 0; i < names.length; i++) {
      names[i] = argument(columns.get(i).name());
    }
    String key = OnlineKeys.row(namespace, pipeline, entity, "", version);
    int at = key.indexOf("}:v");
    keyPrefix = key.substring(0, at);
    keySuffix = key.substring(at);
    ttl = argument(Long.toString(ttlMillis));
  }

  /** Encodes a row; a tombstone has no columns. */
  RowWrite encode(String key, FeatureRow row) {
    length = 0;
    arguments = FIXED_ARGUMENTS;
    append(SCRIPT_AND_KEY_COUNT);
    text.setLength(0);
    appendArgument(text.append(keyPrefix).append(key).append(keySuffix));
    text.setLength(0);
    appendArgument(text.append(row.asOf));
    append(ttl);
    append(AS_OF);
    appendArgument(text);
    if (!row.tombstone) {
      for (int i = 0; i < names.length; i++) {
        if (!row.isNull(i)) {
          appendColumn(row, i);
        }
      }
    }
    return new RowWrite(java.util.Arrays.copyOf(buffer, length), arguments);
  }

  private void appendColumn(FeatureRow row, int column) {
    arguments += 2;
    append(names[column]);
    var type = columns.get(column).type();
    if (type.type() == FieldType.STRING) {
      byte[] utf8 = row.text(column);
      appendLength(utf8.length);
      append(utf8);
      append('\r');
      append('\n');
    } else {
      text.setLength(0);
      ValueText.append(text, type, row.bits(column));
      appendArgument(text);
    }
  }

  private void appendArgument(CharSequence ascii) {
    int count = ascii.length();
    appendLength(count);
    for (int i = 0; i < count; i++) {
      append(ascii.charAt(i));
    }
    append('\r');
    append('\n');
  }

  private void appendLength(int value) {
    append('$');
    int digits = 1;
    for (int rest = value; rest >= 10; rest /= 10) {
      digits *= 10;
    }
    for (; digits > 0; digits /= 10) {
      append((char) ('0' + value / digits % 10));
    }
    append('\r');
    append('\n');
  }

  private void append(char ascii) {
    if (length == buffer.length) {
      buffer = java.util.Arrays.copyOf(buffer, 2 * length);
    }
    buffer[length++] = (byte) ascii;
  }

  private void append(byte[] bytes) {
    if (length + bytes.length > buffer.length) {
      buffer = java.util.Arrays.copyOf(buffer, 2 * (length + bytes.length));
    }
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  private static byte[] argument(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    String head = "$" + utf8.length + "\r\n";
    return (head + value + "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] start() {
    String sha = new String(Scripts.digest(Scripts.ROW), StandardCharsets.US_ASCII);
    return ("$" + sha.length() + "\r\n" + sha + "\r\n$1\r\n1\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
