package dev.millrace.spark.run;

import dev.millrace.contract.Entity;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.JoinedPipeline;
import dev.millrace.spark.anchor.FeatureJoin;
import dev.millrace.spark.archive.ArchiveSchema;
import dev.millrace.spark.archive.DayRange;
import dev.millrace.spark.feature.EntityPlan;
import dev.millrace.spark.storage.OfflineStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The feature logs of the joined pipelines, of the days that can hold an anchor's newest row. */
final class LoggedFeatures {
  private final SparkSession spark;
  private final ExtractDocument document;
  private final RunInputs inputs;
  private final DayRange anchors;

  /**
   * @param anchors days of the anchors' t0
   */
  LoggedFeatures(SparkSession spark, ExtractDocument document, RunInputs inputs, DayRange anchors) {
    this.spark = spark;
    this.document = document;
    this.inputs = inputs;
    this.anchors = anchors;
  }

  /** Entities without a file of these days, as {@code <pipeline>/<entity>}. */
  List<String> missing() {
    var missing = new ArrayList<String>();
    for (JoinedPipeline pipeline : document.pipelines()) {
      pipeline.entities().stream()
          .filter(entity -> files(pipeline, entity).isEmpty())
          .forEach(entity -> missing.add(pipeline.pipeline() + "/" + entity));
    }
    return missing;
  }

  /** Whether nothing was logged. */
  boolean isEmpty() {
    return document.pipelines().stream()
        .allMatch(
            pipeline ->
                pipeline.entities().stream().allMatch(each -> files(pipeline, each).isEmpty()));
  }

  /** An entity's rows; nothing without a file. */
  Optional<Dataset<Row>> of(JoinedPipeline pipeline, String name) {
    List<String> files = files(pipeline, name);
    if (files.isEmpty()) {
      return Optional.empty();
    }
    Entity entity = pipeline.definition().entity(name);
    var storage =
        new OfflineStorage(pipeline.location(), spark.sparkContext().hadoopConfiguration());
    var columns = EntityPlan.whole(document, pipeline.pipeline(), name).columns();
    var type = ArchiveSchema.features(pipeline.definition().schema(), entity.keys(), columns);
    String[] paths = files.stream().map(storage::path).toArray(String[]::new);
    return Optional.of(spark.read().schema(type).parquet(paths));
  }

  private List<String> files(JoinedPipeline pipeline, String entity) {
    long before = document.servingDelayMillis() + FeatureJoin.reachMillis(pipeline.definition());
    DayRange days = anchors.earlierBy(before);
    Map<String, Long> all =
        inputs.archives().get(pipeline.pipeline()).features().getOrDefault(entity, Map.of());
    return all.keySet().stream().filter(days::covers).toList();
  }
}
