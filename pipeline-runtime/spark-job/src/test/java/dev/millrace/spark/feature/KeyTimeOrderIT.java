package dev.millrace.spark.feature;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spark.fixture.SharedStack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Order of instants within a key, from the first year of the calendar to the last. */
class KeyTimeOrderIT {
  private static final long SECOND = 1_000;
  private static final List<String> INSTANTS =
      List.of(
          "0001-01-01T00:00:00Z",
          "1969-12-31T23:59:59Z",
          "1970-01-01T00:00:00Z",
          "1970-01-01T00:00:01Z",
          "2038-01-19T03:14:08Z",
          "9999-12-31T23:59:59Z");

  @Test
  void sortsPanesWithinAHash() {
    var rows = new ArrayList<Row>();
    for (String instant : INSTANTS) {
      rows.add(RowFactory.create("a", Instant.parse(instant).toEpochMilli()));
    }
    List<Long> orders = orders(rows);
    for (int i = 1; i < orders.size(); i++) {
      assertThat(orders.get(i)).as(INSTANTS.get(i)).isGreaterThan(orders.get(i - 1));
      assertThat(KeyTimeOrder.sameHash(orders.get(0), orders.get(i))).isTrue();
    }
  }

  @Test
  void isOneNumberForOnePane() {
    List<Long> orders =
        orders(List.of(RowFactory.create("a", -SECOND), RowFactory.create("a", -1L)));
    assertThat(orders.get(0)).isEqualTo(orders.get(1));
  }

  @Test
  void tellsKeysApart() {
    List<Long> orders = orders(List.of(RowFactory.create("a", 0L), RowFactory.create("b", 0L)));
    assertThat(KeyTimeOrder.sameHash(orders.get(0), orders.get(1))).isFalse();
  }

  private static List<Long> orders(List<Row> rows) {
    var type = new StructType().add("key", DataTypes.StringType).add("time", DataTypes.LongType);
    return SharedStack.spark()
        .createDataFrame(rows, type)
        .select(KeyTimeOrder.of(List.of(col("key")), col("time"), SECOND))
        .collectAsList()
        .stream()
        .map(row -> row.getLong(0))
        .toList();
  }
}
