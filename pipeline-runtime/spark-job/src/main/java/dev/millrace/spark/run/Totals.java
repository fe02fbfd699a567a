package dev.millrace.spark.run;

import dev.millrace.spark.publish.Agreement;
import dev.millrace.spark.publish.Manifest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has been published up to and including a run.
 *
 * @param runs runs that published rows
 * @param rows their rows
 * @param positives rows with a true Boolean label
 * @param corrected rows with at least one correction
 * @param agreements of the surrogates, over all rows
 */
public record Totals(
    long runs, long rows, long positives, long corrected, Map<String, Agreement> agreements) {
  /** Of published runs. */
  public static Totals of(List<Manifest> manifests) {
    var totals = new Totals(0, 0, 0, 0, Map.of());
    for (Manifest manifest : manifests) {
      totals = totals.and(manifest);
    }
    return totals;
  }

  Totals and(Manifest manifest) {
    var all = new TreeMap<>(agreements);
    manifest.agreements().forEach((name, more) -> all.merge(name, more, Agreement::plus));
    return new Totals(
        runs + (manifest.rows() > 0 ? 1 : 0),
        rows + manifest.rows(),
        positives + manifest.positives(),
        corrected + manifest.corrections().anchors(),
        all);
  }
}
