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
 * Simulates notifications on telephones, and when they are opened; no real user is behind them.
 *
 * <p>2,000 users are shown about two a day for a week, none between 23:00 and 06:00 UTC. Messages
 * are opened in 30 % of cases, offers in 4 %, less the more there were that day; half of the openings
 * come within four minutes, none after an hour. Telephones report at once in nine of ten cases, the
 * others up to 25 minutes later, and one in two hundred up to two hours later.
 *
 * <p>{@code java Generate.java <output folder>}; the same files each time.
 */
public final class Generate {
  private static final long SEED = 20_260_601;
  private static final long START = Instant.parse("2026-06-01T00:00:00Z").getEpochSecond();
  private static final int DAYS = 7;
  private static final int USERS = 2_000;
  private static final long DAY = 86_400;

  private record Shown(int user, String kind, long second, long arrived) {}

  private record Opened(long notification, long second, long arrived) {}

  public static void main(String[] args) throws IOException {
    var random = new Random(SEED);
    var shown = new ArrayList<Shown>();
    for (int user = 0; user < USERS; user++) {
      double perDay = 0.5 + 3 * random.nextDouble();
      for (int day = 0; day < DAYS; day++) {
        for (int left = poisson(random, perDay); left > 0; left--) {
          long second = START + day * DAY + 6 * 3600 + random.nextInt(17 * 3600);
          shown.add(
              new Shown(
                  user,
                  random.nextInt(3) == 0 ? "offer" : random.nextInt(5) == 0 ? "news" : "message",
                  second,
                  second + delay(random)));
        }
      }
    }
    shown.sort(Comparator.comparingLong(Shown::second).thenComparingInt(Shown::user));
    var opens = opens(random, shown);
    Path folder = Path.of(args[0]);
    var order = new ArrayList<Integer>();
    for (int i = 0; i < shown.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingLong(i -> shown.get(i).arrived()));
    try (var out = writer(folder.resolve("shown.csv.gz"))) {
      out.println("notification_id,user_id,kind,ts,arrived");
      for (int i : order) {
        Shown one = shown.get(i);
        out.printf(
            Locale.ROOT,
            "%d,%d,%s,%d,%d%n",
            i + 1,
            one.user(),
            one.kind(),
            one.second(),
            one.arrived());
      }
    }
    try (var out = writer(folder.resolve("opens.csv.gz"))) {
      out.println("open_id,notification_id,ts,arrived");
      for (int i = 0; i < opens.size(); i++) {
        Opened one = opens.get(i);
        out.printf(
            Locale.ROOT,
            "%d,%d,%d,%d%n",
            i + 1,
            one.notification(),
            one.second(),
            one.arrived());
      }
    }
  }

  private static List<Opened> opens(Random random, List<Shown> shown) {
    var today = new int[USERS][DAYS];
    var opens = new ArrayList<Opened>();
    for (int i = 0; i < shown.size(); i++) {
      Shown one = shown.get(i);
      int before = today[one.user()][(int) ((one.second() - START) / DAY)]++;
      double share = (one.kind().equals("offer") ? 0.04 : 0.3) / (1 + 0.3 * before);
      long wait = 5 + (long) (240 * Math.exp(1.2 * random.nextGaussian()));
      if (random.nextDouble() < share && wait <= 3600) {
        long second = one.second() + wait;
        opens.add(new Opened(i + 1, second, Math.max(second, one.arrived()) + random.nextInt(600)));
      }
    }
    opens.sort(Comparator.comparingLong(Opened::arrived));
    return opens;
  }

  private static int poisson(Random random, double mean) {
    int count = 0;
    for (double left = -Math.log(1 - random.nextDouble()); left < mean; count++) {
      left += -Math.log(1 - random.nextDouble());
    }
    return count;
  }

  private static long delay(Random random) {
    int kind = random.nextInt(200);
    return kind == 0 ? random.nextInt(7200) : kind <= 20 ? random.nextInt(1500) : random.nextInt(5);
  }

  private static PrintWriter writer(Path file) throws IOException {
    return new PrintWriter(
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8));
  }
}
