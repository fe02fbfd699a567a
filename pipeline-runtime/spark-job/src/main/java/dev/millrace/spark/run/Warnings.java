package dev.millrace.spark.run;

import dev.millrace.contract.DurationText;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.LabelDefinition;
import dev.millrace.contract.Reason;
import dev.millrace.spark.archive.ArchiveInput;
import dev.millrace.spark.label.LabelFeed;
import dev.millrace.spark.label.LabelPartition;
import dev.millrace.spark.publish.Consistency;
import dev.millrace.spark.publish.LabelDelays;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a reader of a training set should know though the run succeeded. */
final class Warnings {
  private Warnings() {}

  static List<String> of(
      ExtractDocument document,
      RunInputs inputs,
      Feeds feeds,
      LabelDelays delays,
      Consistency consistency) {
    LabelDefinition label = document.label();
    LabelFeed.Read labels = feeds.label();
    var warnings = new ArrayList<String>();
    if (!labels.clock().silentPartitions().isEmpty()) {
      warnings.add(
          Reason.PARTITION_SILENT.text()
              + ": label partitions "
              + labels.clock().silentPartitions()
              + " have been silent for longer than "
              + DurationText.text(label.stalledAfterMillis())
              + "; nothing is finalised");
    }
    feeds
        .surrogates()
        .forEach(
            (name, feed) -> {
              if (!feed.clock().silentPartitions().isEmpty()) {
                warnings.add(
                    Reason.PARTITION_SILENT.text()
                        + ": partitions "
                        + feed.clock().silentPartitions()
                        + " of surrogate "
                        + name
                        + " have been silent for too long; it is null in this run's rows");
              }
            });
    long covered = label.attributionWindowMillis() + label.labelDelayMillis();
    if (delays.count() > 0 && covered < delays.p99Millis()) {
      warnings.add(
          "attributionWindow + labelDelay is "
              + DurationText.text(covered)
              + ", but 1 % of labels arrive "
              + roundedDown(delays.p99Millis())
              + " or later after their anchor: they are missed");
    }
    if (consistency.mismatches() > 0) {
      warnings.add(
          "features differ from what was served: "
              + consistency.mismatches()
              + " of "
              + consistency.rows()
              + " sampled rows, in "
              + consistency.byColumn()
              + "; this is a bug or a changed feature log");
    }
    inputs.archives().values().forEach(archive -> addServingDelay(document, archive, warnings));
    long rejected = labels.partitions().values().stream().mapToLong(LabelPartition::rejected).sum();
    if (rejected > 0) {
      warnings.add(
          rejected + " label records were rejected; they lie in labels/ with their reason");
    }
    if (inputs.archiveClock() == Long.MIN_VALUE) {
      warnings.add("a pipeline has no completed checkpoint yet; nothing is finalised");
    }
    return warnings;
  }

  private static void addServingDelay(
      ExtractDocument document, ArchiveInput archive, List<String> warnings) {
    Long measured = archive.servingDelayP95Millis();
    if (measured != null && measured > document.servingDelayMillis()) {
      long seconds = (measured + 999) / 1000;
      warnings.add(
          "servingDelay is "
              + DurationText.text(document.servingDelayMillis())
              + ", but 5 % of the rows of pipeline "
              + archive.pipeline()
              + " were online "
              + seconds
              + "s or later after their T: training is fresher than serving; set at least "
              + DurationText.text(TimeUnit.SECONDS.toMillis(seconds)));
    }
  }

  /** In whole days, or hours or minutes where that says more. */
  private static String roundedDown(long millis) {
    Duration exact = Duration.ofMillis(millis);
    Duration shown =
        exact.toDays() >= 2
            ? Duration.ofDays(exact.toDays())
            : exact.toHours() >= 2
                ? Duration.ofHours(exact.toHours())
                : Duration.ofMinutes(exact.toMinutes());
    return DurationText.text(shown.toMillis());
  }
}
