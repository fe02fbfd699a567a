package dev.millrace.operator.plan;

import java.util.function.Function;

/** Finds an enum's constant by the word that users write. */
final class EnumText {
  private EnumText() {}

  /** The constant whose text is {@code word}; the schema has refused every other word before. */
  static <E extends Enum<E>> E of(E[] constants, Function<E, String> text, String word) {
    for (E constant : constants) {
      if (text.apply(constant).equals(word)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("no " + constants[0].getDeclaringClass() + " " + word);
  }
}
