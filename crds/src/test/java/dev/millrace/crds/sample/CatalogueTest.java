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
  /** Rows of schema and rules; 128 is the size of an object, AdmissionTest builds that. */
  private static final Set<Integer> ADMISSION =
      rows("1-15 23 25 28-30 36 37 41 51 54 60 66 69 71 81-93 95 109");

  /** Rows of the planner; 114 needs a count of published runs that no status field has. */
  private static final Set<Integer> PLANNER =
      rows(
          "16-22 24 31 35 40 42-50 52 53 55-59 61-65 68 70 72-75 94 102-108 110-113 115-121"
              + " 123-125");

  @Test
  void hasASampleForEveryRowOfAdmission() {
    assertThat(rowsOf(Sample.folder("invalid"))).isEqualTo(ADMISSION);
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
