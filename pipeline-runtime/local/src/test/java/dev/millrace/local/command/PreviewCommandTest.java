package dev.millrace.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verdicts and rows of a sample, worked out by hand from semantics.md §2 and §3. */
class PreviewCommandTest {
  @TempDir Path folder;

  @Test
  void showsTheVerdictOfEveryEventAndTheRowsItMakes() throws IOException {
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        apiVersion: millrace.dev/v1alpha1
        kind: FeaturePipeline
        metadata: {name: cards, namespace: fraud}
        spec:
          slide: 1m
          source:
            topic: {name: tx}
            eventId: id
            eventTime: {field: ts, unit: Seconds}
            schema:
            - {name: id, type: Long}
            - {name: card, type: String}
            - {name: ts, type: Timestamp}
            - {name: amount, type: Decimal, scale: 2}
          entities:
          - name: card
            keys: [card]
            features:
            - {name: n, aggregation: Count, windows: [5m]}
            - {name: sum, aggregation: Sum, value: amount, windows: [5m]}
        """);
    // 1600000020 is 2020-09-13 12:27:00, a grid point: an event at T is not in T's window.
    Path sample =
        Files.writeString(
            folder.resolve("tx.csv"),
            """
            id,card,ts,amount
            1,a b,1600000020,1.50
            2,a b,1600000050,2.25
            1,a b,1600000055,9.00
            3,c,1600010000,4.00
            4,a b,1600000060,1.00
            5,,1600010001,1.00
            """);
    var preview = Invocation.of("preview", "-f", folder.toString(), "--sample", sample.toString());
    assertThat(preview.err()).isEmpty();
    assertThat(preview.exitCode()).isZero();
    assertThat(preview.out().lines())
        .containsExactly(
            "event 0      Accepted     visible from 2020-09-13 12:28:00",
            "event 1      Accepted     visible from 2020-09-13 12:28:00",
            "event 2      Duplicate    ",
            "event 3      Accepted     visible from 2020-09-13 15:14:00",
            "event 4      Late         ",
            "event 5      Undecodable  every entity's key is null",
            "",
            "2020-09-13 12:28:00  card a b  n_5m 2  sum_5m 3.75",
            "2020-09-13 12:33:00  card a b  all windows empty",
            "2020-09-13 15:14:00  card c  n_5m 1  sum_5m 4.00",
            "",
            "6 events: Undecodable 1 · FromFuture 0 · Late 1 · Duplicate 1 · Accepted 3",
            "3 rows");
  }
}
