package dev.millrace.binding;

/**
 * ISO 8601 instants: {@code 2011-12-09T12:50:00[.fraction](Z|±hh[:]mm)}; a blank may stand for the
 * T. A text without an offset is UTC, as all instants are (semantics.md §1); digits of the fraction
 * beyond milliseconds are cut off. Written by hand because it runs per event.
 */
final class InstantText {
  /** What {@link #parse} returns for any other text. */
  static final long NOT_AN_INSTANT = Long.MIN_VALUE;

  private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private final byte[] text;
  private final int end;
  private int at;
  private boolean wrong;

  private InstantText(byte[] text, int from, int length) {
    this.text = text;
    at = from;
    end = from + length;
  }

  /** Epoch milliseconds, or {@link #NOT_AN_INSTANT}. */
  static long parse(byte[] text, int from, int length) {
    return new InstantText(text, from, length).instant();
  }

  private long instant() {
    int year = number(4, 0, 9999);
    expect('-');
    int month = number(2, 1, 12);
    expect('-');
    int day = number(2, 1, 31);
    if (!isNext(' ') && !isNext('t')) {
      expect('T');
    } else {
      at++;
    }
    int hour = number(2, 0, 23);
    expect(':');
    int minute = number(2, 0, 59);
    int second = isNext(':') ? seconds() : 0;
    int milli = isNext('.') ? fraction() : 0;
    int offsetMinutes = offset();
    if (wrong || at != end || day > daysIn(year, month)) {
      return NOT_AN_INSTANT;
    }
    long seconds = epochDay(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
    return (seconds - offsetMinutes * 60L) * 1_000 + milli;
  }

  private int seconds() {
    at++;
    return number(2, 0, 59);
  }

  private int fraction() {
    at++;
    int digits = 0;
    int value = 0;
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      if (digits < 3) {
        value = value * 10 + text[at] - '0';
      }
      digits++;
      at++;
    }
    wrong |= digits == 0;
    return digits == 1 ? value * 100 : digits == 2 ? value * 10 : value;
  }

  private int offset() {
    if (at >= end) {
      return 0;
    }
    byte sign = text[at++];
    if (sign == 'Z' || sign == 'z') {
      return 0;
    }
    wrong |= sign != '+' && sign != '-';
    int minutes = number(2, 0, 18) * 60;
    if (isNext(':')) {
      at++;
      minutes += number(2, 0, 59);
    } else if (at < end) {
      minutes += number(2, 0, 59);
    }
    return sign == '-' ? -minutes : minutes;
  }

  private int number(int digits, int low, int high) {
    int value = 0;
    for (int i = 0; i < digits; i++, at++) {
      if (at >= end || text[at] < '0' || text[at] > '9') {
        wrong = true;
        return low;
      }
      value = value * 10 + text[at] - '0';
    }
    wrong |= value < low || value > high;
    return value;
  }

  private boolean isNext(char c) {
    return at < end && text[at] == c;
  }

  private void expect(char c) {
    wrong |= !isNext(c);
    at++;
  }

  private static int daysIn(int year, int month) {
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : DAYS[Math.min(Math.max(month, 1), 12) - 1];
  }

  /** Days since 1970-01-01 of the proleptic Gregorian calendar (H. Hinnant, days_from_civil). */
  private static long epochDay(int year, int month, int day) {
    long y = month <= 2 ? year - 1L : year;
    long era = Math.floorDiv(y, 400);
    long yearOfEra = y - era * 400;
    long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 719_468;
  }
}
