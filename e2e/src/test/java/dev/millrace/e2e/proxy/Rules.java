package dev.millrace.e2e.proxy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Rules in force. The first that strikes decides; all of them may change at any time. */
final class Rules<S, F> {
  private final List<Rule<S, F>> rules = new CopyOnWriteArrayList<>();

  Rule<S, F> add(Rule<S, F> rule) {
    rules.add(rule);
    return rule;
  }

  void remove(Rule<S, F> rule) {
    rules.remove(rule);
  }

  void clear() {
    rules.clear();
  }

  Optional<F> fault(S subject) {
    for (var rule : rules) {
      if (rule.strikes(subject)) {
        return Optional.of(rule.fault());
      }
    }
    return Optional.empty();
  }
}
