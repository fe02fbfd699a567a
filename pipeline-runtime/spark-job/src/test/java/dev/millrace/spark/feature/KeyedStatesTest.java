package dev.millrace.spark.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.kernel.Aggregate;
import dev.millrace.kernel.EntityLayout;
import dev.millrace.kernel.InputType;
import dev.millrace.kernel.WindowColumn;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

/** Keys whose hashes collide come mixed, and each keeps its own state. */
class KeyedStatesTest {
  private static final long MINUTE = 60_000;
  private static final long ONE_HASH = 5L << 40;
  private static final long OTHER_HASH = 6L << 40;

  private final KeyedStates states =
      new KeyedStates(
          new EntityLayout(
              MINUTE,
              0,
              List.of(InputType.INTEGER),
              List.of(new WindowColumn(0, Aggregate.COUNT, MINUTE, MINUTE, 0, 0, 0))),
          new StructType().add("card", DataTypes.StringType).add("shop", DataTypes.LongType));

  @Test
  void keepsKeysOfOneHashApart() {
    var first = states.of(ONE_HASH, key("a", 1), 0);
    var sameCard = states.of(ONE_HASH + 1, key("a", 2), 0);
    var sameShop = states.of(ONE_HASH + 2, key("b", 1), 0);
    assertThat(List.of(sameCard, sameShop)).doesNotContain(first);
    assertThat(sameCard).isNotSameAs(sameShop);
    assertThat(states.of(ONE_HASH + 3, key("a", 1), 0)).isSameAs(first);
    assertThat(states.of(ONE_HASH + 4, key("b", 1), 0)).isSameAs(sameShop);
    assertThat(states.of(ONE_HASH + 4, key("a", 2), 0)).isSameAs(sameCard);
  }

  @Test
  void forgetsWhenRowsOfAnotherHashBegin() {
    var first = states.of(ONE_HASH, key("a", 1), 0);
    var second = states.of(OTHER_HASH, key("a", 1), 0);
    assertThat(second).isNotSameAs(first);
  }

  /** Spark hands one row object again and again: a key must not change with it. */
  @Test
  void copiesTheKey() {
    byte[] text = {'a'};
    var row = new GenericInternalRow(new Object[] {UTF8String.fromBytes(text), 1L});
    var first = states.of(ONE_HASH, row, 0);
    text[0] = 'b';
    assertThat(states.of(ONE_HASH, row, 0)).isNotSameAs(first);
    text[0] = 'a';
    assertThat(states.of(ONE_HASH, row, 0)).isSameAs(first);
  }

  private static InternalRow key(String card, long shop) {
    return new GenericInternalRow(new Object[] {UTF8String.fromString(card), shop});
  }
}
