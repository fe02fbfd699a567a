package dev.millrace.spark.run;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.Surrogate;
import dev.millrace.spark.label.FeedInput;
import dev.millrace.spark.label.LabelFeed;
import dev.millrace.spark.publish.Manifest;
import dev.millrace.spark.publish.Manifest.DataFile;
import dev.millrace.spark.publish.Manifest.Labels;
import dev.millrace.spark.storage.OfflineStorage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * The feeds of a run as read.
 *
 * @param label the label's
 * @param surrogates the surrogates', by name
 */
record Feeds(LabelFeed.Read label, Map<String, LabelFeed.Read> surrogates) {
  private static final String FOLDER = "labels";

  Feeds {
    surrogates = new TreeMap<>(surrogates);
  }

  /** How one feed is read: {@link LabelFeed#read} or {@link LabelFeed#look}. */
  private interface Reading {
    LabelFeed.Read of(LabelFeed feed, FeedInput input, List<DataFile> earlierFiles, Instant asOf);
  }

  /** Reads the label's feed, then every surrogate's, and archives what is new. */
  static Feeds read(
      SparkSession spark,
      ExtractDocument document,
      OfflineStorage storage,
      RunInputs inputs,
      List<Manifest> earlier) {
    return of(spark, document, storage, inputs, earlier, LabelFeed::read);
  }

  /** The same without archiving anything. */
  static Feeds look(
      SparkSession spark,
      ExtractDocument document,
      OfflineStorage storage,
      RunInputs inputs,
      List<Manifest> earlier) {
    return of(spark, document, storage, inputs, earlier, LabelFeed::look);
  }

  private static Feeds of(
      SparkSession spark,
      ExtractDocument document,
      OfflineStorage storage,
      RunInputs inputs,
      List<Manifest> earlier,
      Reading reading) {
    Instant asOf = Instant.parse(inputs.asOf());
    String run = RunName.of(asOf);
    var feed = new LabelFeed(spark, document, storage, run, FOLDER);
    var label = reading.of(feed, inputs.label(), files(earlier, Manifest::labels), asOf);
    var surrogates = new TreeMap<String, LabelFeed.Read>();
    for (Surrogate surrogate : document.surrogates()) {
      String name = surrogate.name();
      FeedInput input = inputs.surrogates().get(name);
      String folder = FOLDER + "/surrogate=" + name;
      var proxy = new LabelFeed(spark, document.ofSurrogate(surrogate), storage, run, folder);
      List<DataFile> files = files(earlier, manifest -> manifest.surrogates().get(name));
      surrogates.put(name, reading.of(proxy, input, files, asOf));
    }
    return new Feeds(label, surrogates);
  }

  /** The surrogates' feeds as a manifest has them. */
  Map<String, Labels> surrogateFigures() {
    var figures = new TreeMap<String, Labels>();
    surrogates.forEach((name, feed) -> figures.put(name, feed.figures()));
    return figures;
  }

  private static List<DataFile> files(List<Manifest> earlier, Function<Manifest, Labels> feed) {
    return earlier.stream()
        .map(feed)
        .filter(Objects::nonNull)
        .flatMap(labels -> labels.files().stream())
        .toList();
  }
}
