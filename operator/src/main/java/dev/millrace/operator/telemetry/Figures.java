package dev.millrace.operator.telemetry;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is known of one resource. */
interface Figures {
  /** Most conditions that are shown of one resource: those of the API and the two of kstatus. */
  int MOST_CONDITIONS = 16;

  /** Adds what a scrape at that time says. */
  void add(Samples samples, Instant now);

  /** Conditions by type: 1 True, 0 False, -1 Unknown. */
  static Map<String, Integer> conditions(Collection<Condition> conditions) {
    var values = new TreeMap<String, Integer>();
    if (conditions != null) {
      conditions.stream()
          .limit(MOST_CONDITIONS)
          .forEach(condition -> values.put(condition.getType(), value(condition)));
    }
    return values;
  }

  private static int value(Condition condition) {
    return switch (String.valueOf(condition.getStatus())) {
      case "True" -> 1;
      case "False" -> 0;
      default -> -1;
    };
  }

  /** Whether a condition is as named, with that reason. */
  static boolean has(List<Condition> conditions, String type, String status, String reason) {
    return conditions != null
        && conditions.stream()
            .anyMatch(
                condition ->
                    type.equals(condition.getType())
                        && status.equals(condition.getStatus())
                        && (reason.isEmpty() || reason.equals(condition.getReason())));
  }
}
