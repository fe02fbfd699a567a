package dev.millrace.spark.run;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.spark.anchor.AnchorReader;
import dev.millrace.spark.label.LabelMatchStage;
import dev.millrace.spark.label.SurrogateStage;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** All anchors of a run with what is known of their outcome (semantics.md §8). */
final class MatchedAnchors {
  private MatchedAnchors() {}

  /** Anchors of the archive, joined to the label's records and the surrogates'. */
  static Dataset<Row> of(
      ExtractDocument document, RunInputs inputs, Archives archives, Feeds feeds) {
    long asOf = Instant.parse(inputs.asOf()).toEpochMilli();
    int partitions = inputs.shufflePartitions();
    var archive = archives.of(inputs).get(document.anchor().pipeline());
    Dataset<Row> anchors = AnchorReader.read(document, archive, asOf);
    Dataset<Row> labelled =
        new LabelMatchStage(document, partitions).append(anchors, feeds.label().records(), asOf);
    return new SurrogateStage(document, partitions).append(labelled, feeds.surrogates(), asOf);
  }
}
