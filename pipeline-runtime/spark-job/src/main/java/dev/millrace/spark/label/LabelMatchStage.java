package dev.millrace.spark.label;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import dev.millrace.contract.Attribution;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.FieldType;
import dev.millrace.contract.LabelDefinition;
import dev.millrace.contract.LabelMatch;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.spark.anchor.AnchorColumns;
import dev.millrace.spark.archive.ArchiveSchema;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Gives every anchor its outcome (semantics.md §8): anchors and label events meet by key in one
 * shuffle, in the order that the walk over them needs.
 */
public final class LabelMatchStage {
  /** Outcome of an anchor if it were final now. */
  public static final String OUTCOME = "__outcome";

  /**
   * Delays ts − t0 in milliseconds of the label events that an anchor answers for, whatever the
   * window: all after t0 + gap of its reference; by entity, each event counts for one anchor.
   */
  public static final String DELAYS = "__delays";

  static final int LABEL = 0;
  static final int ANCHOR = 1;

  private static final String VALUE = "__value";

  private final ExtractDocument document;
  private final LabelDefinition label;
  private final int partitions;

  public LabelMatchStage(ExtractDocument document, int partitions) {
    this.document = document;
    this.label = document.label();
    this.partitions = partitions;
  }

  /** Schema fields of the anchor that the match reads. */
  public static List<String> anchorFields(ExtractDocument document) {
    return document.label().match() instanceof LabelMatch.ByReference reference
        ? List.of(reference.anchorField())
        : entityKeys(document);
  }

  private static List<String> labelFields(ExtractDocument document) {
    return document.label().match() instanceof LabelMatch.ByReference reference
        ? List.of(reference.labelField())
        : entityKeys(document);
  }

  private static List<String> entityKeys(ExtractDocument document) {
    var match = (LabelMatch.ByEntity) document.label().match();
    return document.anchor().definition().entity(match.entity()).keys();
  }

  /**
   * Appends {@link #OUTCOME} and {@link #DELAYS} to every anchor.
   *
   * @param anchors rows with the columns of {@link AnchorColumns}
   * @param labels archived label records
   * @param asOfMillis the run's instant; label events at or after it are not seen
   */
  public Dataset<Row> append(Dataset<Row> anchors, Dataset<Row> labels, long asOfMillis) {
    boolean byEntity = label.match() instanceof LabelMatch.ByEntity;
    var valueType = ArchiveSchema.of(LabelValues.type(label));
    Dataset<Row> labelRows = labelRows(anchors.schema(), labels, asOfMillis);
    Column time = col(AnchorColumns.TIME);
    Column all =
        struct(
            Arrays.stream(anchors.columns()).map(n -> col("`" + n + "`")).toArray(Column[]::new));
    Dataset<Row> anchorRows =
        anchors.select(
            key(anchorFields(document).stream().map(AnchorColumns::field)).as("__k"),
            lit(ANCHOR).as("__kind"),
            (byEntity ? time.plus(lit(label.gapMillis())) : time).as("__time"),
            lit(null).cast(labelRows.schema().apply("__id").dataType()).as("__id"),
            lit(null).cast(valueType).as("__v"),
            all.as("__r"));
    StructType result =
        anchors
            .schema()
            .add(OUTCOME, valueType)
            .add(DELAYS, DataTypes.createArrayType(DataTypes.LongType));
    Dataset<Row> both = labelRows.unionByName(anchorRows).repartition(partitions, col("__k"));
    return (byEntity ? inTimeOrder(both) : labelsFirst(both))
        .mapPartitions(function(anchors.schema().size()), Encoders.row(result));
  }

  private Dataset<Row> labelRows(StructType anchor, Dataset<Row> labels, long asOfMillis) {
    var valueType = ArchiveSchema.of(LabelValues.type(label));
    Dataset<Row> rows =
        labels
            .filter(col(LabelColumns.REJECTED).isNull())
            .filter(col(OfflineLayout.TS).lt(asOfMillis))
            .mapPartitions(
                new LabelValues(DocumentCodec.write(document)),
                Encoders.row(labels.schema().add(VALUE, valueType)))
            .filter(col(VALUE).isNotNull());
    for (String field : labelFields(document)) {
      rows = rows.filter(col(field).isNotNull());
    }
    return rows.select(
        key(labelFields(document).stream().map(field -> col(field))).as("__k"),
        lit(LABEL).as("__kind"),
        col(OfflineLayout.TS).as("__time"),
        col(label.schema().eventId()).as("__id"),
        col(VALUE).as("__v"),
        lit(null).cast(anchor).as("__r"));
  }

  /** Names that do not depend on which fields they are, so that both sides have one type. */
  private static Column key(java.util.stream.Stream<Column> fields) {
    List<Column> all = fields.toList();
    var named = new Column[all.size()];
    for (int i = 0; i < named.length; i++) {
      named[i] = all.get(i).as("k" + i);
    }
    return struct(named);
  }

  private static Dataset<Row> labelsFirst(Dataset<Row> both) {
    return both.sortWithinPartitions(col("__k"), col("__kind"), col("__time"), col("__id"));
  }

  /**
   * An anchor stands at t0 + gap, behind label events of that instant: it does not answer for them.
   * Anchors of one instant stand in the order of the log.
   */
  private static Dataset<Row> inTimeOrder(Dataset<Row> both) {
    return both.sortWithinPartitions(
        col("__k"),
        col("__time"),
        col("__kind"),
        col("__id"),
        col("__r." + AnchorColumns.PARTITION),
        col("__r." + AnchorColumns.OFFSET));
  }

  private LabelMatchFunction function(int anchorColumns) {
    return new LabelMatchFunction(
        label.match() instanceof LabelMatch.ByEntity ? label.attribution() : Attribution.ALL_TOUCH,
        label.match() instanceof LabelMatch.ByEntity,
        label.gapMillis(),
        label.attributionWindowMillis(),
        LabelValues.type(label).type() == FieldType.BOOLEAN,
        (java.io.Serializable) LabelValues.whenAbsent(label),
        anchorColumns);
  }
}
