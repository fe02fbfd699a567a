import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Simulates impressions of ads and the orders after them; no real user is behind them.
 *
 * <p>1,500 users see about one ad a day for 35 days, of 12 campaigns; each user is shown three of
 * them most, so that many see one campaign several times before they buy. An impression is clicked
 * in 2 to 4 % of cases; campaign 11 is clickbait and is clicked in 15 %. A click leads to an order
 * in 12 % of cases, of campaign 11 in 1 %, half of them within five hours, none after seven days.
 *
 * <p>{@code java Generate.java <output folder>}; the same files each time.
 */
public final class Generate {
  private static final long SEED = 20_260_301;
  private static final long START = Instant.parse("2026-03-01T00:00:00Z").getEpochSecond();
  private static final int DAYS = 35;
  private static final int USERS = 1_500;
  private static final int CAMPAIGNS = 12;
  private static final int CLICKBAIT = 11;
  private static final long DAY = 86_400;

  private record Impression(int user, int campaign, long second, double price, boolean mobile) {}

  private record Click(long impression, long second) {}

  private record Order(int user, int campaign, long second) {}

  public static void main(String[] args) throws IOException {
    var random = new Random(SEED);
    var impressions = new ArrayList<Impression>();
    for (int user = 0; user < USERS; user++) {
      int[] favourites = random.ints(3, 0, CAMPAIGNS).toArray();
      double perDay = 0.3 + 1.4 * random.nextDouble();
      for (double day = wait(random, perDay); day < DAYS; day += wait(random, perDay)) {
        int campaign =
            random.nextInt(4) == 0 ? random.nextInt(CAMPAIGNS) : favourites[random.nextInt(3)];
        impressions.add(
            new Impression(
                user,
                campaign,
                START + (long) (day * DAY),
                0.002 + 0.004 * random.nextDouble(),
                random.nextInt(3) > 0));
      }
    }
    impressions.sort(
        Comparator.comparingLong(Impression::second).thenComparingInt(Impression::user));
    var clicks = new ArrayList<Click>();
    var orders = new ArrayList<Order>();
    react(random, impressions, clicks, orders);
    write(Path.of(args[0]), impressions, clicks, orders);
  }

  private static void react(
      Random random, List<Impression> impressions, List<Click> clicks, List<Order> orders) {
    long end = START + DAYS * DAY;
    for (int i = 0; i < impressions.size(); i++) {
      Impression seen = impressions.get(i);
      boolean bait = seen.campaign() == CLICKBAIT;
      if (random.nextDouble() >= (bait ? 0.15 : 0.02 + 0.02 * seen.campaign() / CAMPAIGNS)) {
        continue;
      }
      clicks.add(new Click(i + 1, seen.second() + 1 + random.nextInt(600)));
      double hours = 5 * Math.exp(1.6 * random.nextGaussian());
      long second = seen.second() + 660 + (long) (Math.min(hours, 167) * 3600);
      if (random.nextDouble() < (bait ? 0.01 : 0.12) && second < end) {
        orders.add(new Order(seen.user(), seen.campaign(), second));
      }
    }
    clicks.sort(Comparator.comparingLong(Click::second));
    orders.sort(Comparator.comparingLong(Order::second).thenComparingInt(Order::user));
  }

  private static void write(
      Path folder, List<Impression> impressions, List<Click> clicks, List<Order> orders)
      throws IOException {
    try (var out = writer(folder.resolve("impressions.csv.gz"))) {
      out.println("impression_id,user_id,campaign_id,ts,price,mobile");
      for (int i = 0; i < impressions.size(); i++) {
        Impression seen = impressions.get(i);
        out.printf(
            Locale.ROOT,
            "%d,%d,%d,%d,%.4f,%b%n",
            i + 1,
            seen.user(),
            seen.campaign(),
            seen.second(),
            seen.price(),
            seen.mobile());
      }
    }
    try (var out = writer(folder.resolve("clicks.csv.gz"))) {
      out.println("click_id,impression_id,ts");
      for (int i = 0; i < clicks.size(); i++) {
        out.printf(
            Locale.ROOT, "%d,%d,%d%n", i + 1, clicks.get(i).impression(), clicks.get(i).second());
      }
    }
    try (var out = writer(folder.resolve("conversions.csv.gz"))) {
      out.println("order_id,user_id,campaign_id,ts");
      for (int i = 0; i < orders.size(); i++) {
        Order order = orders.get(i);
        out.printf(
            Locale.ROOT, "%d,%d,%d,%d%n", i + 1, order.user(), order.campaign(), order.second());
      }
    }
  }

  private static double wait(Random random, double perDay) {
    return -Math.log(1 - random.nextDouble()) / perDay;
  }

  private static PrintWriter writer(Path file) throws IOException {
    return new PrintWriter(
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8));
  }
}
