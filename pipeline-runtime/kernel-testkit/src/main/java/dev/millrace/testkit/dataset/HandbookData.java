package dev.millrace.testkit.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Card transactions with published window features. Customer windows are (ts − w, ts]; terminal
 * windows (ts − 7d − w, ts − 7d], their sums are fraud counts. At a slide of 1s these are our
 * windows at T = ts + 1s, the terminal's with offset 7d.
 */
public final class HandbookData {
  private static final String TRANSACTION =
      "tx_id,ts,customer_id,terminal_id,amount_cents,fraud,scenario";
  private static final String CUSTOMER =
      "c_n_1d,c_sum_cents_1d,c_n_7d,c_sum_cents_7d,c_n_30d,c_sum_cents_30d";
  private static final String TERMINAL = "t_n_1d,t_fraud_1d,t_n_7d,t_fraud_7d,t_n_30d,t_fraud_30d";

  /** A transaction; {@code tsMillis} is a whole second. */
  public record Transaction(
      long id, long tsMillis, long customer, long terminal, long amountCents, boolean fraud) {
    static Transaction parse(String[] line) {
      return new Transaction(
          Long.parseLong(line[0]),
          Long.parseLong(line[1]) * 1000,
          Long.parseLong(line[2]),
          Long.parseLong(line[3]),
          Long.parseLong(line[4]),
          line[5].equals("1"));
    }
  }

  /** Published features of one transaction. */
  public record Published(WindowFigures customer, WindowFigures terminal, boolean customerTie) {}

  /** A transaction with the published features of one of its entities. */
  public record SliceRow(Transaction transaction, WindowFigures figures) {}

  /** A published value that another bound would change. */
  public record EdgeCase(long id, boolean ofCustomer, int windowDays, long n, long sum) {}

  /**
   * Two transactions of one customer in the same second.
   *
   * @param first the one the publisher counted first: its features do not contain the other
   */
  public record CustomerTie(long first, long second) {}

  private final Path folder;

  private HandbookData(Path folder) {
    this.folder = folder;
  }

  public static Optional<HandbookData> find() {
    return SharedData.folder("handbook").map(HandbookData::new);
  }

  /** All transactions in the order of (ts, id). */
  public void transactions(Consumer<Transaction> sink) {
    Csv.read(
        folder.resolve("transactions_full.csv.gz"),
        TRANSACTION,
        line -> sink.accept(Transaction.parse(line)));
  }

  /** Published features of the transactions of days 0 to 59, by transaction. */
  public Map<Long, Published> expected() {
    var expected = new HashMap<Long, Published>();
    Csv.read(
        folder.resolve("expected_dev_d000_059.csv.gz"),
        "tx_id," + CUSTOMER + "," + TERMINAL + ",weekend,night,c_tie",
        line ->
            expected.put(
                Long.parseLong(line[0]),
                new Published(
                    WindowFigures.parse(line, 1),
                    WindowFigures.parse(line, 7),
                    line[15].equals("1"))));
    return expected;
  }

  /** Every transaction of one customer in twenty, all 183 days. */
  public List<SliceRow> customerSlice() {
    return slice("slice_customers_mod20_dev.csv.gz", TRANSACTION + "," + CUSTOMER + ",c_tie");
  }

  /** Every transaction of one terminal in twenty, all 183 days. */
  public List<SliceRow> terminalSlice() {
    return slice("slice_terminals_mod20_dev.csv.gz", TRANSACTION + "," + TERMINAL);
  }

  private List<SliceRow> slice(String file, String header) {
    var rows = new ArrayList<SliceRow>();
    Csv.read(
        folder.resolve(file),
        header,
        line -> rows.add(new SliceRow(Transaction.parse(line), WindowFigures.parse(line, 7))));
    return rows;
  }

  /** Edge cases of days 0 to 119. */
  public List<EdgeCase> edgeCases() {
    var cases = new ArrayList<EdgeCase>();
    Csv.read(
        folder.resolve("edge_cases_dev.csv"),
        "tx_id,entity,window_days,bound,published_n,n_if_bound_flipped,published_sum,sum_if_bound_flipped",
        line ->
            cases.add(
                new EdgeCase(
                    Long.parseLong(line[0]),
                    line[1].equals("customer"),
                    Integer.parseInt(line[2]),
                    Long.parseLong(line[4]),
                    Long.parseLong(line[6]))));
    return cases;
  }

  /** All pairs of one customer in one second. */
  public List<CustomerTie> customerTies() {
    var ties = new ArrayList<CustomerTie>();
    Csv.read(
        folder.resolve("customer_ties.csv"),
        "customer_id,ts,tx_a,tx_b,published_c_n_1d_a,published_c_n_1d_b,published_order",
        line -> {
          long a = Long.parseLong(line[2]);
          long b = Long.parseLong(line[3]);
          ties.add(line[6].equals("a_first") ? new CustomerTie(a, b) : new CustomerTie(b, a));
        });
    return ties;
  }
}
