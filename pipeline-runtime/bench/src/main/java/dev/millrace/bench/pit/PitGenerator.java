package dev.millrace.bench.pit;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_millis;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.xxhash64;

import dev.millrace.contract.Accounting;
import dev.millrace.contract.DefinitionHash;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.DurationText;
import dev.millrace.contract.ExtractWiring;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.contract.ProgressFile;
import dev.millrace.contract.VersionsFile;
import dev.millrace.spark.SparkSessions;
import dev.millrace.spark.archive.ArchiveSchema;
import dev.millrace.spark.feature.EntityPlan;
import dev.millrace.spark.feature.FeatureStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Writes a {@link PitWorkload}: events as the job archives them, the feature log as the job writes
 * it (one row per T at which a card's values changed, by our own kernel) and the anchors.
 */
public final class PitGenerator {
  private static final String INDEX = "id";
  private static final int PARTITIONS = 16;
  private static final int ANCHORS_PER_FRAUD = 50;
  private static final int LARGEST_AMOUNT = 100_000;
  private static final long ARRIVAL_DELAY = 1_500;

  private final PitWorkload workload;
  private final SparkSession spark;

  private PitGenerator(PitWorkload workload, SparkSession spark) {
    this.workload = workload;
    this.spark = spark;
  }

  /** Arguments: those of {@link PitWorkload#of}. */
  public static void main(String[] arguments) {
    PitWorkload workload = PitWorkload.of(List.of(arguments));
    SparkSessions.with(
        spark -> {
          spark.conf().set("spark.sql.parquet.compression.codec", "zstd");
          new PitGenerator(workload, spark).write();
          return null;
        });
  }

  private void write() throws IOException {
    byDay(events(), OfflineLayout.TS, workload.archive());
    writeProgress();
    Dataset<Row> archived =
        spark
            .read()
            .schema(ArchiveSchema.events(PitDefinition.definition().schema()))
            .parquet(uri(workload.archive()));
    byDay(featureLog(archived), OfflineLayout.AS_OF, workload.featureLog());
    Column t0 = col(OfflineLayout.TS);
    Column latest = t0.minus(PitDefinition.SERVING_DELAY);
    Dataset<Row> anchors =
        archived
            .filter(col(PitDefinition.SAMPLED))
            .select(
                col(PitDefinition.ID),
                col(PitDefinition.KEY),
                t0.as("t0"),
                latest.minus(pmod(latest, lit(PitDefinition.SLIDE))).as("t"));
    anchors.write().parquet(uri(workload.anchors()));
    labels(anchors).coalesce(1).write().text(uri(workload.labels()));
  }

  /** Frauds reported two days later, and a last report by which every anchor is final. */
  private Dataset<Row> labels(Dataset<Row> anchors) {
    Column ts = col("t0").plus(Duration.ofDays(2).toMillis());
    Column last = lit(workload.asOf().minusSeconds(1).toEpochMilli());
    Column none = lit("none");
    return anchors
        .filter(random(col(PitDefinition.ID), 4, ANCHORS_PER_FRAUD).equalTo(0))
        .select(label(col(PitDefinition.ID), ts))
        .unionAll(spark.range(1).select(label(none, last)));
  }

  private static Column label(Column id, Column ts) {
    return to_json(
        struct(
            concat(lit("report-"), id).as("report_id"),
            id.as(PitDefinition.ID),
            lit(true).as("fraud"),
            ts.as("ts")));
  }

  private Dataset<Row> events() {
    long minutes = PitWorkload.SLOT / PitDefinition.SLIDE;
    Column key = pmod(col(INDEX), lit(workload.keys()));
    boolean paced = workload.pace() == PitWorkload.Pace.PACED;
    Column minute = random(paced ? key : col(INDEX), 0, minutes);
    Column ordinal = floor(col(INDEX).divide(lit(workload.keys()))).cast("long");
    Column ts =
        lit(PitWorkload.START)
            .plus(ordinal.multiply(PitWorkload.SLOT))
            .plus(minute.multiply(PitDefinition.SLIDE))
            .plus(random(col(INDEX), 1, PitDefinition.SLIDE));
    Column id = format_string("t%09d", col(INDEX));
    return spark
        .range(0, workload.events(), 1, PARTITIONS)
        .select(
            id.as(PitDefinition.ID),
            format_string("c%07d", key).as(PitDefinition.KEY),
            random(col(INDEX), 2, LARGEST_AMOUNT).plus(1).as(PitDefinition.AMOUNT),
            random(col(INDEX), 3, PitWorkload.EVENTS_PER_ANCHOR)
                .equalTo(0)
                .and(ordinal.gt(0)) // before a card's first event a feature log has no row for it
                .as(PitDefinition.SAMPLED),
            ts.as("ts"),
            ts.as(OfflineLayout.TS),
            ts.plus(ARRIVAL_DELAY).as(OfflineLayout.ARRIVAL),
            id.as(OfflineLayout.EVENT_ID),
            lit(0).as(OfflineLayout.PARTITION),
            col(INDEX).as(OfflineLayout.OFFSET),
            ts.minus(pmod(ts, lit(PitDefinition.SLIDE)))
                .plus(PitDefinition.SLIDE)
                .as(OfflineLayout.VISIBLE_FROM));
  }

  private Column random(Column of, int salt, long below) {
    return pmod(xxhash64(of, lit(workload.seed() + salt)), lit(below));
  }

  private Dataset<Row> featureLog(Dataset<Row> archived) {
    var plan =
        EntityPlan.whole(
            PitDefinition.extract(uri(workload.pipeline()), new ExtractWiring("", "", "", "")),
            PitDefinition.PIPELINE,
            PitDefinition.ENTITY);
    Dataset<Row> changes =
        archived
            .select(
                col(PitDefinition.KEY),
                explode(changesOf(col(OfflineLayout.VISIBLE_FROM))).as(OfflineLayout.AS_OF))
            .filter(col(OfflineLayout.AS_OF).leq(workload.end()));
    if (workload.pace() == PitWorkload.Pace.IRREGULAR) {
      changes = changes.dropDuplicates();
    }
    return new FeatureStage(plan, PARTITIONS)
        .append(
            changes,
            List.of(col(PitDefinition.KEY)),
            col(OfflineLayout.AS_OF),
            archived,
            column -> column);
  }

  /** T at which an event enters, and those at which it leaves each window. */
  private Column changesOf(Column visible) {
    var changes = new ArrayList<Column>();
    changes.add(visible);
    if (workload.pace() == PitWorkload.Pace.IRREGULAR) {
      PitDefinition.WINDOWS.forEach(
          window -> changes.add(visible.plus(DurationText.millis(window))));
    }
    return array(changes.toArray(Column[]::new));
  }

  /** Rows of a day in the order of time, as a job appends them. */
  private void byDay(Dataset<Row> rows, String time, Path target) {
    Column day = date_format(timestamp_millis(col(time)), "yyyy-MM-dd");
    rows.withColumn("dt", concat(lit(""), day))
        .repartition(PARTITIONS, col("dt"))
        .sortWithinPartitions(col("dt"), col(time))
        .write()
        .partitionBy("dt")
        .parquet(uri(target));
  }

  private void writeProgress() throws IOException {
    var version =
        new VersionsFile.Version(
            DefinitionHash.of(PitDefinition.definition()),
            "uid-pipeline",
            "topic",
            Map.of(0, 0L),
            PitWorkload.START);
    write(
        OfflineLayout.VERSIONS,
        DocumentCodec.write(new VersionsFile(Map.of(PitWorkload.VERSION, version))));
    var nothing = new Accounting(0, 0, 0, 0, 0, 0, 0, 0);
    write(
        OfflineLayout.progress(PitWorkload.VERSION),
        DocumentCodec.write(
            new ProgressFile(PitWorkload.VERSION, 1, workload.end(), Map.of(), nothing)));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(workload.pipeline().resolve(name), text);
  }

  static String uri(Path path) {
    return path.toUri().toString().replaceAll("/$", "");
  }
}
