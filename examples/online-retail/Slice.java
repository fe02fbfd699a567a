import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Cuts this example's slice out of the prepared Online Retail files: all lines of one customer in
 * seven, over the whole year, so that ties, repeat purchases, returns and their real delays stay
 * together.
 *
 * <p>{@code java Slice.java <folder with events.csv.gz and returns_dev.csv.gz> <output folder>}
 */
public final class Slice {
  private static final int CUSTOMERS_MODULO = 7;
  private static final int CUSTOMERS_REMAINDER = 5;

  public static void main(String[] args) throws IOException {
    Path from = Path.of(args[0]);
    Path to = Path.of(args[1]);
    Map<String, String[]> returned = new HashMap<>();
    try (var sales = writer(to.resolve("events.csv.gz"));
        var lines = reader(from.resolve("events.csv.gz"))) {
      sales.println("row_id,customer_id,item_id,ts,quantity,price,amount");
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        // row_id,customer_id,ts,item_id,qty,price_milli,amount_milli
        String[] cell = line.split(",", -1);
        if (!isInSlice(cell[1])) {
          continue;
        }
        if (cell[4].startsWith("-")) {
          returned.put(cell[0], cell);
        } else {
          sales.println(
              String.join(
                  ",", cell[0], cell[1], cell[3], cell[2], cell[4], pounds(cell[5]), pounds(cell[6])));
        }
      }
    }
    try (var returns = writer(to.resolve("returns.csv.gz"));
        var lines = reader(from.resolve("returns_dev.csv.gz"))) {
      returns.println("return_id,purchase_row,customer_id,item_id,ts,quantity");
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        // return_row,customer_id,item_id,return_ts,purchase_row,purchase_ts
        String[] cell = line.split(",", -1);
        if (isInSlice(cell[1])) {
          String quantity = returned.get(cell[0])[4].substring(1);
          returns.println(String.join(",", cell[0], cell[4], cell[1], cell[2], cell[3], quantity));
        }
      }
    }
  }

  private static boolean isInSlice(String customer) {
    int id = Integer.parseInt(customer);
    // returns_dev.csv.gz has no customers with remainder 2 of 5
    return id % CUSTOMERS_MODULO == CUSTOMERS_REMAINDER && id % 5 != 2;
  }

  private static String pounds(String milli) {
    long value = Long.parseLong(milli);
    return value / 1000 + "." + String.format("%03d", value % 1000);
  }

  private static BufferedReader reader(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
  }

  private static PrintWriter writer(Path file) throws IOException {
    var gzip =
        new GZIPOutputStream(Files.newOutputStream(file)) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        };
    return new PrintWriter(new OutputStreamWriter(gzip, StandardCharsets.UTF_8)) {
      @Override
      public void println(String line) {
        print(line + "\n");
      }
    };
  }
}
