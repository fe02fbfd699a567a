package dev.millrace.testkit.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Expected windows of one flight in a hundred of flights-3m: per origin, count and sum of delays
 * over [m − w, m), w = 1h, 24h, 7d. Times are minutes since 2001-01-01.
 */
public final class FlightsExpected {
  /** A flight's expected figures. */
  public record Row(
      long id,
      String origin,
      long minute,
      long n1h,
      long s1h,
      long n24h,
      long s24h,
      long n7d,
      long s7d) {}

  private final Path folder;

  private FlightsExpected(Path folder) {
    this.folder = folder;
  }

  public static Optional<FlightsExpected> find() {
    return SharedData.folder("flights3m").map(FlightsExpected::new);
  }

  /** The flights themselves: time, delay, distance, origin, destination; sorted by time. */
  public Path parquet() {
    return folder.resolve("flights-3m.parquet");
  }

  /** The 30,000 rows, ascending by id. */
  public List<Row> rows() {
    var rows = new ArrayList<Row>();
    Csv.read(
        folder.resolve("expected.csv.gz"),
        "id,origin,m,nA_1h,sA_1h,nB_1h,sB_1h,nA_24h,sA_24h,nB_24h,sB_24h,nA_7d,sA_7d,nB_7d,sB_7d",
        line ->
            rows.add(
                new Row(
                    Long.parseLong(line[0]),
                    line[1],
                    Long.parseLong(line[2]),
                    Long.parseLong(line[5]),
                    Long.parseLong(line[6]),
                    Long.parseLong(line[9]),
                    Long.parseLong(line[10]),
                    Long.parseLong(line[13]),
                    Long.parseLong(line[14]))));
    return rows;
  }
}
