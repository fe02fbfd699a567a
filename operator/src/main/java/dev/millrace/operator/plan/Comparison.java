package dev.millrace.operator.plan;

import dev.millrace.contract.DurationText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Collects changes while two plans are compared member by member. */
final class Comparison {
  private final List<Change> changes = new ArrayList<>();

  /** Compares one member; equal values are no change. */
  Comparison member(PlanClass planClass, String subject, String what, Object before, Object after) {
    if (!Objects.equals(before, after)) {
      add(planClass, subject, what + " changed from " + text(before) + " to " + text(after));
    }
    return this;
  }

  Comparison millis(PlanClass planClass, String subject, String what, long before, long after) {
    return member(planClass, subject, what, DurationText.text(before), DurationText.text(after));
  }

  void add(PlanClass planClass, String subject, String text) {
    changes.add(new Change(planClass, subject, text));
  }

  /** Compares a time that data is kept; a shorter one loses data. */
  void retention(String subject, long before, long after, String consequence) {
    if (before != after) {
      boolean loses = after < before;
      changes.add(
          new Change(
              loses ? PlanClass.LOSSY : PlanClass.IN_PLACE,
              subject,
              "retention changed from "
                  + DurationText.text(before)
                  + " to "
                  + DurationText.text(after),
              loses ? consequence : ""));
    }
  }

  List<Change> changes() {
    return changes;
  }

  private static String text(Object value) {
    if (value instanceof List<?> list) {
      return String.join(" ", list.stream().map(String::valueOf).toList());
    }
    String text = String.valueOf(value);
    return text.isEmpty() ? "none" : text;
  }
}
