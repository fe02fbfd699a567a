package dev.millrace.spark.consistency;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Compares two groups of columns of the same rows bit for bit: SQL equality would call 0.0 and −0.0
 * the same.
 */
public final class RowComparison {
  private RowComparison() {}

  /**
   * What was found.
   *
   * @param rows rows compared
   * @param different rows with at least one difference
   * @param byColumn differences per column, in the order of the names given
   */
  public record Result(long rows, long different, Map<String, Long> byColumn) {}

  /**
   * Compares column {@code left[i]} with {@code right[i]}.
   *
   * @param names what to call each pair
   */
  public static Result compare(
      Dataset<Row> rows, List<String> names, List<String> left, List<String> right) {
    var type =
        new StructType()
            .add("rows", DataTypes.LongType)
            .add("different", DataTypes.LongType)
            .add("columns", DataTypes.createArrayType(DataTypes.LongType));
    int[] leftIndexes = indexes(rows, left);
    int[] rightIndexes = indexes(rows, right);
    long compared = 0;
    long different = 0;
    var byColumn = new TreeMap<String, Long>();
    for (Row part :
        rows.mapPartitions(new Count(leftIndexes, rightIndexes), Encoders.row(type))
            .collectAsList()) {
      compared += part.getLong(0);
      different += part.getLong(1);
      List<Long> columns = part.getList(2);
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i) > 0) {
          byColumn.merge(names.get(i), columns.get(i), Long::sum);
        }
      }
    }
    return new Result(compared, different, byColumn);
  }

  private static int[] indexes(Dataset<Row> rows, List<String> names) {
    return names.stream().mapToInt(name -> rows.schema().fieldIndex(name)).toArray();
  }

  private record Count(int[] left, int[] right) implements MapPartitionsFunction<Row, Row> {
    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
      long compared = 0;
      long different = 0;
      var columns = new ArrayList<>(Collections.nCopies(left.length, 0L));
      while (rows.hasNext()) {
        Row row = rows.next();
        boolean equal = true;
        for (int i = 0; i < left.length; i++) {
          if (!sameBits(row.get(left[i]), row.get(right[i]))) {
            equal = false;
            columns.set(i, columns.get(i) + 1);
          }
        }
        compared++;
        different += equal ? 0 : 1;
      }
      return List.of(RowFactory.create(compared, different, columns.toArray(Long[]::new)))
          .iterator();
    }

    private static boolean sameBits(Object left, Object right) {
      // Double.equals compares bits; the other types have one form per value.
      return left == null ? right == null : left.equals(right);
    }
  }
}
