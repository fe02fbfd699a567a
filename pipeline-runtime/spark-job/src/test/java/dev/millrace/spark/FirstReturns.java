package dev.millrace.spark;

import dev.millrace.testkit.dataset.OnlineRetailData.Sale;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The matching rule of the data set's README: a return belongs to the latest purchase line of the
 * same customer and item at or before it, of several in one minute to the greatest row.
 */
final class FirstReturns {
  private FirstReturns() {}

  /** First return per purchase row, epoch milliseconds. */
  static Map<Long, Long> of(List<Sale> sales) {
    var purchases = new HashMap<List<Long>, TreeMap<Long, Long>>();
    for (Sale sale : sales) {
      if (sale.quantity() > 0) {
        purchases
            .computeIfAbsent(List.of(sale.customer(), sale.item()), key -> new TreeMap<>())
            .merge(sale.tsMillis(), sale.row(), Math::max);
      }
    }
    var first = new HashMap<Long, Long>();
    for (Sale sale : sales) {
      var bought = purchases.get(List.of(sale.customer(), sale.item()));
      var latest =
          sale.quantity() < 0 && bought != null ? bought.floorEntry(sale.tsMillis()) : null;
      if (latest != null) {
        first.merge(latest.getValue(), sale.tsMillis(), Math::min);
      }
    }
    return first;
  }
}
