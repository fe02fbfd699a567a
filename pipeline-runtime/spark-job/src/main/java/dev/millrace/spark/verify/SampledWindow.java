package dev.millrace.spark.verify;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.Definition;
import dev.millrace.contract.DurationText;
import dev.millrace.contract.Entity;
import dev.millrace.contract.Feature;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.contract.Precision;
import dev.millrace.kernel.Windows;
import java.util.Comparator;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * The window in which the leak check changes the past: the longest of an unfiltered Count, because
 * any event taken out of it shows.
 *
 * @param column its column name
 */
record SampledWindow(String column, long windowMillis, long offsetMillis, long tailMillis) {

  /** The entity's longest unfiltered Count, if it has one. */
  static Optional<SampledWindow> of(Definition definition, Entity entity) {
    return entity.features().stream()
        .filter(SampledWindow::countsEveryEvent)
        .flatMap(
            feature -> feature.windows().stream().map(window -> of(definition, feature, window)))
        .max(Comparator.comparingLong(SampledWindow::windowMillis));
  }

  private static boolean countsEveryEvent(Feature feature) {
    return feature.aggregation() == Aggregation.COUNT
        && feature.value().isEmpty()
        && feature.where().isEmpty();
  }

  private static SampledWindow of(Definition definition, Feature feature, String window) {
    long millis = DurationText.millis(window);
    boolean exact = feature.precision() == Precision.EXACT;
    return new SampledWindow(
        feature.column(window),
        millis,
        feature.offsetMillis(),
        Windows.tailMillis(definition.slideMillis(), millis, exact));
  }

  /** Whether an event is in the window at T (semantics.md §3). */
  Column holds(Column t) {
    Column ts = col(OfflineLayout.TS);
    Column high = t.minus(lit(offsetMillis));
    Column from = high.minus(lit(windowMillis));
    Column low = from.minus(pmod(from, lit(tailMillis)));
    return ts.geq(low).and(ts.lt(high)).and(col(OfflineLayout.VISIBLE_FROM).leq(t));
  }
}
