package dev.millrace.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EntityKeyTest {
  @Property
  void isOneToOneAndPlainAscii(
      @ForAll("keys") List<String> one, @ForAll("keys") List<String> other) {
    String key = EntityKey.of(one);
    assertThat(EntityKey.parts(key)).isEqualTo(one);
    assertThat(key).matches("[A-Za-z0-9._~|%-]+");
    assertThat(key.equals(EntityKey.of(other))).isEqualTo(one.equals(other));
  }

  @Provide
  Arbitrary<List<String>> keys() {
    return Arbitraries.strings()
        .withChars('a', '|', '%', '{', '}', '/', ':', ' ', '\n', '\0', 'ü', '€', '\u2028', '.', '-')
        .ofMaxLength(4)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Test
  void writesEveryKeyType() {
    var out = new StringBuilder();
    byte[] text = "xaü|y".getBytes(UTF_8);
    EntityKey.appendText(out, text, 1, text.length - 2);
    EntityKey.appendSeparator(out);
    EntityKey.appendBits(out, FieldType.LONG, -7);
    EntityKey.appendSeparator(out);
    EntityKey.appendBits(out, FieldType.BOOLEAN, 1);
    EntityKey.appendSeparator(out);
    EntityKey.appendBits(out, FieldType.TIMESTAMP, 1_323_435_000_000L);
    EntityKey.appendSeparator(out);
    EntityKey.appendText(out, text, 0, 0);
    assertThat(out).hasToString("a%C3%BC%7C|-7|true|1323435000000|%");
    assertThat(EntityKey.parts(out.toString()))
        .containsExactly("aü|", "-7", "true", "1323435000000", "");
  }

  @Test
  void refusesTypesThatAreNoKeys() {
    for (FieldType type : List.of(FieldType.DOUBLE, FieldType.DECIMAL, FieldType.STRING)) {
      assertThatThrownBy(() -> EntityKey.appendBits(new StringBuilder(), type, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(type.text());
    }
  }
}
