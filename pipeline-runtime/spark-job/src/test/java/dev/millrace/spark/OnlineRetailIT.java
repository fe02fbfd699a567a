package dev.millrace.spark;

import static dev.millrace.spark.fixture.ShopDefinition.DAY;
import static dev.millrace.spark.fixture.ShopDefinition.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.ExtractWiring;
import dev.millrace.contract.JoinedPipeline;
import dev.millrace.spark.fixture.ArchiveFolder;
import dev.millrace.spark.fixture.ArchivedEvent;
import dev.millrace.spark.fixture.LabelLog;
import dev.millrace.spark.fixture.SharedStack;
import dev.millrace.spark.fixture.ShopDefinition;
import dev.millrace.spark.publish.Manifest;
import dev.millrace.spark.run.Archives;
import dev.millrace.spark.run.Extract;
import dev.millrace.testkit.dataset.OnlineRetailData;
import dev.millrace.testkit.dataset.OnlineRetailData.Sale;
import dev.millrace.testkit.dataset.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real sales and real returns: windows, positives and what was visible at three cutoffs, each equal
 * to what DuckDB, SQLite and plain Python computed.
 *
 * <p>The data have minutes; a return is taken to be reported one millisecond after its minute
 * began. Fourteen returns carry the minute of their purchase, and at t0 itself there is no label
 * (semantics.md §8).
 */
class OnlineRetailIT {
  private static final long REPORTED_AFTER = 1;

  @TempDir static Path folder;
  private static OnlineRetailData data;
  private static ArchiveFolder archive;
  private static LabelLog labels;
  private static Map<Long, Long> returned;
  private static long end;

  @BeforeAll
  static void archiveAllSales() throws Exception {
    data = OnlineRetailData.find().orElse(null);
    Assumptions.assumeTrue(data != null, SharedData.absent("online_retail"));
    archive = new ArchiveFolder(folder.resolve("sales"));
    archive.version(RetailDefinition.pipeline(), 1, Map.of(0, 0L));
    var events = new ArrayList<ArchivedEvent>();
    for (Sale sale : data.sales()) {
      long ts = sale.tsMillis();
      List<Object> fields =
          List.of(sale.row(), sale.customer(), sale.quantity(), sale.amountMilli(), ts);
      String id = Long.toString(sale.row());
      events.add(new ArchivedEvent(fields, ts, ts, id, 0, sale.row(), ts + MINUTE));
      end = Math.max(end, ts + MINUTE);
    }
    archive.append(RetailDefinition.pipeline(), 1, events, 2);
    archive.clock(1, end + 1000 * DAY);
    labels = LabelLog.create(1);
    var entries = new ArrayList<LabelLog.Entry>();
    returned = FirstReturns.of(data.sales());
    returned.forEach((row, ts) -> entries.add(entry(row, ts + REPORTED_AFTER)));
    for (long cutoff : new long[] {1298937600, 1304208000, 1309478400}) {
      entries.add(entry(-1, cutoff * 1000 - 1)); // the feed is alive up to the cutoff
    }
    entries.add(entry(-1, end + 500 * DAY));
    labels.append(entries);
  }

  private static LabelLog.Entry entry(long row, long ts) {
    String json = "{\"id\":\"%d-%d\",\"row\":%d,\"at\":%d}".formatted(row, ts, row, ts);
    return new LabelLog.Entry(0, ts, json);
  }

  private static ExtractDocument document(
      String name, String where, long attributionWindow, boolean withFeatures) {
    JoinedPipeline pipeline =
        ShopDefinition.joined(RetailDefinition.pipeline(), 1, archive.location());
    String location = folder.resolve(name).toUri().toString();
    var to = new ExtractWiring(labels.bootstrapServers(), "", labels.topic(), location);
    var document =
        ShopDefinition.document(
            pipeline,
            where,
            RetailDefinition.label(attributionWindow),
            0,
            ShopDefinition.UNJUDGED,
            to);
    return new ExtractDocument(
        document.codec(),
        document.namespace(),
        document.labelWindow(),
        document.resourceUid(),
        document.anchorPipeline(),
        document.anchor(),
        document.anchorWhere(),
        withFeatures ? document.pipelines() : List.of(),
        document.label(),
        document.surrogates(),
        document.servingDelayMillis(),
        document.historyFromMillis(),
        document.quality(),
        document.wiring());
  }

  private static Manifest run(ExtractDocument document, long asOfMillis) {
    var asOf = Instant.ofEpochMilli(asOfMillis);
    try (var archives = new Archives(SharedStack.spark(), document)) {
      return new Extract(SharedStack.spark(), document, asOf, archives).run().manifest();
    }
  }

  private static List<Row> rows(ExtractDocument document, Manifest manifest) {
    String[] files =
        manifest.files().stream()
            .map(file -> document.wiring().location() + "/" + file.path())
            .toArray(String[]::new);
    return SharedStack.spark().read().parquet(files).collectAsList();
  }

  @Test
  void windowsAndPositivesAreEqual() throws Exception {
    data.labels()
        .forEach(
            label ->
                assertThat(returned).containsEntry(label.purchaseRow(), label.labelTsMillis()));
    assertThat(returned).hasSize(7204);
    var document = document("windows", "", 400 * DAY, true);

    Manifest manifest = run(document, end + 500 * DAY + 1000);

    List<Row> rows = rows(document, manifest);
    assertThat(rows.size()).isEqualTo(data.sales().size());
    var positives = new HashSet<Long>();
    for (Row row : rows) {
      if (row.<Boolean>getAs("returned")) {
        positives.add(row.getAs("anchor_id"));
      }
    }
    assertThat(positives.equals(returned.keySet())).isTrue();
    assertThat(manifest.positives()).isEqualTo(7204);
    assertThat(manifest.delays().count()).isEqualTo(7204);
    assertThat(manifest.delays().p50Millis()).isEqualTo(nearestRank(0.50));
    assertThat(manifest.delays().p95Millis()).isEqualTo(nearestRank(0.95));
    assertThat(manifest.delays().p99Millis()).isEqualTo(nearestRank(0.99));
    compareWindows(rows);
  }

  /** The expected windows are those of four customers in five. */
  private static void compareWindows(List<Row> rows) {
    var expected = new HashMap<List<Long>, OnlineRetailData.Windows>();
    data.windows().forEach(w -> expected.put(List.of(w.customer(), w.tsMillis()), w));
    var sales = new HashMap<Long, Sale>();
    data.sales().forEach(sale -> sales.put(sale.row(), sale));
    var seen = new HashSet<List<Long>>();
    for (Row row : rows) {
      Sale sale = sales.get(row.<Long>getAs("anchor_id"));
      var key = List.of(sale.customer(), sale.tsMillis());
      var windows = expected.get(key);
      if (windows != null) {
        seen.add(key);
        for (int i = 0; i < RetailDefinition.WINDOWS.length; i++) {
          long n = row.<Long>getAs("customer__n_" + RetailDefinition.WINDOWS[i]);
          long s = row.<Long>getAs("customer__s_" + RetailDefinition.WINDOWS[i]);
          assertThat(n)
              .as("count of %s at %s", RetailDefinition.WINDOWS[i], key)
              .isEqualTo(windows.counts().get(i));
          assertThat(s)
              .as("sum of %s at %s", RetailDefinition.WINDOWS[i], key)
              .isEqualTo(windows.sums().get(i));
        }
      }
    }
    assertThat(seen.size()).isEqualTo(expected.size()).isEqualTo(18_038);
  }

  private static long nearestRank(double share) {
    var bought = new HashMap<Long, Long>();
    data.sales().forEach(sale -> bought.put(sale.row(), sale.tsMillis()));
    List<Long> delays =
        returned.entrySet().stream()
            .map(e -> e.getValue() + REPORTED_AFTER - bought.get(e.getKey()))
            .sorted()
            .toList();
    return delays.get((int) Math.ceil(share * delays.size()) - 1);
  }

  /** The rows of {@code pit_dev.csv}. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "2011-03-01, 1298937600, 67320, 1065, 1475, 45678, 708",
    "2011-05-01, 1304208000, 117141, 2078, 2541, 94497, 1507",
    "2011-07-01, 1309478400, 172648, 3159, 3780, 145463, 2336"
  })
  void atACutoffOnlyWhatWasVisibleCounts(
      String day,
      long cutoffSeconds,
      long purchases,
      long visible,
      long ever,
      long mature30,
      long positives30)
      throws Exception {
    String row = day + "," + cutoffSeconds + "," + purchases + "," + visible + "," + ever + ",";
    assertThat(Files.readAllLines(data.folder().resolve("pit_dev.csv")))
        .anyMatch(
            line -> line.startsWith(row) && line.endsWith("," + mature30 + "," + positives30));

    var all = run(document("all-" + day, "quantity > 0", 400 * DAY, false), cutoffSeconds * 1000);
    assertThat(all.rows() + all.states().pending()).isEqualTo(purchases);
    assertThat(all.positives() + all.states().pendingPositives()).isEqualTo(visible);

    assertThat(sum(all.states().pendingPositivesByDay().values()))
        .isEqualTo(all.states().pendingPositives());

    // A year later the same cohort has all its positives: what was visible then is a share of them.
    var later =
        run(document("all-" + day, "quantity > 0", 400 * DAY, false), end + 500 * DAY + 1000);
    var days = new TreeMap<String, Long>();
    for (Manifest each : List.of(all, later)) {
      each.statistics()
          .days()
          .forEach((name, statistics) -> days.merge(name, statistics.positives(), Long::sum));
    }
    assertThat(sum(days.headMap(day).values())).isEqualTo(ever);

    long window = 30 * DAY + REPORTED_AFTER;
    var mature = run(document("old-" + day, "quantity > 0", window, false), cutoffSeconds * 1000);
    assertThat(mature.rows()).isEqualTo(mature30);
    assertThat(mature.positives()).isEqualTo(positives30);
  }

  private static long sum(Collection<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
