package dev.millrace.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Canonical text of an entity key: parts in the order of {@code keys}, joined with {@code |}.
 *
 * <p>Long and Timestamp as decimal numbers, Boolean as {@code true} or {@code false}, String as its
 * UTF-8 bytes where every byte outside {@code A–Z a–z 0–9 . _ ~ -} is percent-encoded (upper-case
 * hex). So the text is ASCII, one to one, and safe in Redis keys, hash tags and folder names. An
 * empty string is the part {@code %}, which no other value can yield, so that parts are never
 * empty.
 */
public final class EntityKey {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private EntityKey() {}

  /** Appends one string part. */
  public static void appendText(StringBuilder out, byte[] utf8, int from, int length) {
    if (length == 0) {
      out.append('%');
      return;
    }
    for (int i = from; i < from + length; i++) {
      int b = utf8[i] & 0xff;
      if (isPlain(b)) {
        out.append((char) b);
      } else {
        out.append('%').append(HEX[b >> 4]).append(HEX[b & 15]);
      }
    }
  }

  /** Appends one part of any key type but String; {@code bits} as {@link FieldType} says. */
  public static void appendBits(StringBuilder out, FieldType type, long bits) {
    switch (type) {
      case LONG, TIMESTAMP -> out.append(bits);
      case BOOLEAN -> out.append(bits != 0);
      case STRING, DOUBLE, DECIMAL ->
          throw new IllegalArgumentException(type.text() + " is not a key type with bits");
    }
  }

  /** Appends the separator between two parts. */
  public static void appendSeparator(StringBuilder out) {
    out.append('|');
  }

  /** Canonical key of parts given as plain text, one per key field. */
  public static String of(List<String> parts) {
    var out = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0) {
        appendSeparator(out);
      }
      byte[] utf8 = parts.get(i).getBytes(StandardCharsets.UTF_8);
      appendText(out, utf8, 0, utf8.length);
    }
    return out.toString();
  }

  /** The parts of a canonical key as plain text, in order. */
  public static List<String> parts(String key) {
    var parts = new ArrayList<String>();
    for (String part : key.split("\\|", -1)) {
      parts.add(decode(part));
    }
    return parts;
  }

  private static String decode(String part) {
    if (part.equals("%")) {
      return "";
    }
    var bytes = new java.io.ByteArrayOutputStream(part.length());
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(part.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static boolean isPlain(int b) {
    return b >= 'a' && b <= 'z'
        || b >= 'A' && b <= 'Z'
        || b >= '0' && b <= '9'
        || b == '.'
        || b == '_'
        || b == '~'
        || b == '-';
  }
}
