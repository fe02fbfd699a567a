package dev.millrace.local.report;

import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.ExtractWiring;
import dev.millrace.local.stack.Planning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Three runs of the example's label window as an extract leaves them: two published, and a newer
 * one that the gate refused. Small enough to check every figure by hand.
 */
public final class RecordedRuns {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("millrace.root"), "examples/online-retail");

  private RecordedRuns() {}

  /** Writes the runs into a label window's folder. */
  public static void write(Path location) throws IOException {
    Path manifests = Files.createDirectories(location.resolve("manifests"));
    Files.writeString(
        manifests.resolve("2011-03-01T130000Z.json"),
        manifest(
            "2011-03-01T13:00:00Z",
            new States(100, 7, 100, 40, "\"2011-01-27\": 40"),
            List.of(new Day("2011-01-24", 60, 5, 6), new Day("2011-01-26", 40, 2, 4)),
            "100",
            "{\"baseline\": [], \"outcome\": \"InsufficientBaseline\", \"figures\": ["
                + "{\"baselineDays\": 0, \"check\": \"InsufficientBaseline\", \"column\": \"price\","
                + " \"passed\": true, \"run\": \"10\"}]}"));
    Files.writeString(
        manifests.resolve("2011-03-02T130000Z.json"),
        manifest(
            "2011-03-02T13:00:00Z",
            new States(40, 1, 140, 25, "\"2011-01-28\": 25"),
            List.of(new Day("2011-01-27", 40, 1, 5)),
            "110",
            "{\"baseline\": [\"2011-01-24\", \"2011-01-26\"], \"outcome\": \"Passed\","
                + " \"figures\": [{\"baselineDays\": 2, \"check\": \"Drift\", \"column\": \"price\","
                + " \"baseline\": \"100\", \"run\": \"110\", \"change\": \"10\", \"limit\": \"20\","
                + " \"passed\": true}]}"));
    Path refused = Files.createDirectories(location.resolve("runs/2011-03-04T130000Z"));
    Files.writeString(
        refused.resolve("refused.json"),
        manifest(
            "2011-03-04T13:00:00Z",
            new States(25, 0, 140, 9, "\"2011-01-30\": 9"),
            List.of(new Day("2011-01-28", 25, 3, 10)),
            "55.5",
            "{\"baseline\": [\"2011-01-24\", \"2011-01-26\", \"2011-01-27\"], \"outcome\":"
                + " \"Refused\", \"figures\": ["
                + "{\"baselineDays\": 3, \"check\": \"NullRate\", \"column\": \"amount\","
                + " \"baseline\": \"0\", \"run\": \"0\", \"change\": \"0\", \"limit\": \"5\","
                + " \"passed\": true},"
                + "{\"baselineDays\": 3, \"check\": \"Drift\", \"column\": \"price\","
                + " \"baseline\": \"110\", \"run\": \"55.5\", \"change\": \"49.545455\","
                + " \"limit\": \"20\", \"passed\": false},"
                + "{\"baselineDays\": 3, \"check\": \"NullRate\", \"column\": \"price\","
                + " \"baseline\": \"10.83\", \"run\": \"40\", \"change\": \"29.17\","
                + " \"limit\": \"5\", \"passed\": false}]}"));
  }

  /** The example's extract, with its data in another place. */
  public static ExtractDocument document(Path location) {
    ExtractDocument planned = Planning.offline(EXAMPLE).labelWindows().get(0).document();
    return new ExtractDocument(
        planned.codec(),
        planned.namespace(),
        planned.labelWindow(),
        planned.resourceUid(),
        planned.anchorPipeline(),
        planned.anchor(),
        planned.anchorWhere(),
        planned.pipelines(),
        planned.label(),
        planned.surrogates(),
        planned.servingDelayMillis(),
        planned.historyFromMillis(),
        planned.quality(),
        new ExtractWiring("none:1", "", "shop.returns", location.toUri().toString()));
  }

  /** A data folder that looks like a running stack's, run by this process. */
  public static Path stack(Path data) throws IOException {
    Path location = Files.createDirectories(data.resolve("offline/returned-30d"));
    write(location);
    Path document = data.resolve("extract.json");
    Files.writeString(document, DocumentCodec.write(document(location)));
    Files.writeString(
        data.resolve("stack.json"),
        """
        {"pid": %d, "data": "%s", "bootstrapServers": "none:1", "redisPort": 1, "pipelines": [],
         "labelWindows": [{"namespace": "shop", "name": "returned-30d", "uid": "u",
                           "document": "%s"}]}
        """
            .formatted(ProcessHandle.current().pid(), data, document));
    return data;
  }

  private record States(
      long mature, long positives, long finalised, long pending, String pendingByDay) {}

  private record Day(String day, long rows, long positives, long nulls) {
    private String json() {
      return """
          "%s": {"rows": %d, "positives": %d, "fields": {"amount": 0}, "columns": {"price": %d}}"""
          .formatted(day, rows, positives, nulls);
    }
  }

  private static String manifest(
      String asOf, States states, List<Day> days, String percentile, String gate) {
    return """
        {"asOf": "%s", "codec": 1, "namespace": "shop", "labelWindow": "returned-30d",
         "documentHash": "h", "rows": %d, "positives": %d, "files": [],
         "definitions": {"online-retail": {"version": 1, "definitionHash": "d",
                         "archiveClock": 1299000000000, "servingDelayP95Millis": 12300}},
         "corrections": {"rows": 2, "anchors": 1, "files": []}, "surrogates": {},
         "agreements": {"disputed": {"truePositives": 3, "falsePositives": 1,
                        "falseNegatives": 5, "trueNegatives": 61, "unknown": 4,
                        "precision": "0.75", "recall": "0.375", "lift": "6.5625"}},
         "delays": {"count": 50, "p50Millis": 604800000, "p90Millis": 1728000000,
                    "p95Millis": 2592000000, "p99Millis": 4320000000},
         "labels": {"topic": "shop.returns", "topicId": "t", "offsets": {}, "files": [],
                    "partitions": {}, "watermark": 1298906330000, "silentPartitions": []},
         "states": {"pending": %d, "pendingPositives": 2, "mature": %d, "finalised": %d,
                    "oldestPending": "2011-01-26T16:41:00Z", "nextMaturity": "2011-02-28T16:41:00Z",
                    "pendingByDay": {%s}, "pendingPositivesByDay": {"2011-01-30": 2}},
         "statistics": {"days": {%s}, "types": {"price": "double"}, "percentiles": {"price": %s}},
         "consistency": {"rows": 2000, "mismatches": 1, "byColumn": {"item__sold_7d": 1},
                         "notServed": 0, "notLogged": []},
         "gate": %s, "warnings": [], "tools": {}}
        """
        .formatted(
            asOf,
            states.mature(),
            states.positives(),
            states.pending(),
            states.mature(),
            states.finalised(),
            states.pendingByDay(),
            String.join(", ", days.stream().map(Day::json).toList()),
            percentile,
            gate);
  }
}
