package dev.millrace.bench.pit;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.ExtractWiring;
import dev.millrace.spark.SparkSessions;
import dev.millrace.spark.run.Archives;
import dev.millrace.spark.run.Extract;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The whole extract and not only its join: anchors from the archive, labels from Kafka, maturity,
 * features, statistics, gate, publication. It stands beside nobody; it shows what a run costs and
 * how much memory it takes.
 */
final class MillraceExtract implements Contender {
  /** System property with the address of a Kafka that has the label events in {@link #TOPIC}. */
  private static final String KAFKA = "millrace.bench.kafka";

  private static final String TOPIC = "labels";

  private final SparkSession spark = SparkSessions.open();
  private String published = "";

  @Override
  public String description() {
    return "the whole extract with labels from Kafka, gate and publication; " + published;
  }

  @Override
  public void write(PitWorkload workload, Path result) {
    var wiring = new ExtractWiring(System.getProperty(KAFKA), "", TOPIC, PitGenerator.uri(result));
    ExtractDocument document = PitDefinition.extract(PitGenerator.uri(workload.pipeline()), wiring);
    try (var archives = new Archives(spark, document)) {
      var manifest = new Extract(spark, document, workload.asOf(), archives).run().manifest();
      published = manifest.rows() + " rows, " + manifest.positives() + " positive, published";
    }
  }

  @Override
  public void close() {
    spark.stop();
  }
}
