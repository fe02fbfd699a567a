package dev.millrace.crds.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A row of the catalogue (reliability.md §6) without a sample, or a sample without a row, fails.
 */
class CatalogueTest {
  /** Rows of schema and rules, among them those that compare with the old form. */
  private static final Set<Integer> ADMISSION =
      rows("1-15 23 25 28-30 36 37 41 51 54 60 66 69 71 81-93 95 109 128");

  /** Rows that no check of a single spec can know: what the server stores has a size. */
  private static final Set<Integer> SERVER = rows("128");

  /** Rows of the planner, among them those that compare with the spec in force. */
  private static final Set<Integer> PLANNER =
      rows("16-22 24 31 35 40 42-50 52 53 55-59 61-65 68 70 72-75 94 102-108 110-121 123-125");

  /** Rows that come true while a pipeline runs; scenarios and status tests have them. */
  private static final Set<Integer> RUNTIME =
      rows("26 27 32-34 38 39 67 76-80 96-101 122 126 127 129-131");

  @Test
  void hasEveryRow() {
    var all = new TreeSet<Integer>();
    List.of(ADMISSION, SERVER, PLANNER, RUNTIME).forEach(all::addAll);
    assertThat(all).isEqualTo(rows("1-131"));
  }

  @Test
  void hasASampleForEveryRowOfAdmission() {
    assertThat(rowsOf(Sample.folder("invalid"))).isEqualTo(ADMISSION);
  }

  @Test
  void hasASampleForEveryRowOfTheServer() {
    assertThat(rowsOf(Sample.folder("server"))).isEqualTo(SERVER);
  }

  @Test
  void hasASampleForEveryRowOfThePlanner() {
    assertThat(rowsOf(Sample.folder("planner"))).isEqualTo(PLANNER);
  }

  private static Set<Integer> rowsOf(List<Sample> samples) {
    var rows = new TreeSet<Integer>();
    samples.forEach(sample -> rows.add(sample.row()));
    return rows;
  }

  private static Set<Integer> rows(String ranges) {
    return Arrays.stream(ranges.split(" "))
        .map(range -> range.split("-"))
        .flatMapToInt(
            ends ->
                IntStream.rangeClosed(
                    Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])))
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
