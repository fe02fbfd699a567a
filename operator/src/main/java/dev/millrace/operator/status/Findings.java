package dev.millrace.operator.status;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Collects findings: the weightiest counts, the first among equals. */
final class Findings {
  private final Map<ConditionType, Finding> found = new EnumMap<>(ConditionType.class);

  /** Adds what keeps a condition from True. */
  void complain(ConditionType type, Finding finding) {
    Finding known = found.get(type);
    if (known == null || finding.weight().compareTo(known.weight()) > 0) {
      found.put(type, finding);
    }
  }

  /** Says how a condition is if nobody has complained. */
  void conclude(ConditionType type, Finding finding) {
    found.putIfAbsent(type, finding);
  }

  Optional<Finding> of(ConditionType type) {
    return Optional.ofNullable(found.get(type));
  }

  Map<ConditionType, Finding> all() {
    return Collections.unmodifiableMap(found);
  }
}
