package dev.millrace.spark;

import static dev.millrace.spark.fixture.ShopDefinition.DAY;
import static dev.millrace.spark.fixture.ShopDefinition.field;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Definition;
import dev.millrace.contract.Entity;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.EventTimeUnit;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.ExtractWiring;
import dev.millrace.contract.Feature;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.contract.Precision;
import dev.millrace.contract.SourceFormat;
import dev.millrace.spark.archive.ArchiveListing;
import dev.millrace.spark.archive.ArchiveReader;
import dev.millrace.spark.archive.DayRange;
import dev.millrace.spark.feature.EntityPlan;
import dev.millrace.spark.feature.FeatureStage;
import dev.millrace.spark.fixture.ArchiveFolder;
import dev.millrace.spark.fixture.ArchivedEvent;
import dev.millrace.spark.fixture.SharedStack;
import dev.millrace.spark.fixture.ShopDefinition;
import dev.millrace.spark.storage.OfflineStorage;
import dev.millrace.testkit.dataset.HandbookData;
import dev.millrace.testkit.dataset.HandbookData.SliceRow;
import dev.millrace.testkit.dataset.HandbookData.Transaction;
import dev.millrace.testkit.dataset.SharedData;
import dev.millrace.testkit.dataset.WindowFigures;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Published features of one customer and one terminal in twenty, recomputed by Spark: all equal.
 */
class HandbookIT {
  private static final String[] WINDOWS = {"1d", "7d", "30d"};
  private static final long SECOND = 1000;

  @TempDir Path folder;
  private HandbookData data;

  @BeforeEach
  void find() {
    data = HandbookData.find().orElse(null);
    Assumptions.assumeTrue(data != null, SharedData.absent("handbook"));
  }

  @Test
  void customers() throws Exception {
    List<SliceRow> slice = data.customerSlice();
    Map<Long, WindowFigures> computed = figures("customer", slice, "n", "amount");
    var amounts = new HashMap<Long, Long>();
    slice.forEach(row -> amounts.put(row.transaction().id(), row.transaction().amountCents()));
    var otherOfFirst = new HashMap<Long, Long>();
    data.customerTies().forEach(tie -> otherOfFirst.put(tie.first(), tie.second()));

    for (SliceRow row : slice) {
      long id = row.transaction().id();
      WindowFigures own = computed.get(id);
      // The publisher's unstable sort: its first of a tie does not contain the second, ours does.
      Long other = otherOfFirst.get(id);
      WindowFigures comparable = other == null ? own : own.without(amounts.get(other));
      assertThat(comparable).as("transaction %d", id).isEqualTo(row.figures());
    }
    assertThat(slice.size()).isEqualTo(79_610);
  }

  @Test
  void terminals() throws Exception {
    List<SliceRow> slice = data.terminalSlice();
    Map<Long, WindowFigures> computed = figures("terminal", slice, "n", "frauds");

    for (SliceRow row : slice) {
      long id = row.transaction().id();
      assertThat(computed.get(id)).as("transaction %d", id).isEqualTo(row.figures());
    }
    assertThat(slice.size()).isEqualTo(88_105);
  }

  private Map<Long, WindowFigures> figures(
      String entity, List<SliceRow> slice, String count, String sum) throws Exception {
    var archive = new ArchiveFolder(folder.resolve(entity));
    archive.version(definition(), 1, Map.of(0, 0L));
    archive.append(definition(), 1, slice.stream().map(HandbookIT::event).toList(), 1);
    var document = document(archive);
    var storage =
        new OfflineStorage(
            archive.location(), SharedStack.spark().sparkContext().hadoopConfiguration());
    var input = ArchiveListing.list(document.anchor(), storage);
    Dataset<Row> events =
        new ArchiveReader(SharedStack.spark(), storage, input, definition().schema())
            .events(DayRange.ALL);
    Dataset<Row> requests =
        events.select(
            col("id").as("__id"),
            col(entity).as("__key"),
            col(OfflineLayout.TS).plus(SECOND).as("__t"));
    var rows =
        new FeatureStage(EntityPlan.whole(document, "sales", entity), 4)
            .append(requests, List.of(col("__key")), col("__t"), events, name -> name)
            .collectAsList();
    var figures = new HashMap<Long, WindowFigures>();
    for (Row row : rows) {
      figures.put(
          row.getAs("__id"),
          new WindowFigures(
              row.<Long>getAs(count + "_1d"),
              row.<Long>getAs(sum + "_1d"),
              row.<Long>getAs(count + "_7d"),
              row.<Long>getAs(sum + "_7d"),
              row.<Long>getAs(count + "_30d"),
              row.<Long>getAs(sum + "_30d")));
    }
    return figures;
  }

  private static ArchivedEvent event(SliceRow row) {
    Transaction tx = row.transaction();
    List<Object> fields =
        List.of(tx.id(), tx.customer(), tx.terminal(), tx.amountCents(), tx.fraud(), tx.tsMillis());
    long ts = tx.tsMillis();
    return new ArchivedEvent(fields, ts, ts, Long.toString(tx.id()), 0, tx.id(), ts + SECOND);
  }

  private static ExtractDocument document(ArchiveFolder archive) {
    return ShopDefinition.document(
        ShopDefinition.joined(definition(), 1, archive.location()),
        "",
        ShopDefinition.label(),
        0,
        ShopDefinition.UNJUDGED,
        new ExtractWiring("unused:9092", "", "unused", "file:/unused"));
  }

  private static Definition definition() {
    var schema =
        new EventSchema(
            SourceFormat.JSON,
            List.of(
                field("id", ColumnType.LONG, false),
                field("customer", ColumnType.LONG, false),
                field("terminal", ColumnType.LONG, false),
                field("amount_cents", ColumnType.LONG, false),
                field("fraud", ColumnType.BOOLEAN, false),
                field("ts", ColumnType.LONG, false)),
            "id",
            "ts",
            EventTimeUnit.MILLIS,
            0,
            300_000);
    var customer =
        new Entity(
            "customer",
            List.of("customer"),
            List.of(
                ShopDefinition.feature("n", Aggregation.COUNT, "", "", WINDOWS),
                ShopDefinition.feature("amount", Aggregation.SUM, "amount_cents", "", WINDOWS)),
            List.of());
    var terminal =
        new Entity(
            "terminal",
            List.of("terminal"),
            List.of(shifted("n", ""), shifted("frauds", "fraud")),
            List.of());
    return new Definition(
        SECOND, schema, 0, DAY, List.of(customer, terminal), Definition.NUMERICS_VERSION);
  }

  private static Feature shifted(String name, String where) {
    return new Feature(
        name, Aggregation.COUNT, "", where, List.of(WINDOWS), 7 * DAY, "", Precision.EXACT, "");
  }
}
