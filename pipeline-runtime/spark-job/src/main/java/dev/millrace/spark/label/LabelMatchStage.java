package dev.millrace.spark.label;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.FieldType;
import dev.millrace.contract.LabelDefinition;
import dev.millrace.contract.LabelMatch;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.contract.Reason;
import dev.millrace.spark.archive.ArchiveSchema;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Gives every anchor its outcome (semantics.md §8): anchors and label events meet by reference in
 * one shuffle, label events first and in (ts, id) order.
 */
public final class LabelMatchStage {
  /** Outcome of an anchor if it were final now. */
  public static final String OUTCOME = "__outcome";

  /** Delays ts − t0 in milliseconds of all label events after t0 + gap, whatever the window. */
  public static final String DELAYS = "__delays";

  static final int LABEL = 0;
  static final int ANCHOR = 1;

  private static final String VALUE = "__value";

  private final ExtractDocument document;
  private final int partitions;

  public LabelMatchStage(ExtractDocument document, int partitions) {
    this.document = document;
    this.partitions = partitions;
  }

  /** Schema field of the anchor that the match reads. */
  public static String anchorField(LabelDefinition label) {
    return reference(label).anchorField();
  }

  /**
   * Appends {@link #OUTCOME} and {@link #DELAYS} to every anchor.
   *
   * @param anchors rows of any form
   * @param reference their reference column
   * @param time their t0, epoch milliseconds
   * @param labels archived label records
   * @param asOfMillis the run's instant; label events at or after it are not seen
   */
  public Dataset<Row> append(
      Dataset<Row> anchors, Column reference, Column time, Dataset<Row> labels, long asOfMillis) {
    LabelDefinition label = document.label();
    var valueType = ArchiveSchema.of(LabelValues.type(label));
    StructType evaluated = labels.schema().add(VALUE, valueType);
    Dataset<Row> labelRows =
        labels
            .filter(col(LabelColumns.REJECTED).isNull())
            .filter(col(OfflineLayout.TS).lt(asOfMillis))
            .mapPartitions(new LabelValues(DocumentCodec.write(document)), Encoders.row(evaluated))
            .filter(col(VALUE).isNotNull())
            .filter(col(reference(label).labelField()).isNotNull())
            .select(
                col(reference(label).labelField()).as("__k"),
                lit(LABEL).as("__kind"),
                col(OfflineLayout.TS).as("__time"),
                col(label.schema().eventId()).as("__id"),
                col(VALUE).as("__v"),
                lit(null).cast(anchors.schema()).as("__r"));
    Column all =
        struct(
            Arrays.stream(anchors.columns()).map(n -> col("`" + n + "`")).toArray(Column[]::new));
    Dataset<Row> anchorRows =
        anchors.select(
            reference.as("__k"),
            lit(ANCHOR).as("__kind"),
            time.as("__time"),
            lit(null).cast(labelRows.schema().apply("__id").dataType()).as("__id"),
            lit(null).cast(valueType).as("__v"),
            all.as("__r"));
    StructType result =
        anchors
            .schema()
            .add(OUTCOME, valueType)
            .add(DELAYS, DataTypes.createArrayType(DataTypes.LongType));
    return labelRows
        .unionByName(anchorRows)
        .repartition(partitions, col("__k"))
        .sortWithinPartitions(col("__k"), col("__kind"), col("__time"), col("__id"))
        .mapPartitions(function(label, anchors.schema().size()), Encoders.row(result));
  }

  private static LabelMatchFunction function(LabelDefinition label, int anchorColumns) {
    return new LabelMatchFunction(
        label.gapMillis(),
        label.attributionWindowMillis(),
        LabelValues.type(label).type() == FieldType.BOOLEAN,
        (java.io.Serializable) LabelValues.whenAbsent(label),
        anchorColumns);
  }

  private static LabelMatch.ByReference reference(LabelDefinition label) {
    if (label.match() instanceof LabelMatch.ByReference reference) {
      return reference;
    }
    // The other member of the sealed interface; its attribution rules come with the life cycle.
    throw new MillraceFailure(
        Reason.DEFINITION_REFUSED,
        "label "
            + label.name()
            + " matches by entity, which this release does not do yet; match by a"
            + " reference field");
  }
}
