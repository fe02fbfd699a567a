package dev.millrace.spark;

import static dev.millrace.spark.fixture.ShopDefinition.DAY;
import static dev.millrace.spark.fixture.ShopDefinition.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.Attribution;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Definition;
import dev.millrace.contract.Entity;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.EventTimeUnit;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.ExtractWiring;
import dev.millrace.contract.LabelDefinition;
import dev.millrace.contract.LabelMatch;
import dev.millrace.contract.SchemaField;
import dev.millrace.contract.SourceFormat;
import dev.millrace.spark.fixture.ArchiveFolder;
import dev.millrace.spark.fixture.ArchivedEvent;
import dev.millrace.spark.fixture.LabelLog;
import dev.millrace.spark.fixture.SharedStack;
import dev.millrace.spark.fixture.ShopDefinition;
import dev.millrace.spark.publish.Manifest;
import dev.millrace.spark.run.Archives;
import dev.millrace.spark.run.Extract;
import dev.millrace.testkit.dataset.HandbookData;
import dev.millrace.testkit.dataset.HandbookData.Transaction;
import dev.millrace.testkit.dataset.SharedData;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The book's training sets: transactions whose outcome is known seven days later are, week by week,
 * the rows and frauds that its authors published.
 *
 * <p>No row is held back at the last instant: an outcome of exactly seven days lies in the window,
 * and the watermark is that of the newest outcome before asOf, which belongs to the newest
 * transaction of the published week.
 */
class HandbookLabelsIT {
  private static final long FROM = millis("2018-07-25");

  /** Older than history.from, so that something is left out. */
  private static final long FIRST_EVENT = millis("2018-07-23");

  private static final long LAST_EVENT = millis("2018-08-23");

  @TempDir Path folder;

  private static long millis(String day) {
    return Instant.parse(day + "T00:00:00Z").toEpochMilli();
  }

  @Test
  void finalisesThePublishedWeeks() throws Exception {
    HandbookData data = HandbookData.find().orElse(null);
    Assumptions.assumeTrue(data != null, SharedData.absent("handbook"));
    var events = new ArrayList<ArchivedEvent>();
    var labels = new ArrayList<LabelLog.Entry>();
    var times = new ArrayList<Long>();
    data.transactions(
        tx -> {
          if (tx.tsMillis() >= FIRST_EVENT && tx.tsMillis() < LAST_EVENT) {
            events.add(event(tx));
            labels.add(outcome(tx));
            times.add(tx.tsMillis());
          }
        });
    var archive = new ArchiveFolder(folder.resolve("payments"));
    archive.version(pipeline(), 1, Map.of(0, 0L));
    archive.append(pipeline(), 1, events, 2);
    archive.clock(1, LAST_EVENT);
    LabelLog topic = LabelLog.create(1);
    topic.append(labels);
    ExtractDocument document = document(archive, topic);

    Manifest week = run(document, "2018-08-08");
    Manifest weeks = run(document, "2018-08-22");

    assertThat(week.states().finalised()).isEqualTo(67_240);
    assertThat(week.positives()).isEqualTo(598);
    assertThat(week.states().pending()).isEqualTo(between(times, "2018-08-01", "2018-08-08"));
    assertThat(weeks.states().finalised()).isEqualTo(201_295);
    assertThat(week.positives() + weeks.positives()).isEqualTo(1_792);
    assertThat(weeks.states().pending()).isEqualTo(between(times, "2018-08-15", "2018-08-22"));
    assertThat(weeks.corrections()).isEqualTo(Manifest.Corrections.NONE);
    assertThat(weeks.delays().p50Millis()).isEqualTo(7 * DAY);
  }

  private static long between(List<Long> times, String from, String to) {
    return times.stream().filter(ts -> ts >= millis(from) && ts < millis(to)).count();
  }

  private static Manifest run(ExtractDocument document, String day) {
    try (var archives = new Archives(SharedStack.spark(), document)) {
      Instant asOf = Instant.ofEpochMilli(millis(day));
      return new Extract(SharedStack.spark(), document, asOf, archives).run().manifest();
    }
  }

  private ExtractDocument document(ArchiveFolder archive, LabelLog topic) {
    var whole =
        ShopDefinition.document(
            ShopDefinition.joined(pipeline(), 1, archive.location()),
            "",
            label(),
            0,
            ShopDefinition.UNJUDGED,
            new ExtractWiring(
                topic.bootstrapServers(),
                "",
                topic.topic(),
                folder.resolve("frauds").toUri().toString()));
    return ShopDefinition.since(ShopDefinition.withoutFeatures(whole), FROM);
  }

  private static ArchivedEvent event(Transaction tx) {
    long ts = tx.tsMillis();
    List<Object> fields = List.of(tx.id(), tx.customer(), ts);
    return new ArchivedEvent(fields, ts, ts, Long.toString(tx.id()), 0, tx.id(), ts + 1000);
  }

  private static LabelLog.Entry outcome(Transaction tx) {
    long ts = tx.tsMillis() + 7 * DAY;
    String json =
        "{\"id\":%d,\"tx\":%d,\"fraud\":%s,\"at\":%d}".formatted(tx.id(), tx.id(), tx.fraud(), ts);
    return new LabelLog.Entry(0, ts, json);
  }

  private static Definition pipeline() {
    var schema =
        schema(
            "tx",
            "ts",
            field("tx", ColumnType.LONG, false),
            field("customer", ColumnType.LONG, false),
            field("ts", ColumnType.LONG, false));
    var customer =
        new Entity(
            "customer",
            List.of("customer"),
            List.of(ShopDefinition.feature("n", Aggregation.COUNT, "", "", "1d")),
            List.of());
    return new Definition(1000, schema, 0, DAY, List.of(customer), Definition.NUMERICS_VERSION);
  }

  private static LabelDefinition label() {
    var schema =
        schema(
            "id",
            "at",
            field("id", ColumnType.LONG, false),
            field("tx", ColumnType.LONG, false),
            field("fraud", ColumnType.BOOLEAN, false),
            field("at", ColumnType.LONG, false));
    return new LabelDefinition(
        "is_fraud",
        schema,
        new LabelMatch.ByReference("tx", "tx"),
        "fraud",
        "false",
        0,
        7 * DAY,
        0,
        0,
        Attribution.LAST_TOUCH);
  }

  private static EventSchema schema(String id, String time, SchemaField... fields) {
    return new EventSchema(
        SourceFormat.JSON, List.of(fields), id, time, EventTimeUnit.MILLIS, 0, 300_000);
  }
}
