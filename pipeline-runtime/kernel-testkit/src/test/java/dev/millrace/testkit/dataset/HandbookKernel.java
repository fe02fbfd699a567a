package dev.millrace.testkit.dataset;

import dev.millrace.kernel.Aggregate;
import dev.millrace.kernel.InputType;
import dev.millrace.kernel.WindowColumn;
import dev.millrace.testkit.EventId;
import dev.millrace.testkit.KernelKey;
import dev.millrace.testkit.OracleEvent;
import dev.millrace.testkit.dataset.HandbookData.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * One entity of the handbook through the kernel: slide 1s, Exact, windows of 1, 7 and 30 days, read
 * at T = ts + 1s of each of the key's transactions, which is what the published bounds say.
 * Transactions come in time order.
 */
final class HandbookKernel {
  private static final long SLIDE = 1_000;
  private static final List<InputType> INPUTS = List.of(InputType.INTEGER);

  private final List<WindowColumn> columns = new ArrayList<>();
  private final ToLongFunction<Transaction> keyOf;
  private final ToLongFunction<Transaction> valueOf;
  private final BiConsumer<Transaction, List<Object>> rows;
  private final Map<Long, KernelKey> keys = new HashMap<>();
  private final List<Transaction> sameSecond = new ArrayList<>();

  private HandbookKernel(
      Duration offset,
      int scale,
      ToLongFunction<Transaction> keyOf,
      ToLongFunction<Transaction> valueOf,
      BiConsumer<Transaction, List<Object>> rows) {
    this.keyOf = keyOf;
    this.valueOf = valueOf;
    this.rows = rows;
    for (int days : new int[] {1, 7, 30}) {
      for (Aggregate aggregate : List.of(Aggregate.COUNT, Aggregate.SUM, Aggregate.MEAN)) {
        long window = Duration.ofDays(days).toMillis();
        columns.add(new WindowColumn(0, aggregate, window, SLIDE, offset.toMillis(), scale, 0));
      }
    }
  }

  /** Amounts per customer, in cents. */
  static HandbookKernel customers(BiConsumer<Transaction, List<Object>> rows) {
    return new HandbookKernel(
        Duration.ZERO, 2, Transaction::customer, Transaction::amountCents, rows);
  }

  /** Frauds per terminal, known after seven days. */
  static HandbookKernel terminals(BiConsumer<Transaction, List<Object>> rows) {
    return new HandbookKernel(
        Duration.ofDays(7), 0, Transaction::terminal, tx -> tx.fraud() ? 1 : 0, rows);
  }

  /** Adds a transaction; rows of a second are handed out once the second is over. */
  void add(Transaction transaction) {
    if (!sameSecond.isEmpty() && sameSecond.get(0).tsMillis() != transaction.tsMillis()) {
      fire();
    }
    sameSecond.add(transaction);
  }

  /** Hands out the rows of the last second. */
  void fire() {
    for (Transaction transaction : sameSecond) {
      long visibleFrom = transaction.tsMillis() + SLIDE;
      keyed(transaction)
          .add(
              new OracleEvent(
                  transaction.tsMillis(),
                  visibleFrom,
                  EventId.of(transaction.id()),
                  List.of(valueOf.applyAsLong(transaction))));
    }
    for (Transaction transaction : sameSecond) {
      KernelKey key = keyed(transaction);
      if (key.state().asOf() < transaction.tsMillis() + SLIDE) {
        key.state().advance(transaction.tsMillis() + SLIDE);
      }
      rows.accept(transaction, key.row());
    }
    sameSecond.clear();
  }

  private KernelKey keyed(Transaction transaction) {
    return keys.computeIfAbsent(
        keyOf.applyAsLong(transaction), key -> new KernelKey(SLIDE, 0, INPUTS, columns));
  }

  static WindowFigures figures(List<Object> row) {
    return new WindowFigures(
        (Long) row.get(0),
        (Long) row.get(1),
        (Long) row.get(3),
        (Long) row.get(4),
        (Long) row.get(6),
        (Long) row.get(7));
  }

  /** Mean per window: average amount in units, or fraud risk; null for an empty window. */
  static List<Object> means(List<Object> row) {
    return Arrays.asList(row.get(2), row.get(5), row.get(8));
  }

  static void replay(Iterable<Transaction> transactions, HandbookKernel kernel) {
    transactions.forEach(kernel::add);
    kernel.fire();
  }

  static void replay(HandbookData data, int days, List<HandbookKernel> kernels) {
    long end = 1_522_540_800_000L + Duration.ofDays(days).toMillis();
    Consumer<Transaction> sink =
        transaction -> {
          if (transaction.tsMillis() < end) {
            kernels.forEach(kernel -> kernel.add(transaction));
          }
        };
    data.transactions(sink);
    kernels.forEach(HandbookKernel::fire);
  }
}
