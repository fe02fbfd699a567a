package dev.millrace.spark.run;

import dev.millrace.spark.publish.Manifest;
import java.util.List;

/**
 * What has been published up to and including a run.
 *
 * @param runs runs that published rows
 * @param rows their rows
 * @param positives rows with a true Boolean label
 * @param corrected rows with at least one correction
 */
public record Totals(long runs, long rows, long positives, long corrected) {
  static Totals of(List<Manifest> manifests) {
    return new Totals(
        manifests.stream().filter(manifest -> manifest.rows() > 0).count(),
        manifests.stream().mapToLong(Manifest::rows).sum(),
        manifests.stream().mapToLong(Manifest::positives).sum(),
        manifests.stream().mapToLong(manifest -> manifest.corrections().anchors()).sum());
  }

  Totals and(Manifest manifest) {
    return new Totals(
        runs + (manifest.rows() > 0 ? 1 : 0),
        rows + manifest.rows(),
        positives + manifest.positives(),
        corrected + manifest.corrections().anchors());
  }
}
