package dev.millrace.operator.plan;

import static dev.millrace.contract.Violation.quote;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Five cron fields as the CronJob controller reads them (neighbours.md §4.1): Sunday is 0 and never
 * 7; no {@code L W #}, no macros, no zone.
 */
final class Cron {
  private static final List<String> MONTHS =
      List.of(
          "", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

  /** One of the five fields. */
  private record Field(String name, int least, int most, List<String> words) {}

  private static final List<Field> FIELDS =
      List.of(
          new Field("minute", 0, 59, List.of()),
          new Field("hour", 0, 23, List.of()),
          new Field("day of month", 1, 31, List.of()),
          new Field("month", 1, 12, MONTHS),
          new Field("day of week", 0, 6, DAYS));

  private Cron() {}

  /** What is wrong with a schedule; empty if nothing is. */
  static Optional<String> mistake(String schedule) {
    String[] parts = schedule.trim().split("\\s+");
    if (parts.length != FIELDS.size() || parts[0].contains("=")) {
      return Optional.of(
          quote(schedule)
              + " is not five cron fields; "
              + (parts[0].contains("=")
                  ? "put the zone into spec.extract.timeZone"
                  : "write for example \"15 2 * * *\""));
    }
    for (int i = 0; i < parts.length; i++) {
      for (String item : parts[i].split(",", -1)) {
        Optional<String> mistake = item(FIELDS.get(i), item, schedule);
        if (mistake.isPresent()) {
          return mistake;
        }
      }
    }
    return Optional.empty();
  }

  /** An item is a star or a value or a range, with an optional step. */
  private static Optional<String> item(Field field, String item, String schedule) {
    String[] step = item.split("/", -1);
    if (step.length > 2 || step.length == 2 && !step[1].matches("[1-9][0-9]{0,3}")) {
      return Optional.of(unclear(field, item, schedule));
    }
    if (step[0].equals("*") || step[0].equals("?")) {
      return Optional.empty();
    }
    String[] range = step[0].split("-", -1);
    int previous = field.least;
    for (String bound : range) {
      int value = value(field, bound);
      if (value < 0 || range.length > 2) {
        return Optional.of(unclear(field, item, schedule));
      }
      if (value < field.least || value > field.most) {
        return Optional.of(
            field.name
                + " "
                + value
                + " in "
                + quote(schedule)
                + " is not in "
                + field.least
                + "-"
                + field.most
                + "; correct it");
      }
      if (value < previous) {
        return Optional.of(unclear(field, item, schedule));
      }
      previous = value;
    }
    return Optional.empty();
  }

  private static String unclear(Field field, String item, String schedule) {
    return field.name
        + " "
        + quote(item)
        + " in "
        + quote(schedule)
        + " is no cron field; correct it";
  }

  private static int value(Field field, String text) {
    int word = field.words.indexOf(text.toLowerCase(Locale.ROOT));
    if (word >= 0 && !text.isEmpty()) {
      return word;
    }
    return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
  }
}
