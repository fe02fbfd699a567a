package dev.millrace.operator.plan;

import dev.millrace.contract.Violation;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a user probably meant: the name with the smallest edit distance, if it is small. */
final class NearestName {
  private NearestName() {}

  /** A name at most a third of its length away. */
  static Optional<String> of(String wrong, Collection<String> names) {
    String folded = fold(wrong);
    return names.stream()
        .filter(name -> distance(folded, fold(name)) <= Math.max(1, name.length() / 3))
        .min(Comparator.comparingInt((String name) -> distance(folded, fold(name))));
  }

  /** {@code did you mean "amount"?} or, when nothing is near, {@code <noun>: a, b, c}. */
  static String advice(String wrong, Collection<String> names, String noun) {
    return of(wrong, names)
        .map(name -> "did you mean " + Violation.quote(name) + "?")
        .orElse(noun + ": " + String.join(", ", names));
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
