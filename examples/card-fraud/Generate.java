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
 * Simulates payments and their chargebacks; no real card is behind them.
 *
 * <p>300 cards pay about once a day, mostly by day, amounts log-normal around 20 EUR, nine in ten at
 * home. One card in seven is stolen once: 4 to 12 payments within three hours, three times the
 * amount, two thirds of them abroad, at 20 of the 120 merchants. Of stolen payments 85 % are charged
 * back, of others one in a thousand, after 30 to 90 days. Half of the holders of stolen cards dispute
 * a payment within a day, and of others one in two hundred. What comes after the last payment is left
 * out, as in life.
 *
 * <p>{@code java Generate.java <output folder>}; the same files each time.
 */
public final class Generate {
  private static final long SEED = 20_260_101;
  private static final long START = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();
  private static final int DAYS = 130;
  private static final int CARDS = 300;
  private static final int MERCHANTS = 120;
  private static final int RISKY_MERCHANTS = 20;
  private static final long DAY = 86_400;

  private record Payment(
      int card, int merchant, long second, double amount, String country, boolean stolen) {}

  private record Complaint(long payment, long second) {}

  public static void main(String[] args) throws IOException {
    var random = new Random(SEED);
    var payments = new ArrayList<Payment>();
    for (int card = 0; card < CARDS; card++) {
      honest(random, card, payments);
      if (card % 7 == 0) {
        stolen(random, card, payments);
      }
    }
    payments.sort(
        Comparator.comparingLong(Payment::second)
            .thenComparingInt(Payment::card)
            .thenComparingDouble(Payment::amount));
    Path folder = Path.of(args[0]);
    try (var out = writer(folder.resolve("payments.csv.gz"))) {
      out.println("tx_id,card_id,merchant_id,ts,amount,country");
      for (int i = 0; i < payments.size(); i++) {
        Payment payment = payments.get(i);
        out.printf(
            Locale.ROOT,
            "%d,%d,%d,%d,%.2f,%s%n",
            i + 1,
            1000 + payment.card(),
            payment.merchant(),
            payment.second(),
            payment.amount(),
            payment.country());
      }
    }
    try (var out = writer(folder.resolve("chargebacks.csv.gz"))) {
      out.println("chargeback_id,tx_id,ts");
      List<Complaint> chargebacks = chargebacks(random, payments);
      for (int i = 0; i < chargebacks.size(); i++) {
        out.printf(
            Locale.ROOT,
            "%d,%d,%d%n",
            i + 1,
            chargebacks.get(i).payment(),
            chargebacks.get(i).second());
      }
    }
    try (var out = writer(folder.resolve("disputes.csv.gz"))) {
      out.println("dispute_id,tx_id,ts");
      List<Complaint> disputes = disputes(random, payments);
      for (int i = 0; i < disputes.size(); i++) {
        out.printf(
            Locale.ROOT, "%d,%d,%d%n", i + 1, disputes.get(i).payment(), disputes.get(i).second());
      }
    }
  }

  private static List<Complaint> disputes(Random random, List<Payment> payments) {
    long end = START + DAYS * DAY;
    var disputes = new ArrayList<Complaint>();
    for (int i = 0; i < payments.size(); i++) {
      long second = payments.get(i).second() + 60 + random.nextInt((int) DAY - 60);
      if (random.nextDouble() < (payments.get(i).stolen() ? 0.5 : 0.005) && second < end) {
        disputes.add(new Complaint(i + 1, second));
      }
    }
    disputes.sort(Comparator.comparingLong(Complaint::second));
    return disputes;
  }

  private static void honest(Random random, int card, List<Payment> payments) {
    double perDay = 0.4 + 1.2 * random.nextDouble();
    for (double day = -Math.log(1 - random.nextDouble()) / perDay; day < DAYS; ) {
      long second = START + (long) day * DAY + timeOfDay(random);
      String country = random.nextInt(10) == 0 ? abroad(random) : "DE";
      payments.add(
          new Payment(card, random.nextInt(MERCHANTS), second, amount(random, 20), country, false));
      day += -Math.log(1 - random.nextDouble()) / perDay;
    }
  }

  private static void stolen(Random random, int card, List<Payment> payments) {
    long second = START + (long) (random.nextDouble() * (DAYS - 1) * DAY);
    int count = 4 + random.nextInt(9);
    for (int i = 0; i < count; i++) {
      String country = random.nextInt(3) == 0 ? "DE" : abroad(random);
      payments.add(
          new Payment(
              card,
              random.nextInt(RISKY_MERCHANTS),
              second + random.nextInt(3 * 3600),
              amount(random, 60),
              country,
              true));
    }
  }

  private static List<Complaint> chargebacks(Random random, List<Payment> payments) {
    long end = START + DAYS * DAY;
    var chargebacks = new ArrayList<Complaint>();
    for (int i = 0; i < payments.size(); i++) {
      Payment payment = payments.get(i);
      double share = payment.stolen() ? 0.85 : 0.001;
      double sooner = Math.min(random.nextDouble(), random.nextDouble());
      long second = payment.second() + (long) ((30 + 60 * sooner) * DAY);
      if (random.nextDouble() < share && second < end) {
        chargebacks.add(new Complaint(i + 1, second));
      }
    }
    chargebacks.sort(Comparator.comparingLong(Complaint::second));
    return chargebacks;
  }

  private static long timeOfDay(Random random) {
    double hour = 14 + 4.5 * random.nextGaussian();
    return (long) (Math.max(0, Math.min(23.99, hour)) * 3600);
  }

  private static double amount(Random random, double median) {
    return Math.max(0.5, median * Math.exp(0.9 * random.nextGaussian()));
  }

  private static String abroad(Random random) {
    return List.of("FR", "PL", "GB", "US").get(random.nextInt(4));
  }

  private static PrintWriter writer(Path file) throws IOException {
    return new PrintWriter(
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8));
  }
}
