package dev.millrace.testkit.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.millrace.testkit.dataset.HandbookData.CustomerTie;
import dev.millrace.testkit.dataset.HandbookData.EdgeCase;
import dev.millrace.testkit.dataset.HandbookData.Published;
import dev.millrace.testkit.dataset.HandbookData.SliceRow;
import dev.millrace.testkit.dataset.HandbookData.Transaction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Published features of simulated card transactions, every value, through the kernel alone. The
 * publisher counts one of two transactions of a customer in the same second before the other; the
 * row of the second one is ours, that of the first lacks the second: {@code customer_ties.csv}
 * lists which is which.
 */
class HandbookTest {
  private static final int[] DAYS = {1, 7, 30};

  private HandbookData data;

  @BeforeEach
  void findData() {
    Optional<HandbookData> found = HandbookData.find();
    assumeThat(found).as(SharedData.absent("handbook")).isPresent();
    data = found.orElseThrow();
  }

  @Test
  void daysZeroTo119EqualThePublishedValuesAndEveryEdgeCase() {
    Map<Long, Published> expected = data.expected();
    Map<Long, List<EdgeCase>> edges =
        data.edgeCases().stream().collect(Collectors.groupingBy(EdgeCase::id));
    var ties = new Ties(data.customerTies());
    var compared = new int[3];

    HandbookKernel customers =
        HandbookKernel.customers(
            (transaction, row) -> {
              WindowFigures figures = HandbookKernel.figures(row);
              compared[2] += checkEdges(transaction, true, figures, edges);
              Published published = expected.get(transaction.id());
              if (published != null) {
                compared[0]++;
                ties.check(transaction, figures, published.customer());
                assertThat(published.customerTie()).isEqualTo(ties.contains(transaction.id()));
                checkMeans(transaction, row, figures, 100);
              }
            });
    HandbookKernel terminals =
        HandbookKernel.terminals(
            (transaction, row) -> {
              WindowFigures figures = HandbookKernel.figures(row);
              compared[2] += checkEdges(transaction, false, figures, edges);
              Published published = expected.get(transaction.id());
              if (published != null) {
                compared[1]++;
                assertThat(figures).as("%s", transaction).isEqualTo(published.terminal());
                checkMeans(transaction, row, figures, 1);
              }
            });
    HandbookKernel.replay(data, 120, List.of(customers, terminals));

    assertThat(compared[0]).isEqualTo(expected.size()).isEqualTo(575_755);
    assertThat(compared[1]).isEqualTo(expected.size());
    assertThat(compared[2]).isEqualTo(data.edgeCases().size()).isEqualTo(226);
    assertThat(ties.seen()).isEqualTo(ties.within(expected.keySet()));
  }

  @Test
  void aTwentiethOfTheCustomersOverAllDays() {
    var ties = new Ties(data.customerTies());
    List<SliceRow> slice = data.customerSlice();
    Map<Long, WindowFigures> expected = expected(slice);
    HandbookKernel.replay(
        slice.stream().map(SliceRow::transaction).toList(),
        HandbookKernel.customers(
            (transaction, row) ->
                ties.check(
                    transaction, HandbookKernel.figures(row), expected.remove(transaction.id()))));
    assertThat(expected).isEmpty();
    assertThat(slice.size()).isEqualTo(79_610);
  }

  @Test
  void aTwentiethOfTheTerminalsOverAllDays() {
    List<SliceRow> slice = data.terminalSlice();
    Map<Long, WindowFigures> expected = expected(slice);
    HandbookKernel.replay(
        slice.stream().map(SliceRow::transaction).toList(),
        HandbookKernel.terminals(
            (transaction, row) ->
                assertThat(HandbookKernel.figures(row))
                    .as("%s", transaction)
                    .isEqualTo(expected.remove(transaction.id()))));
    assertThat(expected).isEmpty();
    assertThat(slice.size()).isEqualTo(88_105);
  }

  private static Map<Long, WindowFigures> expected(List<SliceRow> slice) {
    var expected = new HashMap<Long, WindowFigures>();
    slice.forEach(row -> expected.put(row.transaction().id(), row.figures()));
    return expected;
  }

  private static int checkEdges(
      Transaction transaction,
      boolean ofCustomer,
      WindowFigures figures,
      Map<Long, List<EdgeCase>> edges) {
    int checked = 0;
    for (EdgeCase edge : edges.getOrDefault(transaction.id(), List.of())) {
      if (edge.ofCustomer() == ofCustomer) {
        assertThat(figures.n(edge.windowDays())).as("%s", edge).isEqualTo(edge.n());
        assertThat(figures.sum(edge.windowDays())).as("%s", edge).isEqualTo(edge.sum());
        checked++;
      }
    }
    return checked;
  }

  /** The average amount and the fraud risk: one division of two exact integers. */
  private static void checkMeans(
      Transaction transaction, List<Object> row, WindowFigures figures, int unit) {
    List<Object> means = HandbookKernel.means(row);
    for (int i = 0; i < DAYS.length; i++) {
      long n = figures.n(DAYS[i]);
      Double expected = n == 0 ? null : (double) figures.sum(DAYS[i]) / (double) (n * unit);
      assertThat(means.get(i)).as("%s", transaction).isEqualTo(expected);
    }
  }

  /** Pairs in one second: one row as ours, the other without its partner. */
  private static final class Ties {
    private final Map<Long, CustomerTie> byTransaction = new HashMap<>();
    private final Map<Long, Transaction> transactions = new HashMap<>();
    private final Map<Long, WindowFigures> withoutPartner = new HashMap<>();
    private final Set<CustomerTie> seen = new HashSet<>();

    Ties(List<CustomerTie> ties) {
      for (CustomerTie tie : ties) {
        byTransaction.put(tie.first(), tie);
        byTransaction.put(tie.second(), tie);
      }
    }

    boolean contains(long id) {
      return byTransaction.containsKey(id);
    }

    void check(Transaction transaction, WindowFigures ours, WindowFigures published) {
      CustomerTie tie = byTransaction.get(transaction.id());
      if (tie == null) {
        assertThat(ours).as("%s", transaction).isEqualTo(published);
        return;
      }
      transactions.put(transaction.id(), transaction);
      if (transaction.id() == tie.second()) {
        assertThat(ours).as("second of %s", tie).isEqualTo(published);
      } else {
        withoutPartner.put(transaction.id(), published);
      }
      Transaction second = transactions.get(tie.second());
      if (second != null && withoutPartner.containsKey(tie.first())) {
        // Both rows of a pair are the same to us: all that lies before the end of the second.
        assertThat(ours.without(second.amountCents()))
            .as("first of %s", tie)
            .isEqualTo(withoutPartner.get(tie.first()));
        seen.add(tie);
      }
    }

    int seen() {
      return seen.size();
    }

    int within(Set<Long> ids) {
      return (int)
          Set.copyOf(byTransaction.values()).stream()
              .filter(tie -> ids.contains(tie.first()))
              .count();
    }
  }
}
