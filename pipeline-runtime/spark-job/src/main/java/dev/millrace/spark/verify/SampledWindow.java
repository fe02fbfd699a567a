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
 * The window in which the leak check changes the past: the longest of an unfiltered Count, or of an
 * unfiltered Sum of a field, because taking an event (with a value that is not zero) out of it
 * always shows.
 *
 * @param column its column name
 * @param summed field that is summed; empty for a Count
 */
record SampledWindow(
    String column, String summed, long windowMillis, long offsetMillis, long tailMillis) {

  /** The entity's longest such window, a Count's before a Sum's, if it has one. */
  static Optional<SampledWindow> of(Definition definition, Entity entity) {
    return entity.features().stream()
        .filter(feature -> showsEveryEvent(definition, feature))
        .flatMap(
            feature -> feature.windows().stream().map(window -> of(definition, feature, window)))
        .max(
            Comparator.comparing((SampledWindow window) -> window.summed().isEmpty())
                .thenComparingLong(SampledWindow::windowMillis));
  }

  private static boolean showsEveryEvent(Definition definition, Feature feature) {
    if (!feature.where().isEmpty()) {
      return false;
    }
    return feature.aggregation() == Aggregation.COUNT && feature.value().isEmpty()
        || feature.aggregation() == Aggregation.SUM
            && definition.schema().field(feature.value()) != null;
  }

  private static SampledWindow of(Definition definition, Feature feature, String window) {
    long millis = DurationText.millis(window);
    boolean exact = feature.precision() == Precision.EXACT;
    return new SampledWindow(
        feature.column(window),
        feature.value(),
        millis,
        feature.offsetMillis(),
        Windows.tailMillis(definition.slideMillis(), millis, exact));
  }

  /** Whether a published value says that there is an event to take out. */
  Column isFilled(Column published) {
    return published.notEqual(lit(0));
  }

  /** Whether an event is in the window at T (semantics.md §3) and shows in the column. */
  Column holds(Column t) {
    Column ts = col(OfflineLayout.TS);
    Column high = t.minus(lit(offsetMillis));
    Column from = high.minus(lit(windowMillis));
    Column low = from.minus(pmod(from, lit(tailMillis)));
    Column in = ts.geq(low).and(ts.lt(high)).and(col(OfflineLayout.VISIBLE_FROM).leq(t));
    return summed.isEmpty() ? in : in.and(col(summed).notEqual(lit(0)));
  }
}
