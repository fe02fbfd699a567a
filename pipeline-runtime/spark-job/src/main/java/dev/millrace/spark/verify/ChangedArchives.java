package dev.millrace.spark.verify;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.millrace.contract.Definition;
import dev.millrace.contract.Entity;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.contract.SchemaField;
import dev.millrace.spark.archive.ArchiveSchema;
import java.time.Instant;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Changes of an archive of which every sample has a copy of its own: events carry the sample's
 * number, T and t0.
 */
final class ChangedArchives {
  static final String SAMPLE = "__sample";
  static final String SAMPLE_T = "__sample_t";
  static final String SAMPLE_T0 = "__sample_t0";

  private static final long SHIFT = 1_000_003;

  private final Definition definition;
  private final Entity entity;

  ChangedArchives(Definition definition, Entity entity) {
    this.definition = definition;
    this.entity = entity;
  }

  /**
   * Everything that serving could not know at T is different: each event not visible at T has other
   * values, there are late copies of what is in the windows, and new events from t0 on.
   */
  Dataset<Row> future(Dataset<Row> events) {
    Column unseen = col(OfflineLayout.VISIBLE_FROM).gt(col(SAMPLE_T));
    Dataset<Row> changed = events;
    for (SchemaField field : definition.schema().fields()) {
      if (isPayload(field)) {
        Column old = col(field.name());
        changed = changed.withColumn(field.name(), when(unseen, other(field, old)).otherwise(old));
      }
    }
    Column mirrored = lit(2).multiply(col(SAMPLE_T0)).minus(col(OfflineLayout.TS));
    Dataset<Row> later =
        events
            .filter(col(OfflineLayout.TS).leq(col(SAMPLE_T0)))
            .withColumn(OfflineLayout.TS, mirrored)
            .withColumn(OfflineLayout.VISIBLE_FROM, nextGridPoint(col(OfflineLayout.TS)));
    Dataset<Row> lateCopies =
        events
            .filter(col(OfflineLayout.TS).lt(col(SAMPLE_T)))
            .withColumn(
                OfflineLayout.VISIBLE_FROM, col(SAMPLE_T).plus(lit(definition.slideMillis())));
    return changed.unionByName(later).unionByName(lateCopies);
  }

  /** One event inside the window, the newest, is gone. */
  Dataset<Row> past(Dataset<Row> events, SampledWindow window) {
    Dataset<Row> newest =
        events
            .filter(window.holds(col(SAMPLE_T)))
            .groupBy(SAMPLE)
            .agg(
                max(struct(
                        col(OfflineLayout.TS),
                        col(OfflineLayout.PARTITION),
                        col(OfflineLayout.OFFSET)))
                    .as("__newest"))
            .select(
                col(SAMPLE).as("__gone"),
                col("__newest." + OfflineLayout.PARTITION).as("__gone_partition"),
                col("__newest." + OfflineLayout.OFFSET).as("__gone_offset"));
    Column same =
        col(SAMPLE)
            .equalTo(col("__gone"))
            .and(col(OfflineLayout.PARTITION).equalTo(col("__gone_partition")))
            .and(col(OfflineLayout.OFFSET).equalTo(col("__gone_offset")));
    return events.join(broadcast(newest), same, "left_anti");
  }

  private boolean isPayload(SchemaField field) {
    EventSchema schema = definition.schema();
    return !entity.keys().contains(field.name())
        && !field.name().equals(schema.eventId())
        && !field.name().equals(schema.eventTimeField());
  }

  private static Column other(SchemaField field, Column old) {
    return switch (field.type().type()) {
      case STRING -> concat(coalesce(old, lit("")), lit("~changed"));
      case LONG -> coalesce(old, lit(0L)).bitwiseXOR(lit(SHIFT)); // a sum could overflow
      case DOUBLE -> coalesce(old, lit(0.0)).plus(lit((double) SHIFT));
      case BOOLEAN -> not(coalesce(old, lit(false)));
      case DECIMAL ->
          when(coalesce(old, lit(0)).equalTo(lit(0)), lit(1))
              .otherwise(lit(0))
              .cast(ArchiveSchema.of(field.type()));
      case TIMESTAMP -> coalesce(old, lit(Instant.EPOCH)).plus(expr("INTERVAL 1 SECOND"));
    };
  }

  private Column nextGridPoint(Column ts) {
    long slide = definition.slideMillis();
    return ts.minus(pmod(ts, lit(slide))).plus(lit(slide));
  }
}
