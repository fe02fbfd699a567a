package dev.millrace.spark;

import static dev.millrace.spark.fixture.ShopDefinition.DAY;
import static dev.millrace.spark.fixture.ShopEvents.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.Definition;
import dev.millrace.contract.Entity;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.ExtractWiring;
import dev.millrace.spark.archive.ArchiveListing;
import dev.millrace.spark.archive.ArchiveReader;
import dev.millrace.spark.fixture.ArchiveFolder;
import dev.millrace.spark.fixture.ArchivedEvent;
import dev.millrace.spark.fixture.FeatureLog;
import dev.millrace.spark.fixture.SharedStack;
import dev.millrace.spark.fixture.ShopDefinition;
import dev.millrace.spark.fixture.ShopEvents;
import dev.millrace.spark.storage.OfflineStorage;
import dev.millrace.spark.verify.ParityCheck;
import dev.millrace.spark.verify.VerifyReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One history written by two versions of a pipeline (semantics.md §6): each event is read from the
 * version that owns its offset, and each version's feature log is what is recomputed.
 */
class VersionsIT {
  private static final long SEED = 11;
  private static final int EVENTS = 1_200;

  /** The second version archives from here on; the first goes on until it has been replaced. */
  private static final int TAKEN_OVER = 700;

  private static final int STOPPED = 900;
  private static final long END = START + 8 * DAY;

  @TempDir Path folder;

  @Test
  void everyEventIsReadFromTheVersionThatOwnsIt() throws Exception {
    System.out.println("seed " + SEED);
    Definition first = ShopDefinition.definition();
    Definition second = withOneFeatureMore(first);
    List<ArchivedEvent> log = ShopEvents.generate(SEED, EVENTS, 6);
    // The first version's copies of what the second owns tell another story.
    var ofFirst = new ArrayList<>(log.subList(0, TAKEN_OVER));
    log.subList(TAKEN_OVER, STOPPED).forEach(event -> ofFirst.add(other(event)));
    List<ArchivedEvent> ofSecond = log.subList(TAKEN_OVER, EVENTS);
    var archive = new ArchiveFolder(folder);
    archive.version(first, 1, Map.of(0, 0L), START);
    archive.version(second, 2, Map.of(0, (long) TAKEN_OVER), START);
    archive.append(first, 1, ofFirst, 2);
    archive.append(second, 2, ofSecond, 2);
    archive.clock(1, END);
    archive.clock(2, END);
    long loggedByFirst = log(archive, first, 1, ofFirst);
    long loggedBySecond = log(archive, second, 2, log);

    VerifyReport.Parity ofOne = parity(archive, first, 1);
    VerifyReport.Parity ofTwo = parity(archive, second, 2);

    assertThat(ofOne).isEqualTo(new VerifyReport.Parity(loggedByFirst, 0, Map.of()));
    assertThat(ofTwo).isEqualTo(new VerifyReport.Parity(loggedBySecond, 0, Map.of()));

    // Events read from the wrong version would show.
    archive.version(second, 2, Map.of(0, (long) STOPPED), START);
    assertThat(parity(archive, second, 2).mismatches()).isPositive();
  }

  private static Definition withOneFeatureMore(Definition first) {
    var entities = new ArrayList<>(first.entities());
    Entity customer = entities.get(0);
    var features = new ArrayList<>(customer.features());
    features.add(ShopDefinition.feature("dearest", Aggregation.MAX, "amount", "", "1d"));
    entities.set(0, new Entity(customer.name(), customer.keys(), features, customer.derived()));
    return new Definition(
        first.slideMillis(),
        first.schema(),
        first.allowedLatenessMillis(),
        first.deduplicationHorizonMillis(),
        entities,
        first.numericsVersion());
  }

  private static ArchivedEvent other(ArchivedEvent event) {
    var fields = new ArrayList<>(event.fields());
    fields.set(4, 5000.0);
    return new ArchivedEvent(
        fields,
        event.ts(),
        event.arrival(),
        event.id(),
        event.partition(),
        event.offset(),
        event.visibleFrom());
  }

  /** Rows written. */
  private static long log(
      ArchiveFolder archive, Definition definition, int version, List<ArchivedEvent> events) {
    long rows = 0;
    for (Entity entity : definition.entities()) {
      var log = new FeatureLog(definition, entity.name());
      List<Row> some = log.rows(new ArrayList<>(events), END);
      archive.appendFeatures(version, entity.name(), log.type(), some);
      rows += some.size();
    }
    assertThat(rows).isGreaterThan(EVENTS);
    return rows;
  }

  private static VerifyReport.Parity parity(
      ArchiveFolder archive, Definition definition, int version) {
    ExtractDocument document =
        ShopDefinition.document(
            ShopDefinition.joined(definition, version, archive.location()),
            "",
            ShopDefinition.label(),
            0,
            ShopDefinition.UNJUDGED,
            new ExtractWiring("unused:9092", "", "unused", "file:/unused"));
    var spark = SharedStack.spark();
    var storage =
        new OfflineStorage(archive.location(), spark.sparkContext().hadoopConfiguration());
    var check = new ParityCheck(spark, document, 4);
    var input = ArchiveListing.list(document.anchor(), storage);
    return check.compare(new ArchiveReader(spark, storage, input, definition.schema()));
  }
}
