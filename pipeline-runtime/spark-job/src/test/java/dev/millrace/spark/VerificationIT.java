package dev.millrace.spark;

import static dev.millrace.spark.fixture.ShopDefinition.DAY;
import static dev.millrace.spark.fixture.ShopDefinition.MINUTE;
import static dev.millrace.spark.fixture.ShopEvents.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.spark.archive.ArchiveListing;
import dev.millrace.spark.fixture.ArchivedEvent;
import dev.millrace.spark.fixture.FeatureLog;
import dev.millrace.spark.fixture.SharedStack;
import dev.millrace.spark.fixture.ShopEvents;
import dev.millrace.spark.fixture.ShopWorld;
import dev.millrace.spark.run.RunInputs;
import dev.millrace.spark.run.RunName;
import dev.millrace.spark.storage.CanonicalJson;
import dev.millrace.spark.storage.OfflineStorage;
import dev.millrace.spark.verify.Verification;
import dev.millrace.spark.verify.VerifyReport;
import dev.millrace.spark.verify.VerifyRequest;
import dev.millrace.spark.verify.VerifyRequest.RowRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks of VerifyMain: they pass on what is right and find what is wrong. */
class VerificationIT {
  private static final long AS_OF = START + 20 * DAY;
  private static final int EVENTS = 2_500;
  private static final long SEED = 7;

  @TempDir Path folder;
  private ShopWorld world;
  private List<ArchivedEvent> events;

  @BeforeEach
  void archiveWithLabels() throws Exception {
    System.out.println("seed " + SEED);
    world = new ShopWorld(folder, 1);
    events = ShopEvents.generate(SEED, EVENTS, 6);
    world.archive(events, AS_OF);
    world.labels().append(List.of(world.label(0, -1, true, AS_OF - MINUTE)));
  }

  private void log(String entity, boolean tampered) {
    var log = new FeatureLog(world.definition(), entity);
    List<Row> rows = new ArrayList<>(log.rows(new ArrayList<>(events), AS_OF));
    if (tampered) {
      Row row = rows.get(5);
      var cells = new Object[row.size()];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = row.get(i);
      }
      cells[2] = row.getLong(2) + 1;
      rows.set(5, RowFactory.create(cells));
    }
    world.archive().appendFeatures(1, entity, log.type(), rows);
  }

  private VerifyReport verify(VerifyRequest request) {
    ExtractDocument document = world.document();
    return new Verification(SharedStack.spark(), document, Instant.ofEpochMilli(AS_OF))
        .run(request);
  }

  @Test
  void holdsOnACorrectLogAndShowsRows() throws Exception {
    // A first version whose clock was written long after its first rows: all of them count.
    world.archive().version(world.definition(), 1, Map.of(0, 0L), AS_OF - DAY);
    log("customer", false);
    log("item", false);
    long logged =
        SharedStack.spark()
                .read()
                .parquet(world.archive().location() + "/features/v=1/customer")
                .count()
            + SharedStack.spark()
                .read()
                .parquet(world.archive().location() + "/features/v=1/item")
                .count();
    long t = START + 3 * DAY;

    var report =
        verify(
            new VerifyRequest(
                100,
                2,
                List.of(
                    new RowRequest("item", "item-3", t),
                    new RowRequest("customer", "5", t),
                    new RowRequest("customer", "12345", t))));

    assertThat(report.parity().rows()).isEqualTo(logged).isPositive();
    assertThat(report.parity().byColumn()).isEmpty();
    assertThat(report.leak()).isEqualTo(new VerifyReport.Leak(100, 0, 100, List.of()));
    assertThat(report.holds()).isTrue();
    assertThat(report.rows())
        .extracting(VerifyReport.ComputedRow::key)
        .containsExactly("item-3", "5", "12345");
    assertThat(report.rows().get(1).columns().get("n_1d"))
        .isEqualTo(Long.toString(visible(1, 5L, t)));
    assertThat(report.rows().get(2).columns())
        .containsEntry("n_1d", "0")
        .containsEntry("last_item_1d", null);
    assertThat(report.trainingSet().firstRows()).hasSize(2);
    assertThat(CanonicalJson.inOrder(report)).contains("\"futureChangedDiffer\" : 0");
    assertThat(report.seconds()).containsKeys("extract", "parity", "leak", "rows");
  }

  private long visible(int field, Object key, long t) {
    return events.stream()
        .filter(event -> key.equals(event.fields().get(field)))
        .filter(event -> event.ts() >= t - DAY && event.ts() < t && event.visibleFrom() <= t)
        .count();
  }

  /** Each row's future is changed, then one event inside one of its windows. */
  @Test
  void noneOfTwoThousandChangedFuturesShowsAndEveryChangedPastDoes() {
    var report = verify(new VerifyRequest(2_000, 0, List.of()));

    assertThat(report.leak()).isEqualTo(new VerifyReport.Leak(2_000, 0, 2_000, List.of()));
  }

  @Test
  void findsTheOneRowOfTheLogThatIsWrong() {
    log("customer", true);

    var report = verify(new VerifyRequest(0, 0, List.of()));

    assertThat(report.parity().mismatches()).isEqualTo(1);
    assertThat(report.parity().byColumn()).containsExactly(Map.entry("customer__n_1h", 1L));
    assertThat(report.holds()).isFalse();
  }

  @Test
  void findsATrainingSetThatSawTheFuture() throws Exception {
    verify(new VerifyRequest(0, 0, List.of()));
    // Late events that the run did not have come in as if they had been visible all along.
    var smuggled = new ArrayList<ArchivedEvent>();
    for (ArchivedEvent event : events.subList(0, EVENTS / 2)) {
      smuggled.add(
          new ArchivedEvent(
              event.fields(),
              event.ts(),
              event.arrival(),
              event.id(),
              1,
              event.offset(),
              event.visibleFrom()));
    }
    world.archive().append(world.definition(), 1, smuggled, 1);
    rewriteInputs();

    var report = verify(new VerifyRequest(60, 0, List.of()));

    assertThat(report.leak().futureChangedDiffer()).isPositive();
    assertThat(report.holds()).isFalse();
  }

  /** Makes the run's inputs name the archive as it is now. */
  private void rewriteInputs() throws Exception {
    String run = RunName.of(Instant.ofEpochMilli(AS_OF));
    Path file = world.trainingSet().resolve(RunInputs.path(run));
    var before = CanonicalJson.read("inputs", Files.readString(file), RunInputs.class);
    var hadoop = SharedStack.spark().sparkContext().hadoopConfiguration();
    var archive = new OfflineStorage(world.archive().location(), hadoop);
    var now = ArchiveListing.list(world.document().anchor(), archive);
    var after =
        new RunInputs(
            before.codec(),
            before.asOf(),
            before.documentHash(),
            before.labelTopic(),
            before.labelTopicId(),
            before.labelOffsets(),
            before.surrogates(),
            before.earlierRuns(),
            Map.of("sales", now),
            before.shufflePartitions());
    Files.writeString(file, CanonicalJson.pretty(after));
  }
}
