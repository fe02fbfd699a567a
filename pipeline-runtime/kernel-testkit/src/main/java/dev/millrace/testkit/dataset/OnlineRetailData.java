package dev.millrace.testkit.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Real sales and returns of a UK web shop (UCI "Online Retail", CC BY 4.0), one-minute resolution,
 * massive ties. Money is in thousandths of a pound.
 */
public final class OnlineRetailData {
  /** A sales line; returns have a negative quantity and amount. */
  public record Sale(
      long row,
      long customer,
      long tsMillis,
      long item,
      long quantity,
      long priceMilli,
      long amountMilli) {}

  /**
   * Count and sum of amounts of a customer over [ts − w, ts): our windows at T = ts with a slide of
   * 1m, for w = 1h, 1d, 7d, 30d.
   */
  public record Windows(long customer, long tsMillis, List<Long> counts, List<Long> sums) {}

  /** A return and the purchase it belongs to, if one was found. */
  public record Return(
      long row, long customer, long item, long tsMillis, OptionalLong purchaseRow) {}

  /** A purchase line that was returned, and when first. */
  public record Label(long purchaseRow, long labelTsMillis, long purchaseTsMillis) {}

  private final Path folder;

  private OnlineRetailData(Path folder) {
    this.folder = folder;
  }

  public static Optional<OnlineRetailData> find() {
    return SharedData.folder("online_retail").map(OnlineRetailData::new);
  }

  /** The folder, for files that have no reader here. */
  public Path folder() {
    return folder;
  }

  /** All lines with a customer, in time order. */
  public List<Sale> sales() {
    var sales = new ArrayList<Sale>();
    Csv.read(
        folder.resolve("events.csv.gz"),
        "row_id,customer_id,ts,item_id,qty,price_milli,amount_milli",
        line ->
            sales.add(
                new Sale(
                    Long.parseLong(line[0]),
                    Long.parseLong(line[1]),
                    seconds(line[2]),
                    Long.parseLong(line[3]),
                    Long.parseLong(line[4]),
                    Long.parseLong(line[5]),
                    Long.parseLong(line[6]))));
    return sales;
  }

  /** One per distinct (customer, ts) of four customers in five, in time order. */
  public List<Windows> windows() {
    var windows = new ArrayList<Windows>();
    Csv.read(
        folder.resolve("windows_dev.csv.gz"),
        "customer_id,ts,nA_1h,sA_1h,nB_1h,sB_1h,nA_1d,sA_1d,nB_1d,sB_1d,"
            + "nA_7d,sA_7d,nB_7d,sB_7d,nA_30d,sA_30d,nB_30d,sB_30d",
        line ->
            windows.add(
                new Windows(
                    Long.parseLong(line[0]),
                    seconds(line[1]),
                    everyFourth(line, 4),
                    everyFourth(line, 5))));
    return windows;
  }

  /** All returns. */
  public List<Return> returns() {
    var returns = new ArrayList<Return>();
    Csv.read(
        folder.resolve("returns_dev.csv.gz"),
        "return_row,customer_id,item_id,return_ts,purchase_row,purchase_ts",
        line ->
            returns.add(
                new Return(
                    Long.parseLong(line[0]),
                    Long.parseLong(line[1]),
                    Long.parseLong(line[2]),
                    seconds(line[3]),
                    line[4].isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(Long.parseLong(line[4])))));
    return returns;
  }

  /** All purchase lines that were returned. */
  public List<Label> labels() {
    var labels = new ArrayList<Label>();
    Csv.read(
        folder.resolve("labels_dev.csv.gz"),
        "purchase_row,label_ts,purchase_ts,lag_s",
        line -> labels.add(new Label(Long.parseLong(line[0]), seconds(line[1]), seconds(line[2]))));
    return labels;
  }

  private static long seconds(String field) {
    return Long.parseLong(field) * 1000;
  }

  private static List<Long> everyFourth(String[] line, int from) {
    var values = new ArrayList<Long>();
    for (int i = from; i < line.length; i += 4) {
      values.add(Long.parseLong(line[i]));
    }
    return values;
  }
}
