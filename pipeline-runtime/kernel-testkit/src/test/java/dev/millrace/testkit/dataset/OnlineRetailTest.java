package dev.millrace.testkit.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.millrace.kernel.Aggregate;
import dev.millrace.kernel.InputType;
import dev.millrace.kernel.WindowColumn;
import dev.millrace.testkit.EventId;
import dev.millrace.testkit.KernelKey;
import dev.millrace.testkit.NaiveWindows;
import dev.millrace.testkit.OracleEvent;
import dev.millrace.testkit.dataset.OnlineRetailData.Sale;
import dev.millrace.testkit.dataset.OnlineRetailData.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real sales with heavy ties: count and sum over [ts − w, ts) are our windows at T = ts. */
class OnlineRetailTest {
  private static final long SLIDE = 60_000;
  private static final List<Duration> WINDOWS =
      List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(30));
  private static final List<InputType> INPUTS = List.of(InputType.INTEGER);

  private Map<Long, List<OracleEvent>> salesOfCustomer;
  private List<Windows> expected;

  @BeforeEach
  void findData() {
    Optional<OnlineRetailData> found = OnlineRetailData.find();
    assumeThat(found).as(SharedData.absent("online_retail")).isPresent();
    expected = found.orElseThrow().windows();
    salesOfCustomer =
        found.orElseThrow().sales().stream()
            .collect(
                Collectors.groupingBy(
                    Sale::customer,
                    Collectors.mapping(OnlineRetailTest::event, Collectors.toList())));
  }

  private static OracleEvent event(Sale sale) {
    return new OracleEvent(
        sale.tsMillis(),
        sale.tsMillis() + SLIDE,
        EventId.of(sale.row()),
        List.of(sale.amountMilli()));
  }

  @Test
  void exactWindowsEqualTheExpectedCountsAndSums() {
    List<WindowColumn> columns = columns(true);
    int compared = 0;
    for (Windows line : expected) {
      List<Object> row = reader(columns, line.customer()).at(line.tsMillis());
      for (int i = 0; i < WINDOWS.size(); i++) {
        assertThat(row.get(2 * i)).as("%s", line).isEqualTo(line.counts().get(i));
        assertThat(row.get(2 * i + 1)).as("%s", line).isEqualTo(line.sums().get(i));
        compared++;
      }
    }
    assertThat(compared).isEqualTo(expected.size() * WINDOWS.size()).isGreaterThan(70_000);
  }

  @Test
  void hoppedWindowsEqualTheOracle() {
    List<WindowColumn> columns = columns(false);
    var oracle = new NaiveWindows(SLIDE, INPUTS, columns);
    int compared = 0;
    for (int i = 0; i < expected.size(); i += 7) {
      Windows line = expected.get(i);
      List<Object> row = reader(columns, line.customer()).at(line.tsMillis());
      assertThat(row)
          .as("%s", line)
          .isEqualTo(oracle.row(salesOfCustomer.get(line.customer()), line.tsMillis()));
      compared++;
    }
    assertThat(compared).isGreaterThan(2_000);
  }

  private final Map<Long, Reader> readers = new HashMap<>();

  private Reader reader(List<WindowColumn> columns, long customer) {
    return readers.computeIfAbsent(
        customer,
        key -> new Reader(new KernelKey(SLIDE, 0, INPUTS, columns), salesOfCustomer.get(key)));
  }

  /** One customer's history, read at ascending grid points. */
  private static final class Reader {
    private final KernelKey key;
    private final List<OracleEvent> sales;
    private int next;

    Reader(KernelKey key, List<OracleEvent> sales) {
      this.key = key;
      this.sales = sales;
    }

    List<Object> at(long t) {
      for (; next < sales.size() && sales.get(next).ts() < t; next++) {
        key.add(sales.get(next));
      }
      key.state().advance(t);
      return key.row();
    }
  }

  private static List<WindowColumn> columns(boolean exact) {
    var columns = new ArrayList<WindowColumn>();
    for (Duration window : WINDOWS) {
      long length = window.toMillis();
      long tail = exact ? SLIDE : NaiveWindows.tailMillis(SLIDE, length);
      for (Aggregate aggregate : List.of(Aggregate.COUNT, Aggregate.SUM)) {
        columns.add(new WindowColumn(0, aggregate, length, tail, 0, 3, 0));
      }
    }
    return columns;
  }
}
